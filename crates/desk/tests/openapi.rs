//! What /openapi.json says is what the desk does.

mod common;

use common::Asked;
use serde_json::{Value, json};

#[tokio::test]
async fn every_page_keeps_to_its_schema() {
    let desk = Asked::open();
    let document = desk.page("/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
    for (path, real) in [
        ("/index.json", "/index.json"),
        ("/events.json", "/events.json?type=ACCUSE"),
        ("/events/{id}.json", "/events/E1.json"),
        ("/occurrences/{id}.json", "/occurrences/O1.json"),
        ("/stories.json", "/stories.json"),
        ("/stories/{id}.json", "/stories/S1.json"),
        ("/stories/{id}/why/{part}.json", "/stories/S1/why/e1.json"),
        (
            "/stories/{id}/why/{part}/reading.json",
            "/stories/S1/why/e1/reading.json",
        ),
        ("/claims.json", "/claims.json"),
        ("/claims/{id}.json", "/claims/C1.json"),
        ("/actors.json", "/actors.json"),
        ("/actors/{id}.json", "/actors/A1.json"),
        ("/dyads.json", "/dyads.json"),
        ("/dyads/{pair}.json", "/dyads/USA-RUS.json"),
        ("/issues.json", "/issues.json"),
        ("/search.json", "/search.json?q=police"),
        ("/codebook.json", "/codebook.json"),
    ] {
        let schema = &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
            ["schema"];
        let answer = desk.page(real).await.json();
        check(&document, schema, &answer, path);
    }
    // Whether the examples argue over an issue is the model's to say; where they do, its page is checked as well.
    let issues = desk.page("/issues.json").await.json();
    if let Some(id) = issues["issues"][0]["id"].as_str() {
        let path = "/issues/{id}.json";
        let schema = &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
            ["schema"];
        let answer = desk.page(&format!("/issues/{id}.json")).await.json();
        check(&document, schema, &answer, path);
    }
    let error = desk.get("/events.json?type=WAR").await.json();
    let schema = &document["paths"]["/events.json"]["get"]["responses"]["400"]["content"]["application/json"]
        ["schema"];
    check(&document, schema, &error, "an error");
}

/// The answer against its schema, with the document's components around it.
fn check(document: &Value, schema: &Value, answer: &Value, path: &str) {
    assert!(schema.is_object(), "{path} is in the document");
    let mut whole = json!({ "components": document["components"] });
    if let (Some(whole), Some(schema)) = (whole.as_object_mut(), schema.as_object()) {
        whole.extend(schema.clone());
    }
    let validator = jsonschema::validator_for(&whole).expect("a sound schema");
    let errors: Vec<String> = validator
        .iter_errors(answer)
        .map(|e| format!("{}: {e}", e.instance_path))
        .collect();
    assert!(errors.is_empty(), "{path}: {errors:?}");
}

#[tokio::test]
async fn every_parameter_that_is_described_is_taken() {
    let desk = Asked::open();
    let document = desk.page("/openapi.json").await.json();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        let Some(parameters) = methods["get"]["parameters"].as_array() else {
            continue;
        };
        for parameter in parameters
            .iter()
            .filter(|parameter| parameter["in"] == "query")
        {
            let name = parameter["name"].as_str().expect("a name");
            let address = path
                .replace("{id}", "X1")
                .replace("{pair}", "USA-RUS")
                .replace("{part}", "e1");
            let answer = desk.get(&format!("{address}?{name}=zz")).await;
            let message = answer.text.contains("there is no parameter");
            assert!(!message, "{path} does not take {name}");
        }
    }
}
