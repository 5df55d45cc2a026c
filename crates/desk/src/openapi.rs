//! OpenAPI 3.1, made from the table of addresses and the types of the pages.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::pages::{
    about, actor, claims, dyad, events, issue, occurrence, overview, review, search, stories, story,
};
use crate::pages::{trying, why};
use crate::trouble::ErrorBody;

/// A parameter of an address.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub text: &'static str,
}

/// An address that can be asked.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Operation {
    /// `get` or `post`.
    pub method: &'static str,
    /// The path with `{…}` for its parts.
    pub path: &'static str,
    /// What it gives.
    pub text: &'static str,
    /// What can be asked.
    pub parameters: &'static [Parameter],
    /// Fields of the form, for `post`.
    pub form: &'static [Parameter],
    /// Whether its rows can be had as CSV and JSON Lines.
    pub rows: bool,
    #[serde(skip)]
    schema: fn(&mut SchemaGenerator) -> Value,
}

const fn p(name: &'static str, text: &'static str) -> Parameter {
    Parameter { name, text }
}

const LIMIT: Parameter = p(
    "limit",
    "Rows of a page, 1 to 500; 50 where it is not given",
);
const SKIP: Parameter = p(
    "skip",
    "Rows to leave out, at most 2,000; further back by days",
);
const SINCE: Parameter = p("since", "From the first day of YYYY, YYYY-MM or YYYY-MM-DD");
const UNTIL: Parameter = p("until", "To the last day of YYYY, YYYY-MM or YYYY-MM-DD");

/// The filters that every list knows.
const FILTERS: [Parameter; 10] = [
    p(
        "actor",
        "Who did it: a country (RUS), a CAMEO code (RUSGOV), a number (A12) or words of a name; may be repeated",
    ),
    p("recipient", "To whom, in the same forms"),
    p("type", "PLOVER types, with commas between"),
    p(
        "status",
        "actual, claimed, disputed, planned, possible, denied, negated, with commas between",
    ),
    SINCE,
    UNTIL,
    p("place", "A country's code, or words of a place's name"),
    p("issue", "Words of an issue's name"),
    p("according_to", "Who says so, in the forms of actor"),
    p(
        "text",
        "Words of the evidence; \"words in quotation marks\" stand together; end* for any ending",
    ),
];

macro_rules! with_filters {
    ($($more:expr),* $(,)?) => {
        &[
            FILTERS[0], FILTERS[1], FILTERS[2], FILTERS[3], FILTERS[4], FILTERS[5], FILTERS[6], FILTERS[7], FILTERS[8],
            FILTERS[9], $($more),*
        ]
    };
}

fn page<P: JsonSchema>(generator: &mut SchemaGenerator) -> Value {
    let page = generator.subschema_for::<P>();
    json!({
        "type": "object",
        "required": ["ok", "took_ms", "page"],
        "properties": {
            "ok": { "const": true },
            "took_ms": { "type": "number", "description": "Milliseconds on the server" },
            "page": page,
        }
    })
}

macro_rules! get {
    ($path:literal, $page:ty, $text:literal, $parameters:expr, $rows:literal) => {
        Operation {
            method: "get",
            path: $path,
            text: $text,
            parameters: $parameters,
            form: &[],
            rows: $rows,
            schema: page::<$page>,
        }
    };
}

