//! Lies of `Patient/$match`: about who somebody is.

use axum::response::Response;
use serde_json::{Value, json};

use super::{
    genuine::{Genuine, login_page, status_500},
    layer::Liar,
    ways::ways,
};

const MATCH_GRADE: &str = "http://hl7.org/fhir/StructureDefinition/match-grade";

ways! {
    /// Ways in which the answer to `Patient/$match` can be wrong.
    MatchWay {
        /// The answer is another person, and certain.
        AnotherAsCertain = "another-as-certain",
        /// The answer is another person whose demographics are made those that were asked about.
        AnotherInDisguise = "another-in-disguise",
        /// Several people are certain.
        SeveralCertain = "several-certain",
        /// Everybody who is here comes, whatever was asked for.
        Everybody = "everybody",
        /// What is only probable is called certain.
        ProbableAsCertain = "probable-as-certain",
        /// The grade is missing and the score is full.
        NotGraded = "not-graded",
        /// The grade is a word nobody has heard of, and the score is out of range.
        StrangeGrade = "strange-grade",
        /// The same person comes twice.
        Twice = "twice",
        /// A resource that is no Patient comes as certain.
        NotAPatient = "not-a-patient",
        /// The Patient has no id.
        NoId = "no-id",
        /// The Patient's id is a path that leads to other addresses of the FHIR server.
        IdPath = "id-path",
        /// Nobody is found.
        Nobody = "nobody",
        /// The server is down.
        Status500 = "status-500",
        /// A page comes instead of an answer.
        Html = "html",
    }
}

impl MatchWay {
    pub(super) fn alter(self, liar: &Liar, genuine: Genuine) -> Response {
        if !genuine.is_ok() {
            return genuine.unchanged();
        }
        let honest = genuine.json();
        let first = honest["entry"][0]["resource"].clone();
        let own = first["id"].as_str().unwrap_or_default().to_owned();
        let other = || (*liar.store().resource("Patient", &liar.other_patient(&own)).unwrap_or_default()).clone();
        let resources = match self {
            Self::AnotherAsCertain => vec![other()],
            Self::AnotherInDisguise => {
                let mut disguised = other();
                for field in ["name", "birthDate", "gender"] {
                    disguised[field] = first[field].clone();
                }
                vec![disguised]
            }
            Self::SeveralCertain => vec![first, other()],
            Self::Everybody => liar.store().list("Patient").iter().map(|patient| (**patient).clone()).collect(),
            Self::ProbableAsCertain => vec![first],
            Self::NotGraded => return genuine.with("entry", json!([entry(&first, None)])),
            Self::StrangeGrade => {
                let mut strange = entry(&first, Some("sure-as-can-be"));
                strange["search"]["score"] = json!(7);
                return genuine.with("entry", json!([strange]));
            }
            Self::Twice => vec![first.clone(), first],
            Self::NotAPatient => {
                let mut goal = first;
                goal["resourceType"] = json!("RelatedPerson");
                vec![goal]
            }
            Self::NoId => {
                let mut nameless = first;
                nameless["id"] = Value::Null;
                vec![nameless]
            }
            Self::IdPath => {
                let mut path = first.clone();
                path["id"] = json!(format!("{own}/../../Patient/{own}"));
                vec![path]
            }
            Self::Nobody => Vec::new(),
            Self::Status500 => return status_500(),
            Self::Html => return login_page(),
        };
        let entries: Vec<Value> = resources.iter().map(|resource| entry(resource, Some("certain"))).collect();
        genuine.with("entry", entries)
    }
}

fn entry(resource: &Value, grade: Option<&str>) -> Value {
    let mut entry = json!({ "resource": resource, "search": { "mode": "match", "score": 1 } });
    if let Some(grade) = grade {
        entry["search"]["extension"] = json!([{ "url": MATCH_GRADE, "valueCode": grade }]);
    }
    entry
}
