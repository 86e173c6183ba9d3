//! Who somebody is at a source where nobody has signed in: asked of the source itself, and believed only where it is
//! certain, it is one, and what it holds of them says the same (smart-launch P9). Everything less is not joined.

use access::PatientAt;
use access::person::likeness::{Facts, Likeness, compare};
use access::person::{MatchGrade, Proof, Score};
use fhir::{Patient, Resource};
use fhir_client::{FhirError, FhirServer, Matches, Query, Status};
use serde_json::{Value, json};

/// Business identifiers that are sent, at most.
const MOST_IDENTIFIERS: usize = 8;

/// Somebody whom a source has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The Patient there.
    pub at: PatientAt,
    /// The proof.
    pub how: Proof,
}

/// Looks for the person who is `home` elsewhere; `None` where nobody can be identified for certain.
///
/// # Errors
/// Where the source could not be asked, which says nothing about the person.
pub async fn person(server: &FhirServer, home: &Resource) -> Result<Option<Found>, FhirError> {
    let described: Patient = home.read();
    let facts = Facts::of(&described);
    if !facts.tell_who() {
        return Ok(None);
    }
    let certain = match server.match_patient(&description(&described)).await {
        Ok(matches) => certain(&matches),
        Err(FhirError::NotFound | FhirError::NotSupported) => by_identifier(server, &described).await?,
        Err(error) => return Err(error),
    };
    let Some((id, score)) = certain else { return Ok(None) };
    // What it holds of them, and not what it said when it was asked who they are.
    let held = server.read("Patient", &id).await?.resource;
    if !is_the_same(&facts, &held.read()) {
        return Ok(None);
    }
    let at = PatientAt::new(server.source().as_str(), id);
    Ok(Some(Found { at, how: Proof::Match { score, grade: MatchGrade::Certain } }))
}

/// What is told about the person: names, birth date, sex and business identifiers, and nothing else of the record.
fn description(patient: &Patient) -> Value {
    let names: Vec<Value> = patient
        .name
        .iter()
        .filter(|name| name.used_as.as_deref() != Some("anonymous"))
        .map(|name| json!({ "family": name.family.0, "given": name.given.0 }))
        .collect();
    let identifiers: Vec<Value> =
        identifiers(patient).into_iter().map(|(system, value)| json!({ "system": system, "value": value })).collect();
    let mut described = json!({ "resourceType": "Patient", "name": names });
    if let Some(born) = &patient.birth_date.0 {
        described["birthDate"] = json!(born.to_string());
    }
    if let Some(sex) = &patient.gender.0 {
        described["gender"] = json!(sex);
    }
    if !identifiers.is_empty() {
        described["identifier"] = json!(identifiers);
    }
    described
}

fn identifiers(patient: &Patient) -> Vec<(String, String)> {
    let whole = patient.identifier.iter().filter_map(|identifier| {
        let (system, value) = (identifier.system.as_deref()?, identifier.value.as_deref()?);
        // These would mean something else in a search.
        let plain = |text: &str| !text.trim().is_empty() && !text.contains([',', '|', '$', '\\']);
        (plain(system) && plain(value)).then(|| (system.to_owned(), value.to_owned()))
    });
    whole.take(MOST_IDENTIFIERS).collect()
}

/// The one who is certain; nobody where there is a second one, or anything that is no Patient.
fn certain(matches: &Matches) -> Option<(String, Option<Score>)> {
    let [one] = matches.candidates.as_slice() else { return None };
    let grade = one.grade.as_deref().and_then(MatchGrade::of_code);
    let is_certain = matches.unusable == 0 && grade == Some(MatchGrade::Certain);
    is_certain.then(|| (one.resource.id().to_owned(), one.score.and_then(Score::of_thousandths)))
}

/// For a source without the operation: who bears one of the person's identifiers, where it is exactly one.
async fn by_identifier(server: &FhirServer, patient: &Patient) -> Result<Option<(String, Option<Score>)>, FhirError> {
    let identifiers: Vec<String> =
        identifiers(patient).into_iter().map(|(system, value)| format!("{system}|{value}")).collect();
    if identifiers.is_empty() {
        return Ok(None);
    }
    let found = server.search(&Query::of("Patient").with("identifier", identifiers.join(","))).await;
    match found.status {
        Status::Complete => {}
        Status::NotPermitted(_) => return Err(FhirError::Refused { said: None }),
        Status::NotSupported | Status::Rejected(_) => return Err(FhirError::NotSupported),
        Status::Partial(_) | Status::Failed(_) => return Err(FhirError::Unreachable),
    }
    let [one] = found.resources.as_slice() else { return Ok(None) };
    Ok((one.kind() == "Patient").then(|| (one.id().to_owned(), None)))
}

/// True where both say enough to tell who somebody is, and say the same. One who was merged into another is nobody's
/// record any more (P12).
fn is_the_same(facts: &Facts, held: &Patient) -> bool {
    let replaced = held.link.iter().any(|link| link.link_type.as_deref() == Some("replaced-by"));
    let held = Facts::of(held);
    let alike = match compare(facts, &held) {
        Likeness::Same | Likeness::SpellingDiffers(_) => true,
        Likeness::Different(_) => false,
    };
    alike && held.tell_who() && !replaced
}
