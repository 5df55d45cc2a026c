//! Fetching feeds and pages, politely.
//!
//! [`Fetcher`] asks for one thing at a time. It keeps to robots.txt, leaves a host alone for a while between two
//! requests, asks only for what has changed since ([`Validators`]), follows a few redirections, each under the same
//! rules, and bounds time and size.

mod error;
mod robots;
mod turns;

use std::collections::BTreeMap;
use std::io::Read;
use std::thread;
use std::time::{Duration, Instant};

use ureq::http::{HeaderMap, Response, header};
use ureq::{Agent, Body};
use url::Url;

pub use error::FetchError;
use robots::Robots;
use turns::Turns;

/// The name under which we go to robots.txt.
const PROGRAM: &str = "rapporteur";

/// How long a robots.txt is believed: RFC 9309 asks for a day at most.
const ROBOTS_LAST: Duration = Duration::from_secs(24 * 60 * 60);

/// Most hosts whose robots.txt is remembered.
const MOST_HOSTS: usize = 1_000;

/// How to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What we say that we are (HTTP's `User-Agent`).
    pub agent: String,
    /// Between two requests to one host; a longer `Crawl-delay` of its robots.txt counts instead, up to a minute.
    pub delay: Duration,
    /// For one request, from the first byte sent to the last one received.
    pub timeout: Duration,
    /// The most that is read of an answer, unpacked, in bytes.
    pub largest: u64,
    /// The most redirections that are followed.
    pub redirects: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            agent: concat!(
                "rapporteur/",
                env!("CARGO_PKG_VERSION"),
                " (reads news into a ledger)"
            )
            .into(),
            delay: Duration::from_secs(1),
            timeout: Duration::from_secs(30),
            largest: 16 << 20,
            redirects: 5,
        }
    }
}

/// What a host gave to ask it with whether something has changed since.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// HTTP's `ETag`.
    pub etag: Option<String>,
    /// HTTP's `Last-Modified`, as it was written.
    pub modified: Option<String>,
}

/// What was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Where it was found in the end, behind all redirections.
    pub address: String,
    /// What the host says that it is, in lower case ("text/html"); empty where it does not say.
    pub media: String,
    /// The encoding that the host names.
    pub charset: Option<String>,
    /// The bytes, unpacked.
    pub bytes: Vec<u8>,
    /// To ask with the next time.
    pub validators: Validators,
}

/// The answer to a question that may have been asked before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// Here it is.
    Document(Box<Document>),
    /// It is as it was.
    Unchanged,
}

/// Fetches one thing after the other.
pub struct Fetcher {
    settings: Settings,
    agent: Agent,
    turns: Turns,
    robots: BTreeMap<String, (Instant, Robots)>,
}

impl Fetcher {
    /// A fetcher with these settings; the proxy is that of the environment (`HTTPS_PROXY`).
    pub fn new(settings: Settings) -> Self {
        // Redirections are followed here and not by the client, because robots.txt holds for each step.
        let agent = Agent::config_builder()
            .user_agent(settings.agent.as_str())
            .timeout_global(Some(settings.timeout))
            .http_status_as_error(false)
            .max_redirects(0)
            .build()
            .new_agent();
        Fetcher {
            settings,
            agent,
            turns: Turns::default(),
            robots: BTreeMap::new(),
        }
    }

    /// Fetches an address, or learns that it has not changed since it gave `known`. Waits until it is its host's turn.
    ///
    /// # Errors
    /// Where nothing is fetched; [`FetchError::is_lasting`] tells whether to try again.
    pub fn fetch(&mut self, address: &str, known: &Validators) -> Result<Fetched, FetchError> {
        let mut url = parse(address)?;
        for _ in 0..=self.settings.redirects {
            self.ask_robots(&url)?;
            let response = self.ask(&url, known)?;
            match response.status().as_u16() {
                200..=299 => return self.document(&url, response),
                304 => return Ok(Fetched::Unchanged),
                301 | 302 | 303 | 307 | 308 => url = redirected(&url, response.headers())?,
                status => {
                    return Err(FetchError::Status {
                        address: address.into(),
                        status,
                        retry_after: retry_after(response.headers()),
                    });
                }
            }
        }
        Err(FetchError::Redirects {
            address: address.into(),
            most: self.settings.redirects,
        })
    }

    /// # Errors
    /// Where robots.txt forbids the address, or cannot be asked.
    fn ask_robots(&mut self, url: &Url) -> Result<(), FetchError> {
        let robots = self.robots_of(url)?;
        let query = url
            .query()
            .map_or(String::new(), |query| format!("?{query}"));
        if robots.allows(&format!("{}{query}", url.path())) {
            return Ok(());
        }
        Err(FetchError::Robots {
            address: url.to_string(),
        })
    }

    fn robots_of(&mut self, url: &Url) -> Result<Robots, FetchError> {
        let host = host(url);
        if let Some((read, robots)) = self.robots.get(&host)
            && read.elapsed() < ROBOTS_LAST
        {
            return Ok(robots.clone());
        }
        let robots = self.fetch_robots(url)?;
        if self.robots.len() >= MOST_HOSTS {
            self.robots.clear();
        }
        self.robots.insert(host, (Instant::now(), robots.clone()));
        Ok(robots)
    }

