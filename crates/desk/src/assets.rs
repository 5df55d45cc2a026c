//! Static files: inside of the program, squeezed once, named by their digest so that browsers may keep them.

use std::io::Write;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

/// A file.
struct Asset {
    name: &'static str,
    kind: &'static str,
    plain: &'static [u8],
    squeezed: Vec<u8>,
}

/// All files.
pub struct Assets {
    files: Vec<Asset>,
    /// First digits of the digest of all of them.
    pub version: String,
}

/// Name, media type and content; built from `web/` by `npm run build`, and committed.
const FILES: [(&str, &str, &[u8]); 4] = [
    (
        "desk.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../static/desk.js"),
    ),
    (
        "desk.css",
        "text/css; charset=utf-8",
        include_bytes!("../static/desk.css"),
    ),
    (
        "world.json",
        "application/json",
        include_bytes!("../static/world.json"),
    ),
    (
        "icon.svg",
        "image/svg+xml",
        include_bytes!("../static/icon.svg"),
    ),
];

impl Default for Assets {
    fn default() -> Self {
        Assets::new()
    }
}

impl Assets {
    /// Squeezes them.
    pub fn new() -> Self {
        let mut digest = Sha256::new();
        let files = FILES.map(|(name, kind, plain)| {
            digest.update(plain);
            Asset {
                name,
                kind,
                plain,
                squeezed: squeezed(plain),
            }
        });
        let version = digest
            .finalize()
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Assets {
            files: files.into(),
            version,
        }
    }

    /// The file of that name.
    pub fn serve(&self, name: &str, headers: &HeaderMap) -> Option<Response> {
        let asset = self.files.iter().find(|asset| asset.name == name)?;
        let etag = format!("\"{}\"", self.version);
        let known = headers
            .get(header::IF_NONE_MATCH)
            .is_some_and(|tag| tag.as_bytes() == etag.as_bytes());
        let accepted = headers
            .get(header::ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok());
        let zipped = accepted.is_some_and(|value| value.contains("gzip"));
        let mut response = match (known, zipped) {
            (true, _) => StatusCode::NOT_MODIFIED.into_response(),
            (false, true) => Body::from(asset.squeezed.clone()).into_response(),
            (false, false) => Body::from(asset.plain).into_response(),
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
        // The pages name the version in the address: what is behind one address never changes.
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        );
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Ok(etag) = HeaderValue::from_str(&etag) {
            headers.insert(header::ETAG, etag);
        }
        if zipped && !known {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        Some(response)
    }
}

/// With gzip; empty where that fails, which it does not in memory.
fn squeezed(plain: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let written = encoder.write_all(plain).and_then(|()| encoder.finish());
    written.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Most bytes of script and style, squeezed: what a phone has to fetch before it draws.
    const BUNDLE: usize = 90 * 1024;

    #[test]
    fn the_bundle_is_small() {
        let assets = Assets::new();
        let size = |name: &str| {
            assets
                .files
                .iter()
                .find(|a| a.name == name)
                .map_or(0, |a| a.squeezed.len())
        };
        let bundle = size("desk.js") + size("desk.css");
        assert!(bundle > 0 && bundle <= BUNDLE, "{bundle} bytes");
    }
}
