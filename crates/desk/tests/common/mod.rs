//! A desk over a small ledger, asked without a socket.
#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use ledger::Ledger;
use ledger::sample::World;
use rapporteur_desk::{Desk, Settings, Token, router};
use serde_json::Value;
use tower::ServiceExt;
use types::record::Record;

/// A folder that is removed when the test is over.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = format!(
            "rapporteur-desk-test-{}-{}",
            std::process::id(),
            NUMBER.fetch_add(1, Ordering::Relaxed)
        );
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("a folder for the test");
        Folder(folder)
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The records of the repository's examples, as the program made them.
pub fn examples() -> Vec<Record> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the examples")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".record.json"))
        .collect();
    files.sort();
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).expect("a record");
        serde_json::from_str(&text).expect("a sound record")
    };
    files.iter().map(read).collect()
}

/// A ledger of the examples and of `stories` generated ones.
pub fn fill(path: &Path, stories: usize) {
    let mut ledger = Ledger::open(path).expect("a new ledger");
    for record in examples() {
        ledger.add(&record).expect("an example is added");
    }
    let mut world = World::new(7, 3, 8);
    let mut batch = ledger.batch().expect("a batch");
    for _ in 0..stories {
        batch.add(&world.tell().record).expect("a record is added");
    }
    batch.commit().expect("the batch is written");
}

/// A desk that is asked in-process.
pub struct Asked {
    pub router: Router,
    pub file: PathBuf,
    _folder: Folder,
}

pub const TOKEN: &str = "a-token-for-the-tests";

impl Asked {
    /// Over the examples and some generated stories.
    pub fn open() -> Self {
        Self::with(40, |_| {})
    }

    pub fn with(stories: usize, set: impl FnOnce(&mut Settings)) -> Self {
        let folder = Folder::new();
        let file = folder.file("world.db");
        fill(&file, stories);
        Self::over(folder, file, set)
    }

    pub fn over(folder: Folder, file: PathBuf, set: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::new(&file);
        set(&mut settings);
        let desk = Desk::open(settings).expect("the ledger opens");
        Asked {
            router: router(Arc::clone(&desk)),
            file,
            _folder: folder,
        }
    }

    /// A desk on which the token lets people review.
    pub fn reviewing() -> Self {
        Self::with(10, |settings| {
            settings.review = true;
            settings.token = Token::chosen(TOKEN);
        })
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("a router always answers");
        Answer::of(response).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).expect("a request"))
            .await
    }

    /// A GET that must succeed.
    pub async fn page(&self, path: &str) -> Answer {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        answer
    }

    pub async fn post(&self, path: &str, form: &str, token: Option<&str>) -> Answer {
        let mut request =
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        self.send(
            request
                .body(Body::from(form.to_owned()))
                .expect("a request"),
        )
        .await
    }
}

/// An answer, whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub text: String,
}

impl Answer {
    async fn of(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = body
            .collect()
            .await
            .expect("the body comes whole")
            .to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }
}

/// Addresses of every page that a ledger of examples has; the numbers are of its first rows.
pub const PAGES: [&str; 24] = [
    "/",
    "/events",
    "/events?type=CONSULT,ASSAULT&quad=1,4&order=told",
    "/events?text=shelled&since=2010&until=2030-01",
    "/events/E1",
    "/occurrences/O1",
    "/stories",
    "/stories/S1",
    "/stories/S1/why/e1",
    "/stories/S1/why/c1",
    "/claims",
    "/claims?stance=deny",
    "/claims/C1",
    "/actors",
    "/actors?kind=state",
    "/actors/A1",
    "/dyads",
    "/dyads/USA-RUS?by=year",
    "/issues",
    "/search?q=police",
    "/search",
    "/try",
    "/codebook",
    "/about",
];
