//! Whom a source names as a person where nobody has signed in, and what its record says to that (smart-launch P9).
//!
//! Believed is only who is certain, is one, and of whom the source holds the same as is known elsewhere. One who falls
//! short of that is a question for a user, as long as there is something that agrees; everybody else is nobody.

use access::PatientAt;
use access::person::likeness::{Facts, Field, Likeness, compare};
use access::person::{MatchGrade, Proof, Score};
use fhir::{Patient, Resource};
use fhir_client::{FhirError, FhirServer, Matches, Query, Status, Wanted};
use serde_json::{Value, json};

/// Business identifiers that are sent, at most.
const MOST_IDENTIFIERS: usize = 8;

/// The only one whom a source names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The Patient there.
    pub at: PatientAt,
    grade: MatchGrade,
    score: Option<Score>,
}

/// What the record of a candidate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is the person, by this proof.
    Certain(Proof),
    /// It may be: a user has to look.
    MayBe,
    /// It is somebody else, or nobody's record any more.
    Another,
}

/// Asks a source for the person who is `home` elsewhere; `None` where it names nobody, or several.
///
/// # Errors
/// Where the source could not be asked, which says nothing about the person.
pub async fn candidate(server: &FhirServer, home: &Resource) -> Result<Option<Candidate>, FhirError> {
    let described: Patient = home.read();
    if !Facts::of(&described).tell_who() {
        return Ok(None);
    }
    let description = description(&described);
    let certain = match server.match_patient(&description, Wanted::Certain).await {
        Ok(matches) => matches,
        Err(FhirError::NotFound | FhirError::NotSupported { .. }) => return by_identifier(server, &described).await,
        Err(error) => return Err(error),
    };
    // Asked in two steps: beside one who is certain, another who is only alike takes nothing away.
    if !certain.candidates.is_empty() || certain.unusable > 0 {
        return Ok(only(server, &certain));
    }
    match server.match_patient(&description, Wanted::Anybody).await {
        Ok(matches) => Ok(only(server, &matches)),
        Err(error) => {
            // It has said that nobody is certain, and that stands.
            tracing::debug!(source = %server.source(), %error, "who is only likely was not told");
            Ok(None)
        }
    }
}

impl Candidate {
    /// Compares what the source holds of them, and not what it said when it was asked who they are, with the record at
    /// home.
    pub fn verdict(&self, home: &Patient, held: &Patient) -> Verdict {
        // One who was merged into another is nobody's record any more (P12).
        if held.link.iter().any(|link| link.link_type.as_deref() == Some("replaced-by")) {
            return Verdict::Another;
        }
        let (home, held) = (Facts::of(home), Facts::of(held));
        let different = match compare(&home, &held) {
            Likeness::Same | Likeness::SpellingDiffers(_) => Vec::new(),
            Likeness::Different(fields) => fields,
        };
        if different.is_empty() && held.tell_who() && self.grade == MatchGrade::Certain {
            return Verdict::Certain(Proof::Match { score: self.score, grade: self.grade });
        }
        // With neither the name nor the birth date it is a stranger, who is shown to nobody.
        let agrees = |field| !different.contains(&field);
        let named = agrees(Field::Family) && agrees(Field::Given);
        if named || agrees(Field::BirthDate) { Verdict::MayBe } else { Verdict::Another }
    }
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

/// The only one who is named; nobody where there is a second one, anything that is no Patient, or no word on how sure
/// the source is.
fn only(server: &FhirServer, matches: &Matches) -> Option<Candidate> {
    let [one] = matches.candidates.as_slice() else { return None };
    let grade = one.grade.as_deref().and_then(MatchGrade::of_code).filter(|_| matches.unusable == 0)?;
    let at = PatientAt::new(server.source().as_str(), one.resource.id());
    Some(Candidate { at, grade, score: one.score.and_then(Score::of_thousandths) })
}

/// For a source without the operation: who bears one of the person's identifiers, where it is exactly one.
async fn by_identifier(server: &FhirServer, patient: &Patient) -> Result<Option<Candidate>, FhirError> {
    let identifiers: Vec<String> =
        identifiers(patient).into_iter().map(|(system, value)| format!("{system}|{value}")).collect();
    if identifiers.is_empty() {
        return Ok(None);
    }
    let found = server.search(&Query::of("Patient").with("identifier", identifiers.join(","))).await;
    match found.status {
        Status::Complete => {}
        Status::NotPermitted(_) => return Err(FhirError::Refused { said: None }),
        Status::NotSupported | Status::Rejected { .. } => return Err(FhirError::NotSupported { said: None }),
        Status::Partial(_) | Status::Failed(_) => return Err(FhirError::Unreachable),
    }
    let [one] = found.resources.as_slice() else { return Ok(None) };
    let at = PatientAt::new(server.source().as_str(), one.id());
    Ok((one.kind() == "Patient").then_some(Candidate { at, grade: MatchGrade::Certain, score: None }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(family: &str, given: &str, born: &str) -> Patient {
        let person = json!({ "name": [{ "family": family, "given": [given] }], "birthDate": born, "gender": "female" });
        serde_json::from_str(&person.to_string()).expect("a Patient")
    }

    fn verdict(grade: MatchGrade, held: &Patient) -> Verdict {
        let named = Candidate { at: PatientAt::new("homehealth", "p"), grade, score: None };
        named.verdict(&person("Vega-Thornton", "Marisol", "1957-05-23"), held)
    }

    #[test]
    fn who_is_certain_and_says_the_same_is_the_person_and_who_is_less_is_asked_about() {
        let same = person("VEGA THORNTON", "Marisol", "1957-05-23");
        assert!(matches!(verdict(MatchGrade::Certain, &same), Verdict::Certain(Proof::Match { .. })));
        assert_eq!(verdict(MatchGrade::Probable, &same), Verdict::MayBe);
        assert_eq!(verdict(MatchGrade::Possible, &same), Verdict::MayBe);
    }

    #[test]
    fn a_certain_one_who_differs_is_asked_about() {
        for held in [
            person("Vega-Thornton", "Marisol", "1975-05-23"),
            person("Thornton", "Mari", "1957-05-23"),
            person("Vega-Thornton", "Marisol", ""),
        ] {
            assert_eq!(verdict(MatchGrade::Certain, &held), Verdict::MayBe);
        }
    }

    #[test]
    fn who_agrees_in_neither_name_nor_birth_date_is_shown_to_nobody() {
        for held in [
            person("Kealoha", "Ruth", "1944-07-16"),
            person("Vega-Thornton", "Ines", "1985-01-01"),
            person("Lane", "Marisol", ""),
        ] {
            assert_eq!(verdict(MatchGrade::Certain, &held), Verdict::Another);
            assert_eq!(verdict(MatchGrade::Possible, &held), Verdict::Another);
        }
    }

    #[test]
    fn p12_who_was_merged_into_another_is_nobody() {
        let link = json!([{ "other": { "reference": "Patient/b" }, "type": "replaced-by" }]);
        let held = json!({ "birthDate": "1957-05-23", "link": link });
        let held: Patient = serde_json::from_str(&held.to_string()).expect("a Patient");
        assert_eq!(verdict(MatchGrade::Certain, &held), Verdict::Another);
    }
}