    /// A host without a robots.txt allows everything; one that fails on it is not asked for anything else (RFC 9309).
    fn fetch_robots(&mut self, url: &Url) -> Result<Robots, FetchError> {
        let mut url = url.join("/robots.txt").map_err(|_| bad(url.as_str()))?;
        for _ in 0..=self.settings.redirects {
            let mut response = self.ask(&url, &Validators::default())?;
            match response.status().as_u16() {
                200..=299 => {
                    let mut bytes = Vec::new();
                    let body = response.body_mut().as_reader();
                    body.take(robots::LARGEST)
                        .read_to_end(&mut bytes)
                        .map_err(|error| unreachable(&url, error.into()))?;
                    let text = String::from_utf8_lossy(&bytes);
                    return Ok(Robots::parse(&text, PROGRAM));
                }
                301 | 302 | 303 | 307 | 308 => url = redirected(&url, response.headers())?,
                status @ (429 | 500..) => {
                    return Err(FetchError::Status {
                        address: url.to_string(),
                        status,
                        retry_after: retry_after(response.headers()),
                    });
                }
                _ => return Ok(Robots::default()),
            }
        }
        Ok(Robots::default())
    }

    /// One request, when its host's turn has come.
    fn ask(&mut self, url: &Url, known: &Validators) -> Result<Response<Body>, FetchError> {
        const LONGEST_DELAY: Duration = Duration::from_secs(60);
        let host = host(url);
        thread::sleep(self.turns.wait(&host, Instant::now()));
        let mut request = self.agent.get(url.as_str()).header(
            header::ACCEPT,
            "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, */*;q=0.5",
        );
        if let Some(etag) = &known.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(modified) = &known.modified {
            request = request.header(header::IF_MODIFIED_SINCE, modified);
        }
        let response = request.call();
        let asked = self.robots.get(&host).and_then(|(_, robots)| robots.delay);
        let delay = asked.unwrap_or_default().min(LONGEST_DELAY);
        self.turns
            .asked(&host, Instant::now(), delay.max(self.settings.delay));
        response.map_err(|error| unreachable(url, error))
    }

    fn document(&self, url: &Url, mut response: Response<Body>) -> Result<Fetched, FetchError> {
        let media = response.body().mime_type().unwrap_or("").to_lowercase();
        if is_no_text(&media) {
            return Err(FetchError::Media {
                address: url.to_string(),
                media,
            });
        }
        let charset = text(response.headers(), header::CONTENT_TYPE)
            .and_then(|kind| {
                kind.to_lowercase()
                    .split_once("charset=")
                    .map(|(_, name)| name.to_owned())
            })
            .map(|name| name.trim_matches(['"', '\'', ' ', ';']).to_owned());
        let validators = Validators {
            etag: text(response.headers(), header::ETAG),
            modified: text(response.headers(), header::LAST_MODIFIED),
        };
        let limit = self.settings.largest;
        let mut bytes = Vec::new();
        let body = response.body_mut().as_reader();
        body.take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| unreachable(url, error.into()))?;
        if bytes.len() as u64 > limit {
            return Err(FetchError::TooLarge {
                address: url.to_string(),
                limit,
            });
        }
        Ok(Fetched::Document(Box::new(Document {
            address: url.to_string(),
            media,
            charset,
            bytes,
            validators,
        })))
    }
}

/// Whether an input is an address of the web and no path.
pub fn is_address(input: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        input
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

fn bad(address: &str) -> FetchError {
    FetchError::Address {
        address: address.into(),
    }
}

fn parse(address: &str) -> Result<Url, FetchError> {
    let url = Url::parse(address).map_err(|_| bad(address))?;
    let sound = matches!(url.scheme(), "http" | "https") && url.has_host();
    sound.then_some(url).ok_or_else(|| bad(address))
}

/// Scheme, name and port: each has a robots.txt of its own.
fn host(url: &Url) -> String {
    url.origin().ascii_serialization()
}

fn redirected(url: &Url, headers: &HeaderMap) -> Result<Url, FetchError> {
    let to = text(headers, header::LOCATION).ok_or_else(|| bad(url.as_str()))?;
    let joined = url.join(&to).map_err(|_| bad(&to))?;
    parse(joined.as_str())
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// Seconds of `Retry-After`; its other form, a date, would need a clock.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    const A_DAY: u64 = 86_400;
    let seconds: u64 = text(headers, header::RETRY_AFTER)?.parse().ok()?;
    Some(Duration::from_secs(seconds.min(A_DAY)))
}

/// Whether a medium is surely none that we read; what the host does not name or names vaguely is looked into.
fn is_no_text(media: &str) -> bool {
    [
        "image/",
        "audio/",
        "video/",
        "font/",
        "application/pdf",
        "application/zip",
    ]
    .iter()
    .any(|start| media.starts_with(start))
}

fn unreachable(url: &Url, source: ureq::Error) -> FetchError {
    FetchError::Unreachable {
        address: url.to_string(),
        source: Box::new(source),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_paths() {
        assert!(is_address("https://weir.example/rss"));
        assert!(is_address("HTTP://weir.example"));
        for path in ["stories/", "-", "http:", "feed.rss", "https", "ftp://x/"] {
            assert!(!is_address(path), "{path}");
        }
        for bad in ["http://", "ftp://weir.example/", "weir", "https:///"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
        assert!(parse("http://weir.example:8080/a?b#c").is_ok());
    }
}
