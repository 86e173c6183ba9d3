//! No view loses what is there because of a type that is too strict: shown on every file of the sample data.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fhir::{Bundle, Resource, SourceId};
use serde_json::Value;

fn files() -> Option<Vec<(PathBuf, String)>> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("ACCORD_SAMPLE_DATA").map_or_else(beside, PathBuf::from);
    if !folder.is_dir() {
        eprintln!("skipped: sample data not found");
        return None;
    }
    let mut files = Vec::new();
    // The large synthetic records have their own tests of speed; their shapes are those of the others.
    for part in ["patients", "vendor", "us-core-6.1.0", "fhir-core-r4"] {
        collect(&folder.join(part), &mut files);
    }
    files.sort();
    Some(files)
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("a folder entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "json") {
            let text = std::fs::read_to_string(&path).expect("a readable file");
            files.push((path, text));
        }
    }
}

/// All resources of the files that have a type and an id.
fn resources() -> Vec<(PathBuf, Resource)> {
    let source = SourceId::new("sample");
    let mut resources = Vec::new();
    for (path, text) in files().unwrap_or_default() {
        let raws: Vec<&str> = match Bundle::parse(&text) {
            Ok(bundle) => bundle.entries.iter().filter_map(|entry| entry.resource).collect(),
            Err(_) => vec![&text],
        };
        resources.extend(
            raws.iter().filter_map(|raw| Resource::parse(&source, raw).ok()).map(|found| (path.clone(), found)),
        );
    }
    resources
}

#[test]
fn every_file_is_an_envelope_with_all_its_entries_or_one_resource() {
    for (path, text) in files().into_iter().flatten() {
        let Ok(value) = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) else { continue };
        match Bundle::parse(&text) {
            Ok(bundle) => {
                let entries = value["entry"].as_array().map_or(0, Vec::len);
                assert_eq!(bundle.entries.len(), entries, "{}", path.display());
            }
            Err(error) => assert_ne!(value["resourceType"], "Bundle", "{}: {error}", path.display()),
        }
    }
}

/// How many of the elements at a path the JSON has: `note[].text` counts every text of every note.
fn there(value: &Value, path: &str) -> usize {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let found = &value[name.trim_end_matches("[]")];
    let members: Vec<&Value> = match found {
        Value::Null => Vec::new(),
        Value::Array(members) => members.iter().collect(),
        lone => vec![lone],
    };
    match rest {
        None => members.len(),
        Some(rest) => members.iter().map(|member| there(member, rest)).sum(),
    }
}

/// How many a view has.
type Count = fn(&Resource) -> usize;

