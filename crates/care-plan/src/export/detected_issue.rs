//! A detected issue as FHIR R4 `DetectedIssue` (hl7.org/fhir/R4/detectedissue.html).

use fhir::ResourceKey;
use serde_json::{Map, Value, json};

use crate::decisions::{DeciderRole, SettledAs, Signature, Standing};
use crate::plan::{DetectedIssue, Fact, FactValue, IssueCode, Severity};

/// HL7 v3 ActCode, which R4 prefers for the code of a DetectedIssue; it has few of ours.
const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
/// The system of our own codes: names of rules, and how an issue was settled.
const RULES: &str = "urn:accord:detected-issue";
const SETTLED: &str = "urn:accord:settled-as";

/// What an export must be told, for a plan knows resources by source, type and id only.
pub struct Addresses<'a> {
    /// The reference of the Patient that the export is about.
    pub patient: &'a str,
    /// The reference of a resource, such as its address at its own source.
    pub reference: &'a dyn Fn(&ResourceKey) -> String,
}

/// The issue as a resource without an id; the caller gives it one where its server does not.
///
/// `preliminary` as long as no person has judged it, `final` once one has, `cancelled` where it was judged to be none.
/// What was decided is its mitigation, also where the records have changed since: then it is preliminary again.
pub fn detected_issue(issue: &DetectedIssue, addresses: &Addresses<'_>) -> Value {
    let mut resource = Map::new();
    let mut put = |name: &str, value: Value| resource.insert(name.to_owned(), value);
    put("resourceType", "DetectedIssue".into());
    put("identifier", json!([{ "system": RULES, "value": issue.id.0 }]));
    put("status", status(&issue.standing).into());
    put("code", code(issue));
    put("severity", severity(issue.severity).into());
    put("patient", json!({ "reference": addresses.patient }));
    let reference = |key: &ResourceKey| json!({ "reference": (addresses.reference)(key), "type": key.kind });
    let mut keys: Vec<&ResourceKey> = issue.sides.iter().map(|side| &side.key).collect();
    keys.dedup();
    if !keys.is_empty() {
        put("implicated", keys.iter().map(|key| reference(key)).collect());
    }
    let evidence = evidence(issue, &reference);
    if !evidence.is_empty() {
        put("evidence", evidence.into());
    }
    put("detail", detail(issue).into());
    if let Some(mitigation) = mitigation(&issue.standing) {
        put("mitigation", json!([mitigation]));
    }
    Value::Object(resource)
}

fn status(standing: &Standing) -> &'static str {
    match standing {
        Standing::Decided { outcome: SettledAs::NotAnIssue, .. } => "cancelled",
        Standing::Decided { .. } => "final",
        Standing::Open | Standing::Voiced { .. } | Standing::Reopened { .. } => "preliminary",
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "high",
        Severity::Moderate => "moderate",
        Severity::Low => "low",
    }
}

/// Our own code, and HL7's where it has one that means the same.
fn code(issue: &DetectedIssue) -> Value {
    let own = name(&issue.code);
    let common = match issue.code {
        IssueCode::MedicationAgainstAllergy => Some(("ALGY", "Allergy Alert")),
        IssueCode::DuplicateIngredient => Some(("DUPTHPY", "Duplicate Therapy Alert")),
        _ => None,
    };
    let mut coding = vec![json!({ "system": RULES, "code": own })];
    coding.extend(common.map(|(code, display)| json!({ "system": ACT_CODE, "code": code, "display": display })));
    json!({ "coding": coding, "text": own.replace('-', " ") })
}

