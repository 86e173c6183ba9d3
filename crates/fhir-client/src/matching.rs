//! `Patient/$match`: who somebody is at this server (R4 patient-operation-match).

use fhir::{Many, Maybe, Resource};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Method};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::server::Call;
use crate::{FhirError, FhirServer, answer};

/// How sure a server is of a match.
const GRADE: &str = "http://hl7.org/fhir/StructureDefinition/match-grade";

/// A Patient that a server takes for the one who was described.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The Patient.
    pub resource: Resource,
    /// Code of the extension `match-grade`, where the server gives one.
    pub grade: Option<String>,
    /// `search.score` in thousandths, where it lies between 0 and 1.
    pub score: Option<u16>,
}

/// Whom a server is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Only who is certain.
    Certain,
    /// Also who is only likely.
    Anybody,
}

/// What a server answered.
#[derive(Debug, Clone, Default)]
pub struct Matches {
    /// The Patients, in the server's order.
    pub candidates: Vec<Candidate>,
    /// Entries that are no Patient and no message about the operation. With any, nothing is certain.
    pub unusable: usize,
}

impl FhirServer {
    /// Asks for the one Patient that fits a description. `patient` is the description, a Patient as JSON. At most two
    /// come back: a second one already says that it is not certain.
    ///
    /// # Errors
    /// [`FhirError::NotFound`] and [`FhirError::NotSupported`] also where the server does not have the operation.
    pub async fn match_patient(&self, patient: &serde_json::Value, wanted: Wanted) -> Result<Matches, FhirError> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/fhir+json"));
        let body = serde_json::json!({
            "resourceType": "Parameters",
            "parameter": [
                { "name": "resource", "resource": patient },
                { "name": "onlyCertainMatches", "valueBoolean": wanted == Wanted::Certain },
                { "name": "count", "valueInteger": 2 },
            ],
        });
        let mut url = self.url(&["Patient"])?;
        url.path_segments_mut().map_err(|()| FhirError::NotAllowed)?.push("$match");
        let body = Some(bytes::Bytes::from(body.to_string()));
        let response =
            self.send(Call { method: Method::POST, url, headers, body, limits: self.options().page }).await?;
        self.matches(answer::json(&response)?)
    }

    fn matches(&self, body: &str) -> Result<Matches, FhirError> {
        let bundle: Bundle<'_> =
            serde_json::from_str(body).map_err(|_| answer::not_fhir("JSON that does not parse"))?;
        if bundle.resource_type.as_deref() != Some("Bundle") {
            return Err(answer::not_fhir("something else in the place of a Bundle"));
        }
        let mut matches = Matches::default();
        for entry in bundle.entry.unwrap_or_default() {
            let Ok(entry) = serde_json::from_str::<Entry<'_>>(entry.get()) else {
                matches.unusable += 1;
                continue;
            };
            let raw = entry.resource.map_or("", RawValue::get);
            if answer::outcome_of(raw).is_some() {
                continue;
            }
            match Resource::parse(self.source(), raw) {
                Ok(resource) if resource.kind() == "Patient" => {
                    matches.candidates.push(candidate(resource, entry.search.0.unwrap_or_default()));
                }
                _ => matches.unusable += 1,
            }
        }
        Ok(matches)
    }
}

fn candidate(resource: Resource, search: Search) -> Candidate {
    let grade = search.extension.0.into_iter().find(|extension| extension.url.as_deref() == Some(GRADE));
    let score = search.score.0.filter(|score| (0.0..=1.0).contains(score));
    Candidate {
        resource,
        grade: grade.and_then(|extension| extension.value_code.0),
        // Between 0 and 1000, as was looked at above.
        score: score.map(|score| (score * 1000.0).round() as u16),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bundle<'a> {
    #[serde(default)]
    resource_type: Maybe<String>,
    #[serde(default, borrow)]
    entry: Option<Vec<&'a RawValue>>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(default)]
    search: Maybe<Search>,
    #[serde(default, borrow)]
    resource: Option<&'a RawValue>,
}

#[derive(Deserialize, Default, Clone, Debug)]
#[serde(default)]
struct Search {
    score: Maybe<f64>,
    extension: Many<Grade>,
}

#[derive(Deserialize, Default, Clone, Debug)]
#[serde(default, rename_all = "camelCase")]
struct Grade {
    url: Maybe<String>,
    value_code: Maybe<String>,
}
