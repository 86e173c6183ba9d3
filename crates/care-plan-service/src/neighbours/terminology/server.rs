//! A FHIR terminology server.

use std::time::Duration;

use async_trait::async_trait;
use outbound::{Client, Limits, Request};
use serde_json::Value;
use shared_plan::plan::Coding;
use url::Url;

use super::{Known, Terminology, Unknown};

/// Somebody waits for their form meanwhile: a server that takes longer is one that cannot be asked.
const LIMITS: Limits =
    Limits { first_byte: Duration::from_secs(3), whole: Duration::from_secs(5), ..Limits::DISCOVERY };

/// A FHIR terminology server, asked over the one way out.
#[derive(Clone)]
pub struct TerminologyServer {
    client: Client,
    base: Url,
}

impl TerminologyServer {
    /// The server at this FHIR base address.
    pub fn new(client: Client, mut base: Url) -> Self {
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        Self { client, base }
    }

    fn address(&self, coding: &Coding) -> Result<Url, Unknown> {
        let mut url = self.base.join("CodeSystem/$validate-code").map_err(|error| Unknown(error.to_string()))?;
        url.query_pairs_mut().append_pair("url", &coding.system).append_pair("code", &coding.code);
        if let Some(display) = &coding.display {
            url.query_pairs_mut().append_pair("display", display);
        }
        Ok(url)
    }
}

#[async_trait]
impl Terminology for TerminologyServer {
    async fn known(&self, coding: &Coding) -> Result<Known, Unknown> {
        let accept = http::HeaderValue::from_static("application/fhir+json");
        let request = Request::get(self.address(coding)?).header(http::header::ACCEPT, accept);
        let answer = self.client.send(request.limits(LIMITS)).await;
        let answer = answer.map_err(|error| Unknown(error.to_string()))?;
        let body: Value = serde_json::from_slice(&answer.body)
            .map_err(|_| Unknown(format!("{} and no JSON", answer.status.as_u16())))?;
        read(answer.status, &body)
    }
}

/// Reads a `Parameters` with `result` and `display`, or an OperationOutcome. `inactive` is not looked at: records are full of
/// codes that were retired since, and they still mean what they meant.
fn read(status: http::StatusCode, body: &Value) -> Result<Known, Unknown> {
    let parameter = |name: &str| {
        let all = body["parameter"].as_array()?;
        all.iter().find(|parameter| parameter["name"] == name)
    };
    let result = parameter("result").and_then(|result| result["valueBoolean"].as_bool());
    let display = || {
        let display = parameter("display").and_then(|display| display["valueString"].as_str());
        display.map(str::to_owned)
    };
    match result.filter(|_| status.is_success() && body["resourceType"] == "Parameters") {
        Some(true) => Ok(Known::Yes { display: display() }),
        Some(false) if names_no_system(body) => Ok(Known::OtherSystem),
        // What a code is called is only known of one that is there.
        Some(false) => Ok(display().map_or(Known::No, |display| Known::OtherDisplay { display })),
        None if names_no_system(body) || is_not_found(status, body) => Ok(Known::OtherSystem),
        None => Err(Unknown(format!("{} without a result", status.as_u16()))),
    }
}

/// Servers say in two ways that they do not know a code system: by an issue of the answer, or by an answer of its own.
fn names_no_system(body: &Value) -> bool {
    let unknown = |name: &str| {
        body["parameter"].as_array().is_some_and(|all| all.iter().any(|parameter| parameter["name"] == name))
    };
    unknown("x-caused-by-unknown-system") || unknown("x-unknown-system")
}

fn is_not_found(status: http::StatusCode, body: &Value) -> bool {
    let issues = body["issue"].as_array().map(Vec::as_slice).unwrap_or_default();
    body["resourceType"] == "OperationOutcome"
        && (status == http::StatusCode::NOT_FOUND || issues.iter().any(|issue| issue["code"] == "not-found"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Known, read};

    fn answer(parameters: &Value) -> Value {
        json!({ "resourceType": "Parameters", "parameter": parameters })
    }

    fn ok(body: &Value) -> Option<Known> {
        read(http::StatusCode::OK, body).ok()
    }

    #[test]
    fn a_code_is_known_with_its_display_or_not_known() {
        let yes = json!([{ "name": "result", "valueBoolean": true }, { "name": "display", "valueString": "HbA1c" }]);
        assert_eq!(ok(&answer(&yes)), Some(Known::Yes { display: Some("HbA1c".to_owned()) }));
        assert_eq!(ok(&answer(&json!([{ "name": "result", "valueBoolean": false }]))), Some(Known::No));
    }

    #[test]
    fn a_system_that_the_server_does_not_have_makes_no_code_wrong() {
        let caused = json!([{ "name": "result", "valueBoolean": false },
            { "name": "x-caused-by-unknown-system", "valueUri": "urn:local" }]);
        assert_eq!(ok(&answer(&caused)), Some(Known::OtherSystem));
        let outcome = json!({ "resourceType": "OperationOutcome", "issue": [{ "code": "not-found" }] });
        for status in [404, 422] {
            let status = http::StatusCode::from_u16(status).expect("a status");
            assert_eq!(read(status, &outcome), Ok(Known::OtherSystem));
        }
    }

    #[test]
    fn an_answer_without_a_result_makes_no_code_right_or_wrong() {
        for body in [json!({}), json!([]), json!("yes"), answer(&json!([])), answer(&json!({ "name": "result" }))] {
            assert!(read(http::StatusCode::OK, &body).is_err(), "{body}");
        }
        let yes = answer(&json!([{ "name": "result", "valueBoolean": true }]));
        assert!(read(http::StatusCode::INTERNAL_SERVER_ERROR, &yes).is_err());
    }
}
