//! A small HTTP server on loopback, for the tests of what is fetched.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What a path answers.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Status, media type and body, with an `ETag` where one is given, which is asked for with `If-None-Match`.
    Page {
        status: u16,
        media: &'static str,
        body: Vec<u8>,
        etag: Option<String>,
    },
    /// To another address.
    To(String),
    /// Nothing, for so long.
    Silence(Duration),
}

/// What was asked: path, the `If-None-Match`, the `User-Agent`, and when.
#[derive(Clone, Debug)]
pub struct Asked {
    pub path: String,
    pub etag: Option<String>,
    pub agent: String,
    pub at: Instant,
}

#[derive(Default)]
struct Inner {
    answers: Mutex<BTreeMap<String, Answer>>,
    asked: Mutex<Vec<Asked>>,
}

/// The server; it ends with the test.
#[derive(Clone)]
pub struct Server {
    pub host: String,
    inner: Arc<Inner>,
}

pub fn page(media: &'static str, body: impl Into<Vec<u8>>) -> Answer {
    Answer::Page {
        status: 200,
        media,
        body: body.into(),
        etag: None,
    }
}

pub fn tagged(media: &'static str, body: impl Into<Vec<u8>>, etag: &str) -> Answer {
    Answer::Page {
        status: 200,
        media,
        body: body.into(),
        etag: Some(etag.into()),
    }
}

impl Server {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let host = format!(
            "http://{}",
            listener.local_addr().expect("it has an address")
        );
        let server = Server {
            host,
            inner: Arc::default(),
        };
        let inner = Arc::clone(&server.inner);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let inner = Arc::clone(&inner);
                // A client that goes away in the middle is no failure of the server.
                thread::spawn(move || drop(answer(&inner, stream)));
            }
        });
        server
    }

    pub fn set(&self, path: &str, answer: Answer) {
        let mut answers = self.inner.answers.lock().expect("no test panics with it");
        answers.insert(path.into(), answer);
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.host)
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.inner
            .asked
            .lock()
            .expect("no test panics with it")
            .clone()
    }

    /// Paths that were asked for, in order.
    pub fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.path).collect()
    }

    pub fn forget(&self) {
        self.inner
            .asked
            .lock()
            .expect("no test panics with it")
            .clear();
    }
}

fn answer(inner: &Inner, mut stream: TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let path = first.split(' ').nth(1).unwrap_or("").to_owned();
    let mut headers = BTreeMap::new();
    for line in lines {
        let line = line?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let etag = headers.get("if-none-match").cloned();
    inner
        .asked
        .lock()
        .expect("no test panics with it")
        .push(Asked {
            path: path.clone(),
            etag: etag.clone(),
            agent: headers.get("user-agent").cloned().unwrap_or_default(),
            at: Instant::now(),
        });
    let found = inner
        .answers
        .lock()
        .expect("no test panics with it")
        .get(&path)
        .cloned();
    match found {
        None => stream
            .write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        Some(Answer::To(to)) => write!(
            stream,
            "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        ),
        Some(Answer::Silence(time)) => {
            thread::sleep(time);
            Ok(())
        }
        Some(Answer::Page {
            etag: Some(ours), ..
        }) if etag.as_ref() == Some(&ours) => {
            stream.write_all(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")
        }
        Some(Answer::Page {
            status,
            media,
            body,
            etag,
        }) => {
            let etag = etag.map_or(String::new(), |etag| format!("ETag: {etag}\r\n"));
            write!(
                stream,
                "HTTP/1.1 {status} Whatever\r\nContent-Type: {media}\r\n{etag}Content-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            )?;
            stream.write_all(&body)
        }
    }
}
