//! `Patient/$match`: who of the people here could be the one described (R4 patient-operation-match.html).
//!
//! Whoever asks joins two records by the answer, so the grades are careful: *certain* needs the same business identifier,
//! or every demographic statement alike, and nobody else who is that alike.

mod grade;
mod request;

use std::cmp::Reverse;
use std::sync::Arc;

use serde_json::Value;

pub use request::MatchRequest;

/// Candidates told where the client names no number.
const USUAL: usize = 10;
/// Score of somebody who would be certain, were there not another one.
const NOT_ALONE: u8 = 90;

/// How sure it is that somebody is the one described; `certainly-not` is never told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Somebody has to look.
    Possible,
    /// Very likely, and somebody has to look.
    Probable,
    /// The same person.
    Certain,
}

impl Grade {
    /// Its code in the extension match-grade.
    pub fn code(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Probable => "probable",
            Self::Certain => "certain",
        }
    }
}

/// A person who could be the one described.
#[derive(Debug, Clone, PartialEq)]
pub struct Graded {
    /// How sure it is.
    pub grade: Grade,
    /// How alike, from 0 to 100.
    pub score: u8,
    /// The Patient.
    pub resource: Arc<Value>,
}

/// Lists the people who could be the one described, the likeliest first; never more than were asked for.
///
/// Two who would be certain are both only probable: one of them is somebody else.
pub fn best_matches(request: &MatchRequest, people: impl IntoIterator<Item = Arc<Value>>) -> Vec<Graded> {
    let mut found: Vec<Graded> = people
        .into_iter()
        .filter_map(|resource| {
            let (grade, score) = grade::compare(&request.patient, &resource)?;
            Some(Graded { grade, score, resource })
        })
        .collect();
    if found.iter().filter(|graded| graded.grade == Grade::Certain).count() > 1 {
        for graded in found.iter_mut().filter(|graded| graded.grade == Grade::Certain) {
            graded.grade = Grade::Probable;
            graded.score = NOT_ALONE;
        }
    }
    if request.only_certain {
        found.retain(|graded| graded.grade == Grade::Certain);
    }
    found.sort_by_key(|graded| Reverse((graded.grade, graded.score)));
    found.truncate(request.count.unwrap_or(USUAL));
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn person(id: &str, family: &str, given: &[&str], born: &str, mrn: &str) -> Arc<Value> {
        Arc::new(json!({
            "resourceType": "Patient", "id": id, "gender": "female", "birthDate": born,
            "name": [{ "family": family, "given": given }],
            "identifier": [{ "system": "urn:mrn", "value": mrn }]
        }))
    }

    fn ask(patient: &Value, only_certain: bool, count: Option<usize>, people: &[Arc<Value>]) -> Vec<(String, Grade)> {
        let request = MatchRequest { patient: patient.clone(), only_certain, count };
        let found = best_matches(&request, people.iter().cloned());
        found
            .into_iter()
            .map(|graded| (graded.resource["id"].as_str().unwrap_or_default().to_owned(), graded.grade))
            .collect()
    }

    fn described(family: &str, given: &[&str], born: &str) -> Value {
        json!({ "resourceType": "Patient", "gender": "female", "birthDate": born,
            "name": [{ "family": family, "given": given }] })
    }

    fn one(id: &str, grade: Grade) -> Vec<(String, Grade)> {
        vec![(id.to_owned(), grade)]
    }

    #[test]
    fn somebody_of_whom_everything_is_alike_is_certain_whatever_the_case_and_the_accents() {
        let people = [person("a", "NUÑEZ-Lane", &["Ada"], "1957-05-23", "1")];
        assert_eq!(
            ask(&described("Nunez Lane", &["ADA"], "1957-05-23"), false, None, &people),
            one("a", Grade::Certain)
        );
    }

    #[test]
    fn two_of_whom_everything_is_alike_are_not_certain() {
        let people = ["a", "b"].map(|id| person(id, "Lane", &["Ada"], "1957-05-23", id));
        let asked = described("Lane", &["Ada"], "1957-05-23");
        let found = ask(&asked, false, None, &people);
        assert_eq!(found, [one("a", Grade::Probable), one("b", Grade::Probable)].concat());
        assert_eq!(ask(&asked, true, None, &people), []);
    }

    #[test]
    fn an_identifier_of_the_same_system_is_certain_and_of_another_one_nothing() {
        let people =
            [person("a", "Lane", &["Ada"], "1957-05-23", "17"), person("b", "Kay", &["Bo"], "1980-01-01", "18")];
        let by = |system: &str, value: &str| json!({ "resourceType": "Patient", "identifier": [{ "system": system, "value": value }] });
        assert_eq!(ask(&by("urn:mrn", "17"), true, None, &people), one("a", Grade::Certain));
        assert_eq!(ask(&by("urn:other", "17"), false, None, &people), []);
        assert_eq!(
            ask(&json!({ "resourceType": "Patient", "identifier": [{ "value": "17" }] }), false, None, &people),
            []
        );
    }

    #[test]
    fn an_identifier_under_another_birth_date_is_no_certainty() {
        let people = [person("a", "Lane", &["Ada"], "1957-05-23", "17")];
        let mut asked = described("Kay", &["Bo"], "1980-01-01");
        asked["identifier"] = json!([{ "system": "urn:mrn", "value": "17" }]);
        assert_eq!(ask(&asked, false, None, &people), one("a", Grade::Probable));
    }

    #[test]
    fn a_short_form_of_the_name_is_probable_and_another_birth_date_or_given_name_only_possible() {
        let people = [person("a", "O'Keefe-Brandt", &["Desmond", "Paul"], "1948-02-29", "1")];
        assert_eq!(ask(&described("O’Keefe", &["Des"], "1948-02-29"), false, None, &people), one("a", Grade::Probable));
        let day_before = described("O'Keefe-Brandt", &["Desmond", "Paul"], "1948-02-28");
        assert_eq!(ask(&day_before, false, None, &people), one("a", Grade::Possible));
        let twin = described("O'Keefe-Brandt", &["Xavier"], "1948-02-29");
        assert_eq!(ask(&twin, false, None, &people), one("a", Grade::Possible));
    }

    #[test]
    fn what_was_not_said_makes_nobody_certain_and_a_stranger_is_not_told() {
        let people = [person("a", "Lane", &["Ada"], "1957-05-23", "1")];
        let mut asked = described("Lane", &["Ada"], "1957-05-23");
        asked.as_object_mut().expect("an object").remove("gender");
        assert_eq!(ask(&asked, false, None, &people), one("a", Grade::Probable));
        assert_eq!(ask(&described("Kay", &["Bo"], "1980-01-01"), false, None, &people), []);
        assert_eq!(ask(&json!({ "resourceType": "Patient", "gender": "female" }), false, None, &people), []);
    }

    #[test]
    fn never_more_are_told_than_were_asked_for_and_the_likeliest_come_first() {
        let mut people: Vec<_> =
            (0..20).map(|n| person(&format!("p{n}"), "Lane", &["Ann"], "1957-05-23", "x")).collect();
        people.push(person("best", "Lane", &["Ada"], "1957-05-23", "1"));
        let asked = described("Lane", &["Ada"], "1957-05-23");
        assert_eq!(ask(&asked, false, Some(1), &people), one("best", Grade::Certain));
        assert_eq!(ask(&asked, false, None, &people).len(), USUAL);
    }
}