/// The name of a code, as it is serialised.
fn name(code: &impl serde::Serialize) -> String {
    match serde_json::to_value(code) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

/// For each side what it says and where; then what the rule knows beside.
fn evidence(issue: &DetectedIssue, reference: &dyn Fn(&ResourceKey) -> Value) -> Vec<Value> {
    let concepts = |facts: &[Fact]| -> Vec<Value> { facts.iter().map(|fact| json!({ "text": words(fact) })).collect() };
    let mut evidence: Vec<Value> = Vec::new();
    for side in &issue.sides {
        let mut entry = Map::new();
        let says = concepts(&side.says);
        if !says.is_empty() {
            entry.insert("code".to_owned(), says.into());
        }
        entry.insert("detail".to_owned(), json!([reference(&side.key)]));
        evidence.push(entry.into());
    }
    let beside = concepts(&issue.facts);
    if !beside.is_empty() {
        evidence.push(json!({ "code": beside }));
    }
    evidence
}

/// The issue in words: what it is about, the element, and what each record says there.
fn detail(issue: &DetectedIssue) -> String {
    let said = |facts: &[Fact]| facts.iter().map(words).collect::<Vec<_>>().join(", ");
    let mut detail = format!("{} ({})", issue.title, issue.element);
    for side in issue.sides.iter().filter(|side| !side.says.is_empty()) {
        detail.push_str(&format!("; {}: {}", side.key, said(&side.says)));
    }
    if !issue.facts.is_empty() {
        detail.push_str(&format!("; {}", said(&issue.facts)));
    }
    detail
}

fn words(fact: &Fact) -> String {
    match &fact.value {
        FactValue::Unsaid => format!("{} not said", fact.name),
        value => format!("{} {}", fact.name, value.plain()),
    }
}

/// What was decided, in FHIR's word for it.
fn mitigation(standing: &Standing) -> Option<Value> {
    let (outcome, signature): (&SettledAs, &Signature) = match standing {
        Standing::Open => return None,
        Standing::Decided { outcome, signature }
        | Standing::Voiced { outcome, signature }
        | Standing::Reopened { outcome, signature, .. } => (outcome, signature),
    };
    let (code, text) = match outcome {
        SettledAs::Adopted { .. } => ("adopted", "What one record says was adopted"),
        SettledAs::Changed => ("changed", "The plan was changed"),
        SettledAs::KeptAsIs => ("kept-as-is", "Left as it is on purpose"),
        SettledAs::NotAnIssue => ("not-an-issue", "No issue for this person"),
        SettledAs::AskedTeam => ("asked-team", "The care team was asked"),
        SettledAs::AskedPrescriber => ("asked-prescriber", "The prescriber was asked"),
        SettledAs::TakenBack => return None,
    };
    let reason = signature.reason.as_deref().map(|reason| format!("{text}: {reason}"));
    let action =
        json!({ "coding": [{ "system": SETTLED, "code": code }], "text": reason.unwrap_or_else(|| text.to_owned()) });
    let whose = match signature.by.role {
        Some(DeciderRole::Patient) => " (patient)",
        Some(DeciderRole::Carer) => " (carer)",
        Some(DeciderRole::Clinician | DeciderRole::Coordinator) | None => "",
    };
    let author =
        json!({ "display": format!("{}{whose}", signature.by.name), "identifier": { "value": signature.by.id } });
    Some(json!({ "action": action, "date": signature.at.to_string(), "author": author }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decisions::{Change, Decider};
    use crate::plan::{IssueId, Side};

    fn key(source: &str, id: &str) -> ResourceKey {
        ResourceKey { source: fhir::SourceId::new(source), kind: "Goal".to_owned(), id: id.to_owned() }
    }

    fn issue(standing: Standing) -> DetectedIssue {
        let target = |value: &str| Fact { name: "target", value: FactValue::Text(value.to_owned()), differs: true };
        let side = |source: &str, value: &str| Side {
            key: key(source, "1"),
            part: None,
            version: None,
            says: vec![target(value)],
        };
        DetectedIssue {
            id: IssueId("d1".to_owned()),
            code: IssueCode::ContradictoryTargets,
            severity: Severity::Moderate,
            title: "HbA1c".to_owned(),
            items: Vec::new(),
            element: "Goal.target".to_owned(),
            sides: vec![side("a", "below 7 %"), side("b", "below 8 %")],
            facts: Vec::new(),
            apart: None,
            source: None,
            settle: Vec::new(),
            standing,
        }
    }

    fn signed() -> Signature {
        let by = Decider { id: "Practitioner/9".to_owned(), name: "Cora Coordinator".to_owned(), role: None };
        Signature { by, at: "2026-11-21T10:00:00Z".parse().expect("an instant"), reason: Some("frail".to_owned()) }
    }

    fn export(issue: &DetectedIssue) -> Value {
        let reference = |key: &ResourceKey| format!("https://{}.example/{}/{}", key.source, key.kind, key.id);
        detected_issue(issue, &Addresses { patient: "Patient/p", reference: &reference })
    }

    #[test]
    fn an_open_issue_names_both_records_and_what_they_say() {
        let resource = export(&issue(Standing::Open));
        assert_eq!(
            resource,
            json!({
                "resourceType": "DetectedIssue",
                "identifier": [{ "system": "urn:accord:detected-issue", "value": "d1" }],
                "status": "preliminary",
                "code": {
                    "coding": [{ "system": "urn:accord:detected-issue", "code": "contradictory-targets" }],
                    "text": "contradictory targets",
                },
                "severity": "moderate",
                "patient": { "reference": "Patient/p" },
                "implicated": [
                    { "reference": "https://a.example/Goal/1", "type": "Goal" },
                    { "reference": "https://b.example/Goal/1", "type": "Goal" },
                ],
                "evidence": [
                    { "code": [{ "text": "target below 7 %" }], "detail": [{ "reference": "https://a.example/Goal/1", "type": "Goal" }] },
                    { "code": [{ "text": "target below 8 %" }], "detail": [{ "reference": "https://b.example/Goal/1", "type": "Goal" }] },
                ],
                "detail": "HbA1c (Goal.target); a/Goal/1: target below 7 %; b/Goal/1: target below 8 %",
            })
        );
    }

    #[test]
    fn a_decided_issue_is_final_with_its_mitigation_and_one_that_is_none_is_cancelled() {
        let decided = |outcome| issue(Standing::Decided { outcome, signature: signed() });
        let resource = export(&decided(SettledAs::KeptAsIs));
        assert_eq!(resource["status"], "final");
        assert_eq!(
            resource["mitigation"],
            json!([{
                "action": { "coding": [{ "system": "urn:accord:settled-as", "code": "kept-as-is" }], "text": "Left as it is on purpose: frail" },
                "date": "2026-11-21T10:00:00Z",
                "author": { "display": "Cora Coordinator", "identifier": { "value": "Practitioner/9" } },
            }])
        );
        assert_eq!(export(&decided(SettledAs::NotAnIssue))["status"], "cancelled");
    }

    #[test]
    fn what_only_the_person_has_said_is_preliminary_and_says_whose_word_it_is() {
        let mut signature = signed();
        signature.by.role = Some(DeciderRole::Patient);
        let resource = export(&issue(Standing::Voiced { outcome: SettledAs::NotAnIssue, signature }));
        assert_eq!(resource["status"], "preliminary");
        assert_eq!(resource["mitigation"][0]["author"]["display"], "Cora Coordinator (patient)");
    }

    #[test]
    fn a_reopened_issue_is_preliminary_again_and_keeps_what_was_decided() {
        let changes = vec![Change::SideRemoved {
            record: crate::decisions::MemberName { key: key("c", "1"), part: None },
            said: Vec::new(),
        }];
        let standing = Standing::Reopened { outcome: SettledAs::AskedTeam, signature: signed(), changes };
        let resource = export(&issue(standing));
        assert_eq!((resource["status"].as_str(), resource["mitigation"].is_array()), (Some("preliminary"), true));
    }

    #[test]
    fn nothing_empty_is_written_for_fhir_knows_no_empty_array() {
        let mut bare = issue(Standing::Open);
        bare.sides.clear();
        let resource = export(&bare);
        for name in ["implicated", "evidence", "mitigation"] {
            assert!(resource.get(name).is_none(), "{name}");
        }
        let mut silent = issue(Standing::Open);
        silent.sides[0].says.clear();
        assert!(export(&silent)["evidence"][0].get("code").is_none());
    }

    #[test]
    fn a_code_that_hl7_has_is_given_beside_our_own() {
        let mut allergy = issue(Standing::Open);
        allergy.code = IssueCode::MedicationAgainstAllergy;
        assert_eq!(export(&allergy)["code"]["coding"][1]["code"], "ALGY");
    }
}
