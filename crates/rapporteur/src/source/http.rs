//! The page in a WARC record: WARC's header, HTTP's header, and the body.

use std::io::Read;

use flate2::read::{GzDecoder, ZlibDecoder};

use super::warc::LARGEST_RECORD;

/// A page as it was fetched.
pub(super) struct Page {
    pub url: Option<String>,
    /// The encoding that HTTP's header names.
    pub charset: Option<String>,
    pub body: Vec<u8>,
}

/// The page of a record; `None` where it holds none.
///
/// # Errors
/// Where the body cannot be unpacked.
pub(super) fn page(record: &[u8]) -> Result<Option<Page>, String> {
    let Some((head, rest)) = split_head(record) else {
        return Ok(None);
    };
    if header(head, "warc-type").as_deref() != Some("response") {
        return Ok(None);
    }
    // The length leaves out the line ends between records.
    let length = header(head, "content-length")
        .and_then(|n| n.parse().ok())
        .unwrap_or(rest.len());
    let Some((http, body)) = split_head(&rest[..length.min(rest.len())]) else {
        return Ok(None);
    };
    let kind = header(http, "content-type")
        .unwrap_or_default()
        .to_lowercase();
    let ok = http.split(|byte| *byte == b' ').nth(1) == Some(b"200");
    if !ok || !(kind.contains("text/html") || kind.contains("application/xhtml")) {
        return Ok(None);
    }
    let coding = header(http, "content-encoding")
        .unwrap_or_default()
        .to_lowercase();
    Ok(Some(Page {
        url: header(head, "warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned()),
        charset: kind
            .split("charset=")
            .nth(1)
            .map(|name| name.trim_matches(['"', '\'', ' ', ';']).to_owned()),
        body: unpacked(body, &coding)?,
    }))
}

fn unpacked(body: &[u8], coding: &str) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let read = match coding {
        // Crawlers unpack what they fetch, but not all say so: the body's own first bytes decide.
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => GzDecoder::new(body)
            .take(LARGEST_RECORD + 1)
            .read_to_end(&mut out),
        "deflate" if body.first() == Some(&0x78) => ZlibDecoder::new(body)
            .take(LARGEST_RECORD + 1)
            .read_to_end(&mut out),
        _ => return Ok(body.to_vec()),
    };
    match read {
        Ok(_) if out.len() as u64 <= LARGEST_RECORD => Ok(out),
        Ok(_) => Err(format!("a page of more than {} MiB", LARGEST_RECORD >> 20)),
        Err(error) => Err(format!("a page that cannot be unpacked ({error})")),
    }
}

/// What stands before and behind the first empty line.
fn split_head(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let find = |end: &[u8]| {
        bytes
            .windows(end.len())
            .position(|window| window == end)
            .map(|at| at + end.len())
    };
    let at = match (find(b"\r\n\r\n"), find(b"\n\n")) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => a.or(b)?,
    };
    Some(bytes.split_at(at))
}

/// The value of the first header of that name, given in lower case.
pub(super) fn header(head: &[u8], name: &str) -> Option<String> {
    head.split(|byte| *byte == b'\n').find_map(|line| {
        let line = String::from_utf8_lossy(line);
        let (key, value) = line.split_once(':')?;
        (key.trim().eq_ignore_ascii_case(name)).then(|| value.trim().to_owned())
    })
}
