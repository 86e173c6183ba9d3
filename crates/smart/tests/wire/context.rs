//! What the source had open (section 5), and grants for several servers (T11).

use serde_json::{Value, json};
use smart::{ContextItem, Granted, Intent};

use crate::world::{World, token_answer};

async fn launch_with(fields: Value) -> Granted {
    let world = World::public().await;
    let mut answer = token_answer();
    answer.as_object_mut().expect("an object").extend(fields.as_object().expect("an object").clone());
    world.ehr.answer_json("/token", answer);
    world.launch().await.expect("a grant")
}

#[tokio::test]
async fn c1_both_forms_of_fhir_context_are_read_and_neither_says_who_the_patient_is() {
    let granted = launch_with(json!({"fhirContext": [
        "ImagingStudy/1",
        {"reference": "Patient/other", "role": "https://example.org/role"},
        {"canonical": "http://example.org/Questionnaire/1|2", "type": "Questionnaire"},
        {"identifier": {"system": "urn:x", "value": "7"}, "type": "ServiceRequest", "role": "launch"},
        {"type": "says nothing"}, 7, null, [], "",
    ]}))
    .await;
    let items = &granted.context.fhir_context;
    assert_eq!(items.len(), 5, "{items:?}");
    let first =
        ContextItem { reference: Some("ImagingStudy/1".into()), role: "launch".into(), ..ContextItem::default() };
    assert_eq!(items[0], first);
    assert_eq!(items[1].role, "https://example.org/role");
    assert_eq!(
        (items[2].canonical.as_deref(), items[2].role.as_str()),
        (Some("http://example.org/Questionnaire/1|2"), "launch")
    );
    assert_eq!(items[3].identifier, Some((Some("urn:x".into()), "7".into())));
    assert_eq!(granted.grant.patient.as_deref(), Some("pat-1"));
}

#[tokio::test]
async fn c1_an_intent_is_mapped_and_an_unknown_one_is_none() {
    for (said, expected) in [
        (json!("plan"), Some(Intent::Plan)),
        (json!("sources"), Some(Intent::Sources)),
        (json!("../../admin"), None),
        (json!("https://evil.test"), None),
        (json!(7), None),
    ] {
        assert_eq!(launch_with(json!({"intent": said})).await.context.intent, expected, "{said}");
    }
}

#[tokio::test]
async fn c1_the_address_of_the_style_is_kept_and_never_asked() {
    let world = World::public().await;
    let mut answer = token_answer();
    answer["smart_style_url"] = json!(format!("{}/style-v7.json", world.ehr.root));
    world.ehr.answer_json("/token", answer);
    let granted = world.launch().await.expect("a grant");
    assert_eq!(granted.context.style_url.as_ref().map(|url| url.path()), Some("/style-v7.json"));
    assert!(world.ehr.seen("/style-v7.json").is_empty());
    for strange in [json!("javascript:alert(1)"), json!("data:text/css,x"), json!("/relative"), json!(7)] {
        assert_eq!(launch_with(json!({"smart_style_url": strange})).await.context.style_url, None, "{strange}");
    }
}

#[tokio::test]
async fn c1_a_tenant_in_the_answer_and_unknown_names_change_nothing() {
    let plain = launch_with(json!({})).await;
    let more =
        launch_with(json!({"tenant": "hill", "__own": {"x": 1}, "https://example.org/own": "x", "user": "eve"})).await;
    assert_eq!(more.context, plain.context);
    assert_eq!(more.pending.tenant, access::TenantId::new("valley"));
}

#[tokio::test]
async fn t11_authorization_details_are_read_and_never_asked_for() {
    let granted = launch_with(json!({"authorization_details": [
        {"type": "smart_on_fhir", "locations": ["https://other.example/fhir"], "fhirVersions": ["4.0.1"],
         "scope": "patient/Goal.rs", "patient": "p2"},
        {"type": "another"}, 7,
    ]}))
    .await;
    let [detail] = granted.context.authorization_details.as_slice() else { panic!("one detail") };
    assert_eq!(
        (detail.locations.as_slice(), detail.patient.as_deref()),
        (&["https://other.example/fhir".to_owned()][..], Some("p2"))
    );
    assert_eq!(granted.grant.patient.as_deref(), Some("pat-1"));
    let world = World::public().await;
    let authorization = world.begin(world.ehr_start()).await;
    assert_eq!(crate::world::parameter(&authorization, "authorization_details"), None);
}
