//! "Try it": a pasted story is read at once. Nothing is kept, unless the reader may review and asks for it.

use askama::Template;
use axum::extract::Request;
use axum::response::Response;
use ledger::query::Numbers;
use rapporteur::source::{Given, story as story_of};
use schemars::JsonSchema;
use serde::Serialize;
use types::record::Record;

use crate::ask::Fields;
use crate::caller::Caller;
use crate::desk::LARGEST_STORY;
use crate::page::{Frame, give, page, see_other};
use crate::reading::Reading;
use crate::routes::body;
use crate::trouble::Trouble;

/// A pasted story and its record.
#[derive(Template, Serialize, JsonSchema)]
#[template(path = "try.html")]
pub struct Try {
    #[serde(skip)]
    frame: Frame,
    /// The record; `null` as long as nothing was read.
    #[schemars(with = "Option<serde_json::Value>")]
    record: Option<Record>,
    /// Milliseconds that reading took.
    reading_ms: Option<f64>,
    #[serde(skip)]
    text: String,
    #[serde(skip)]
    published: String,
    #[serde(skip)]
    publisher: String,
    #[serde(skip)]
    reading: Option<Reading>,
    #[serde(skip)]
    sample: &'static str,
}

page!(Try);

/// A story of the repository's own, to begin with.
const SAMPLE: &str = include_str!("../../../../examples/talks-at-the-lake.txt");

/// `GET /try`
pub async fn form(caller: Caller) -> Result<Response, Trouble> {
    let mut fields = caller.ask.fields();
    let sample = fields.one("sample")?.is_some();
    fields.finish()?;
    let page = Try {
        frame: caller.frame("try", "Try it"),
        record: None,
        reading_ms: None,
        text: if sample {
            SAMPLE.to_owned()
        } else {
            String::new()
        },
        published: String::new(),
        publisher: String::new(),
        reading: None,
        sample: "/try?sample=1",
    };
    give(page, caller.ask.format)
}

/// What the form sends.
struct Pasted {
    text: String,
    published: Option<String>,
    publisher: Option<String>,
}

impl Pasted {
    fn of(bytes: &[u8]) -> Result<Self, Trouble> {
        let mut fields = Fields::of_body(bytes);
        // Browsers send line ends as CR LF, whatever was pasted.
        let text = fields
            .one("text")?
            .unwrap_or_default()
            .replace("\r\n", "\n");
        if text.len() > LARGEST_STORY {
            return Err(Trouble::TooLarge(LARGEST_STORY / 1024));
        }
        if text.trim().is_empty() {
            return Err(Trouble::bad("text", "paste a story"));
        }
        let given = |text: Option<String>| {
            text.map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty())
        };
        let published = given(fields.one("published")?);
        if let Some(date) = &published
            && rapporteur::source::parse_date(date).is_none()
        {
            return Err(Trouble::bad(
                "published",
                format!("`{date}` is no date; give YYYY-MM-DD"),
            ));
        }
        Ok(Pasted {
            text,
            published,
            publisher: given(fields.one("publisher")?),
        })
    }

    fn given(&self) -> Given {
        Given {
            published: self.published.clone(),
            publisher: self.publisher.clone(),
            ..Given::default()
        }
    }
}

/// `POST /try`
pub async fn read(caller: Caller, request: Request) -> Result<Response, Trouble> {
    let pasted = Pasted::of(&body(request).await?)?;
    let story = story_of(pasted.text.clone(), pasted.given());
    let (record, took) = caller
        .desk
        .with_model(move |reader| {
            let start = std::time::Instant::now();
            (reader.read(&story), start.elapsed())
        })
        .await?;
    let page = Try {
        frame: caller.frame("try", "Try it"),
        reading: Some(Reading::new(&record, &Numbers::default(), None)),
        reading_ms: Some((took.as_secs_f64() * 1e4).round() / 10.0),
        record: Some(record),
        text: pasted.text,
        published: pasted.published.unwrap_or_default(),
        publisher: pasted.publisher.unwrap_or_default(),
        sample: "/try?sample=1",
    };
    give(page, caller.ask.format)
}

/// `POST /keep`: the same story, read again and kept in the ledger.
pub async fn keep(caller: Caller, request: Request) -> Result<Response, Trouble> {
    if !caller.rights.review {
        return Err(Trouble::Forbidden(
            "this desk only reads; start it with --review to keep stories".into(),
        ));
    }
    let pasted = Pasted::of(&body(request).await?)?;
    let story = story_of(pasted.text.clone(), pasted.given());
    let desk = caller.desk;
    let record = desk.with_model(move |reader| reader.read(&story)).await?;
    let hash = record.story.id.clone();
    desk.write(move |ledger| ledger.add(&record)).await?;
    let number = desk
        .pool
        .ask(move |reader| Ok(reader.story(&hash)?.id))
        .await?;
    Ok(see_other(&format!("/stories/{number}")))
}
