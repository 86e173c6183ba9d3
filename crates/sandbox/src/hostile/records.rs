//! Lies of the FHIR server.

use axum::http::Uri;
use axum::response::Response;
use serde_json::{Value, json};

use super::{accomplices::COLLECTOR, genuine::Genuine, layer::Liar, ways::ways};

/// Texts that people read.
const SHOWN: [&str; 5] = ["text", "display", "title", "description", "family"];
const SCRIPT: &str = "</textarea></title><script>alert('hostile')</script>";

ways! {
    /// Ways in which the FHIR server can answer wrongly to a good token.
    RecordsWay {
        /// The read of the patient brings another patient.
        PatientOfAnother = "patient-of-another",
        /// Searches bring the resources of another patient.
        ResourcesOfAnother = "resources-of-another",
        /// Searches bring the resources of two patients.
        ResourcesMixed = "resources-mixed",
        /// The resources are about a patient of the same id on another server.
        SubjectElsewhere = "subject-elsewhere",
        /// The resources do not say whom they are about.
        SubjectMissing = "subject-missing",
        /// An OperationOutcome comes under status 200 instead of what was asked for.
        OutcomeWith200 = "outcome-with-200",
        /// The next page lies at a collector, and wants the token.
        NextAtCollector = "next-at-collector",
        /// The next page lies at another EHR.
        NextAtAnotherEhr = "next-at-another-ehr",
        /// The next page is the same page again, for ever.
        NextAgain = "next-again",
        /// Every text that people read is a script.
        ScriptInTexts = "script-in-texts",
        /// Every resource comes twice.
        Twice = "twice",
        /// Every answer leads to another EHR.
        Redirect = "redirect",
    }
}

impl RecordsWay {
    pub(super) fn alter(self, liar: &Liar, genuine: Genuine, uri: &Uri) -> Response {
        if !genuine.is_ok() || uri.path().ends_with("/metadata") {
            return genuine.unchanged();
        }
        let mut answer = genuine.json();
        match self {
            Self::PatientOfAnother if answer["resourceType"] == "Patient" => {
                let own = answer["id"].as_str().unwrap_or_default();
                match liar.store().resource("Patient", &liar.other_patient(own)) {
                    Some(other) => genuine.with_json(&other),
                    None => genuine.unchanged(),
                }
            }
            Self::ResourcesOfAnother | Self::ResourcesMixed if is_search(&answer) => {
                let asked = liar.asked_about(uri);
                let others = liar.resources_of(&liar.other_patient(&asked), kind(uri));
                let list = entries(&mut answer);
                if self == Self::ResourcesOfAnother {
                    list.clear();
                }
                list.extend(others.into_iter().map(|resource| json!({ "resource": resource })));
                genuine.with_json(&answer)
            }
            Self::SubjectElsewhere => {
                each_subject(&mut answer, &|reference| *reference = json!(format!("{COLLECTOR}/fhir/{}", text(reference))));
                genuine.with_json(&answer)
            }
            Self::SubjectMissing => {
                each_subject(&mut answer, &|reference| *reference = Value::Null);
                genuine.with_json(&answer)
            }
            Self::OutcomeWith200 => genuine.with_json(&json!({
                "resourceType": "OperationOutcome",
                "issue": [{ "severity": "error", "code": "security", "diagnostics": "Session over: <script>alert('hostile')</script>" }]
            })),
            Self::NextAtCollector if is_search(&answer) => next(genuine, answer, &format!("{COLLECTOR}/fhir?page=2")),
            Self::NextAtAnotherEhr if is_search(&answer) => {
                let url = format!("{}/fhir/{}?page=2", liar.peer().issuer, kind(uri));
                next(genuine, answer, &url)
            }
            Self::NextAgain if is_search(&answer) => {
                let path = uri.path_and_query().map_or("/", |path| path.as_str());
                let url = format!("{}{path}", liar.issuer());
                next(genuine, answer, &url)
            }
            Self::ScriptInTexts => {
                spoil_texts(&mut answer);
                genuine.with_json(&answer)
            }
            Self::Twice if is_search(&answer) => {
                let list = entries(&mut answer);
                let again = list.clone();
                list.extend(again);
                genuine.with_json(&answer)
            }
            Self::Redirect => super::genuine::elsewhere(&format!("{}{}", liar.peer().issuer, uri.path())),
            _ => genuine.unchanged(),
        }
    }
}

fn is_search(answer: &Value) -> bool {
    answer["resourceType"] == "Bundle" && answer["type"] == "searchset"
}

/// The resource type that a request asks for.
fn kind(uri: &Uri) -> &str {
    uri.path().trim_start_matches("/fhir/").split('/').next().unwrap_or_default()
}

fn entries(bundle: &mut Value) -> &mut Vec<Value> {
    if !bundle["entry"].is_array() {
        bundle["entry"] = json!([]);
    }
    bundle["entry"].as_array_mut().expect("it was just made one")
}

fn next(genuine: Genuine, mut bundle: Value, url: &str) -> Response {
    bundle["link"] = json!([{ "relation": "next", "url": url }]);
    genuine.with_json(&bundle)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Changes who each resource of a search is about; a Patient itself stays as it is.
fn each_subject(answer: &mut Value, change: &dyn Fn(&mut Value)) {
    if !is_search(answer) {
        return;
    }
    for entry in entries(answer) {
        let Some(resource) = entry["resource"].as_object_mut() else { continue };
        for element in ["subject", "patient", "for", "beneficiary", "individual"] {
            let Some(reference) = resource.get_mut(element).and_then(|element| element.get_mut("reference")) else {
                continue;
            };
            if text(reference).contains("Patient/") {
                change(reference);
            }
        }
    }
}

fn spoil_texts(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(spoil_texts),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if SHOWN.contains(&name.as_str()) => text.push_str(SCRIPT),
                    other => spoil_texts(other),
                }
            }
        }
        _ => {}
    }
}
