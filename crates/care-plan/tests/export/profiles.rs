//! What we make keeps to the profiles of the MCC guide and of US Core.

use sample_data::{Server, definitions, sample_data};
use serde_json::json;

use crate::world::{EVERYBODY, care_plan, entries, exported, snapshot};

#[test]
fn the_care_plan_and_the_requests_that_we_make_keep_to_their_profiles() {
    let Some(folder) = sample_data() else {
        eprintln!("skipped: sample data not found");
        return;
    };
    let profiles = definitions(&folder.join("conformance"));
    for person in &*EVERYBODY {
        let made = entries(&person.bundle).into_iter().filter(|(name, _)| name.starts_with("urn:uuid:"));
        let mut checked = 0;
        for (_, resource) in made {
            let Some(profile) = profiles.get(resource["resourceType"].as_str().expect("a type")) else { continue };
            assert_eq!(profile.faults(resource), Vec::<String>::new(), "{}", person.name);
            checked += 1;
        }
        assert!(checked > 0, "{}", person.name);
    }
}

#[test]
fn the_check_finds_what_is_wrong() {
    let Some(folder) = sample_data() else {
        eprintln!("skipped: sample data not found");
        return;
    };
    let profiles = definitions(&folder.join("conformance"));
    let patient = vec![json!({ "resourceType": "Patient", "id": "p" })];
    let (_, bundle) = exported(&snapshot(&[Server::new("https://a.example/fhir", patient)]));
    let whole = care_plan(&bundle);
    let faults = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut broken = whole.clone();
        change(&mut broken);
        profiles["CarePlan"].faults(&broken)
    };
    assert_eq!(faults(&|_| ()), Vec::<String>::new());
    for (what, change) in [
        (
            "no status",
            (&|plan: &mut serde_json::Value| drop(plan.as_object_mut().expect("an object").remove("status")))
                as &dyn Fn(&mut serde_json::Value),
        ),
        ("no category of US Core", &|plan| plan["category"] = json!([{ "text": "x" }])),
        ("an activity in detail", &|plan| plan["activity"] = json!([{ "detail": { "status": "unknown" } }])),
        ("a title that is a number", &|plan| plan["title"] = json!(7)),
        ("a date that is none", &|plan| plan["created"] = json!("soon")),
        ("an element that does not exist", &|plan| plan["outcome"] = json!("x")),
    ] {
        assert!(!faults(change).is_empty(), "{what}");
    }
}