/// Every address, in the order of the navigation.
#[rustfmt::skip]
const OPERATIONS: [Operation; 20] = [
    get!("/index", overview::Overview, "What is new, who is in the news, where, what is disputed, how much there is", &[], true),
    get!("/events", events::Events, "Occurrences: what happened, once, however often it is told; as CSV and JSON Lines all of them", with_filters![
        p("party", "Somebody on either side"), p("between", "Two countries, as USA-RUS"), p("quad", "Quad classes 1 to 4, with commas between"),
        p("tellings", "Fewest independent stories that tell of it"), p("order", "latest, earliest, told, conflict, cooperation"),
        p("after", "The row behind which to go on, as `next` gives it"), p("skip", "Rows to leave out, for the orders told, conflict, cooperation"), LIMIT], true),
    get!("/events/{id}", occurrence::EventPage, "One report of an occurrence in one story (E12)", &[], true),
    get!("/occurrences/{id}", occurrence::OccurrencePage, "An occurrence (O12) with its reports side by side", &[], true),
    get!("/stories", stories::Stories, "Stories, the latest first", with_filters![SKIP, LIMIT], true),
    get!("/stories/{id}", story::StoryPage, "A story (S12, or the hash of its text) with its record", &[], true),
    get!("/stories/{id}/why/{part}", why::Why, "An event (e3) or claim (c2) of a story as its record has it, field by field", &[], true),
    get!("/stories/{id}/why/{part}/reading", why::WhyReading, "Why it is coded so: the story is read again, and each decision told", &[], true),
    get!("/claims", claims::Claims, "Who says what, the latest first", with_filters![p("stance", "assert, deny, accuse …, with commas between"), SKIP, LIMIT], true),
    get!("/claims/{id}", claims::ClaimPage, "A claim (C12)", &[], true),
    get!("/actors", actor::Actors, "Actors, those of most occurrences first", &[p("name", "Words of the name"), p("country", "ISO 3166-1 alpha-3"),
        p("kind", "person, state, organisation, group, place-as-state"), SKIP, LIMIT], true),
    get!("/actors/{id}", actor::ActorPage, "An actor (A12): codes, names, counterparts, what it did and said", &[], true),
    get!("/dyads", dyad::Dyads, "The pairs of countries in most of the latest occurrences", &[], true),
    get!("/dyads/{pair}", dyad::DyadPage, "Two countries (USA-RUS): counts and index by period, meetings, statements, issues",
        &[p("by", "month, quarter or year"), SINCE, UNTIL, p("type", "Types that count"), p("status", "Statuses that count; actual where it is not given")], true),
    get!("/issues", issue::Issues, "Issues, those with most positions first", &[p("name", "Words of the name"), LIMIT], true),
    get!("/issues/{id}", issue::IssuePage, "An issue (I12): stances, agreement and disagreement", &[], true),
    get!("/search", search::Search, "Sentences in which all words stand, the best first", &[p("q", "The words"), SINCE, UNTIL, SKIP, LIMIT], true),
    get!("/codebook", about::Codebook, "What all codes mean", &[], true),
    Operation {
        method: "post",
        path: "/try",
        text: "Reads a story and gives its record; nothing is kept",
        parameters: &[],
        form: &[p("text", "The story, at most 64 KiB"), p("published", "Its date, YYYY-MM-DD"), p("publisher", "The outlet")],
        rows: false,
        schema: page::<trying::Try>,
    },
    get!("/review", review::Queue, "Events without a review, the least sure first; needs the token", with_filters![LIMIT], true),
];

/// Every address.
pub fn operations() -> &'static [Operation] {
    &OPERATIONS
}

/// The document.
pub fn document() -> Value {
    let mut generator = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = "/components/schemas".into())
        .into_generator();
    let error = json!({ "schema": generator.subschema_for::<ErrorBody>() });
    let mut paths = Map::new();
    for operation in &OPERATIONS {
        let schema = (operation.schema)(&mut generator);
        let path = format!("{}.json", operation.path);
        let described = described(operation, schema, &error);
        let entry = paths.entry(path).or_insert_with(|| json!({}));
        if let Some(methods) = entry.as_object_mut() {
            methods.insert(operation.method.to_owned(), described);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "rapporteur desk",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "A ledger of political events: every page of the desk as JSON at the same address. \
                Where rows are offered, .csv and .jsonl in place of .json give them.",
        },
        "paths": paths,
        "components": {
            "schemas": generator.take_definitions(true),
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
    })
}

fn described(operation: &Operation, schema: Value, error: &Value) -> Value {
    let mut parameters: Vec<Value> = path_parts(operation.path)
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    parameters.extend(operation.parameters.iter().map(|parameter| {
        json!({
            "name": parameter.name, "in": "query", "required": false, "description": parameter.text,
            "schema": { "type": "string" },
        })
    }));
    let failed =
        |text: &str| json!({ "description": text, "content": { "application/json": error } });
    let mut described = json!({
        "summary": operation.text,
        "parameters": parameters,
        "responses": {
            "200": { "description": operation.text, "content": { "application/json": { "schema": schema } } },
            "400": failed("A parameter cannot be understood; `error.field` names it"),
            "401": failed("A token is needed"),
            "404": failed("There is no such thing"),
            "503": failed("The desk is busy"),
            "504": failed("The question took too long"),
        },
    });
    if !operation.form.is_empty() {
        let fields: Map<String, Value> = operation
            .form
            .iter()
            .map(|field| {
                (
                    field.name.to_owned(),
                    json!({ "type": "string", "description": field.text }),
                )
            })
            .collect();
        described["requestBody"] = json!({
            "required": true,
            "content": { "application/x-www-form-urlencoded": { "schema": { "type": "object", "properties": fields } } },
        });
    }
    described
}

fn path_parts(path: &'static str) -> impl Iterator<Item = &'static str> {
    let parts = path.split('/');
    parts.filter_map(|part| {
        part.strip_prefix('{')
            .and_then(|part| part.strip_suffix('}'))
    })
}