/// Elements of the views, each with how many of them a view read.
fn looked_at() -> Vec<(&'static str, &'static str, Count)> {
    macro_rules! one {
        ($view:ty, $field:ident) => {
            |resource| usize::from(resource.read::<$view>().$field.is_some())
        };
    }
    macro_rules! many {
        ($view:ty, $field:ident) => {
            |resource| resource.read::<$view>().$field.len()
        };
    }
    vec![
        ("Goal", "lifecycleStatus", one!(fhir::Goal, lifecycle_status)),
        ("Goal", "achievementStatus", one!(fhir::Goal, achievement_status)),
        ("Goal", "description", one!(fhir::Goal, description)),
        ("Goal", "priority", one!(fhir::Goal, priority)),
        ("Goal", "startDate", one!(fhir::Goal, start_date)),
        ("Goal", "expressedBy", one!(fhir::Goal, expressed_by)),
        ("Goal", "target", many!(fhir::Goal, target)),
        ("Goal", "addresses", many!(fhir::Goal, addresses)),
        ("Goal", "outcomeReference", many!(fhir::Goal, outcome_reference)),
        ("Goal", "note", many!(fhir::Goal, note)),
        ("Goal", "target.dueDate", |resource| {
            resource.read::<fhir::Goal>().target.iter().filter(|target| target.due_date.is_some()).count()
        }),
        ("Goal", "target.detailQuantity.value", |resource| {
            let goal: fhir::Goal = resource.read();
            goal.target
                .iter()
                .filter(|target| target.detail_quantity.as_ref().is_some_and(|found| found.value.is_some()))
                .count()
        }),
        ("Condition", "code", one!(fhir::Condition, code)),
        ("Condition", "clinicalStatus", one!(fhir::Condition, clinical_status)),
        ("Condition", "verificationStatus", one!(fhir::Condition, verification_status)),
        ("Condition", "category", many!(fhir::Condition, category)),
        ("Condition", "onsetDateTime", one!(fhir::Condition, onset_date_time)),
        ("Condition", "recordedDate", one!(fhir::Condition, recorded_date)),
        ("Condition", "asserter", one!(fhir::Condition, asserter)),
        ("Condition", "stage", many!(fhir::Condition, stage)),
        ("Observation", "code", one!(fhir::Observation, code)),
        ("Observation", "status", one!(fhir::Observation, status)),
        ("Observation", "effectiveDateTime", one!(fhir::Observation, effective_date_time)),
        ("Observation", "valueQuantity.value", |resource| {
            let observation: fhir::Observation = resource.read();
            usize::from(observation.value_quantity.as_ref().is_some_and(|found| found.value.is_some()))
        }),
        ("Observation", "valueCodeableConcept", one!(fhir::Observation, value_codeable_concept)),
        ("Observation", "valueString", one!(fhir::Observation, value_string)),
        ("Observation", "valueInteger", one!(fhir::Observation, value_integer)),
        ("Observation", "valueBoolean", one!(fhir::Observation, value_boolean)),
        ("Observation", "component", many!(fhir::Observation, component)),
        ("Observation", "performer", many!(fhir::Observation, performer)),
        ("Observation", "interpretation", many!(fhir::Observation, interpretation)),
        ("Observation", "category.coding", |resource| {
            resource.read::<fhir::Observation>().category.iter().map(|category| category.coding.len()).sum()
        }),
        ("ServiceRequest", "code", one!(fhir::Request, code)),
        ("ServiceRequest", "authoredOn", one!(fhir::Request, authored_on)),
        ("ServiceRequest", "reasonReference", many!(fhir::Request, reason_reference)),
        ("ServiceRequest", "reasonCode", many!(fhir::Request, reason_code)),
        ("ServiceRequest", "extension", many!(fhir::Request, extension)),
        ("ServiceRequest", "occurrenceTiming", one!(fhir::Request, occurrence_timing)),
        ("NutritionOrder", "oralDiet", one!(fhir::Request, oral_diet)),
        ("Task", "focus", one!(fhir::Request, focus)),
        ("MedicationRequest", "medicationCodeableConcept", one!(fhir::MedicationRequest, medication_codeable_concept)),
        ("MedicationRequest", "medicationReference", one!(fhir::MedicationRequest, medication_reference)),
        ("MedicationRequest", "dosageInstruction", many!(fhir::MedicationRequest, dosage_instruction)),
        ("MedicationRequest", "authoredOn", one!(fhir::MedicationRequest, authored_on)),
        ("MedicationRequest", "dosageInstruction.timing.repeat.frequency", |resource| {
            let order: fhir::MedicationRequest = resource.read();
            let repeats = order.dosage_instruction.iter().filter_map(|dosage| dosage.timing.as_ref()?.repeat.as_ref());
            repeats.filter(|repeat| repeat.frequency.is_some()).count()
        }),
        ("Procedure", "performedDateTime", one!(fhir::Performed, performed_date_time)),
        ("Procedure", "performer", many!(fhir::Performed, performer)),
        ("Encounter", "period", one!(fhir::Performed, period)),
        ("Encounter", "type", many!(fhir::Performed, kind)),
        ("Encounter", "class", one!(fhir::Performed, class)),
        ("DiagnosticReport", "result", many!(fhir::Performed, result)),
        ("CarePlan", "activity", many!(fhir::CarePlan, activity)),
        ("CarePlan", "activity.reference", |resource| {
            resource.read::<fhir::CarePlan>().activity.iter().filter(|activity| activity.reference.is_some()).count()
        }),
        ("CarePlan", "activity.detail", |resource| {
            resource.read::<fhir::CarePlan>().activity.iter().filter(|activity| activity.detail.is_some()).count()
        }),
        ("CarePlan", "activity.outcomeReference", |resource| {
            resource.read::<fhir::CarePlan>().activity.iter().map(|activity| activity.outcome_reference.len()).sum()
        }),
        ("CarePlan", "addresses", many!(fhir::CarePlan, addresses)),
        ("CarePlan", "goal", many!(fhir::CarePlan, goal)),
        ("CareTeam", "participant", many!(fhir::CareTeam, participant)),
        ("CareTeam", "participant.role", |resource| {
            resource.read::<fhir::CareTeam>().participant.iter().map(|participant| participant.role.len()).sum()
        }),
        ("Patient", "name", many!(fhir::Patient, name)),
        ("Patient", "birthDate", one!(fhir::Patient, birth_date)),
        ("Patient", "identifier", many!(fhir::Patient, identifier)),
        ("AllergyIntolerance", "code", one!(fhir::AllergyIntolerance, code)),
        ("AllergyIntolerance", "reaction", many!(fhir::AllergyIntolerance, reaction)),
        ("Linkage", "item", many!(fhir::Linkage, item)),
        ("Practitioner", "name", many!(fhir::Practitioner, name)),
    ]
}

#[test]
fn no_view_loses_an_element_of_a_real_record() {
    let mut by_kind: BTreeMap<&str, Vec<(&str, Count)>> = BTreeMap::new();
    for (kind, path, count) in looked_at() {
        by_kind.entry(kind).or_default().push((path, count));
    }
    let mut lost = Vec::new();
    for (file, resource) in resources() {
        let value = resource.to_value();
        for (path, count) in by_kind.get(resource.kind()).into_iter().flatten() {
            let (expected, found) = (there(&value, path), count(&resource));
            if expected != found {
                lost.push(format!(
                    "{} {}/{} {path}: {found} of {expected}",
                    file.display(),
                    resource.kind(),
                    resource.id()
                ));
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn every_reference_of_a_real_record_is_of_a_known_form() {
    fn walk(value: &Value, odd: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(text)) = members.get("reference")
                    && let fhir::Target::Other(text) = fhir::Target::parse(text)
                {
                    odd.push(text);
                }
                members.values().for_each(|member| walk(member, odd));
            }
            Value::Array(members) => members.iter().for_each(|member| walk(member, odd)),
            _ => {}
        }
    }
    let mut odd = Vec::new();
    for (_, resource) in resources() {
        walk(&resource.to_value(), &mut odd);
    }
    // Conditional references (`Type?identifier=…`) only mean something in a transaction.
    odd.retain(|text| !text.contains('?') && !text.is_empty());
    assert!(odd.len() < 40, "{odd:?}");
}
