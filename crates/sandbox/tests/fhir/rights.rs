//! Tokens: what a patient's token never sees, finds or writes.

use std::sync::Arc;

use fhir_server::Interaction;
use sandbox::fhir::Access;
use serde_json::json;

use crate::harness::{Ehr, goal, reader};

#[tokio::test]
async fn without_a_token_every_route_but_metadata_is_401() {
    let ehr = Ehr::peopled();
    ehr.shut();
    for path in ["/Goal/ada-goal", "/Goal?patient=ada", "/Goal/ada-goal/_history", "/Goal/ada-goal/_history/1"] {
        let answer = ehr.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.header("www-authenticate")), (401, "Bearer"), "{path}");
        assert_eq!(answer.body["resourceType"], "OperationOutcome");
    }
    assert_eq!(ehr.put("/Goal/x", &goal("x", "ada"), &[]).await.status, 401);
    assert_eq!(ehr.post("/", &json!({}), &[]).await.status, 401);
}

#[tokio::test]
async fn scopes_are_kept_type_by_type_and_interaction_by_interaction() {
    let ehr = Ehr::peopled();
    let may = Arc::new(|kind: &str, interaction| {
        kind == "Goal" && matches!(interaction, Interaction::Read | Interaction::Search)
    });
    ehr.let_in(Access { may, patient: None });
    assert_eq!(ehr.get("/Goal/ada-goal").await.status, 200);
    ehr.get("/Goal/ada-goal/_history").await.refused(403);
    ehr.get("/Condition/ada-ckd").await.refused(403);
    ehr.get("/Condition?patient=ada").await.refused(403);
    ehr.put("/Goal/ada-goal", &goal("ada-goal", "ada"), &[]).await.refused(403);
    let along = ehr.get("/Goal?patient=ada&_include=Goal:patient&_revinclude=Provenance:target").await;
    assert_eq!(along.ids("include"), [""; 0]);
    assert_eq!(along.ids("outcome").len(), 1, "what a scope withholds is said");
}

#[tokio::test]
async fn a_patients_token_opens_that_patient_only() {
    let ehr = Ehr::peopled();
    ehr.let_in(reader(Some("ada")));
    for kind in [
        "Goal/ada-goal",
        "Patient/ada",
        "Provenance/ada-prov",
        "Linkage/ada-link",
        "Practitioner/dr",
        "Organization/vp",
    ] {
        assert_eq!(ehr.get(&format!("/{kind}")).await.status, 200, "{kind}");
    }
    for kind in ["Goal/ben-goal", "Patient/ben", "Provenance/ben-prov", "Linkage/ben-link"] {
        for rest in ["", "/_history", "/_history/1"] {
            ehr.get(&format!("/{kind}{rest}")).await.refused(404);
        }
    }
    for query in [
        "/Goal?patient=ben",
        "/Goal?_id=ben-goal",
        "/Patient?name=lane&given=ben",
        "/Provenance?target=Goal/ben-goal",
        "/Linkage?item=Patient/ben",
    ] {
        assert_eq!(ehr.get(query).await.body["total"], 0, "{query}");
    }
    let around = ehr.get("/Practitioner?_id=dr&_revinclude=CarePlan:performer&_revinclude=Patient:general-practitioner&_revinclude=CareTeam:participant").await;
    assert_eq!(around.ids("include"), ["Patient/ada", "CareTeam/ada-team"]);
}

#[tokio::test]
async fn a_reference_to_another_patients_record_brings_nothing_along() {
    let ehr = Ehr::peopled();
    let mut plan =
        json!({"resourceType": "CarePlan", "id": "odd", "status": "active", "subject": {"reference": "Patient/ada"}});
    plan["goal"] = json!([{"reference": "Goal/ben-goal"}]);
    ehr.load(vec![plan]);
    ehr.let_in(reader(Some("ada")));
    assert_eq!(ehr.get("/CarePlan?_id=odd&_include=CarePlan:goal").await.ids("include"), [""; 0]);
}

#[tokio::test]
async fn a_patients_token_writes_about_that_patient_only() {
    let ehr = Ehr::peopled();
    ehr.let_in(Access::to_patient("ada"));
    assert_eq!(ehr.put("/Goal/ada-goal", &goal("ada-goal", "ada"), &[]).await.status, 200);
    assert_eq!(ehr.post("/Goal", &goal("x", "ada"), &[]).await.status, 201);
    ehr.put("/Goal/ben-goal", &goal("ben-goal", "ada"), &[]).await.refused(403);
    ehr.put("/Goal/ada-goal", &goal("ada-goal", "ben"), &[]).await.refused(403);
    ehr.post("/Goal", &goal("x", "ben"), &[]).await.refused(403);
    ehr.post("/Goal", &json!({"resourceType": "Goal"}), &[]).await.refused(403);
    ehr.post("/Practitioner", &json!({"resourceType": "Practitioner"}), &[]).await.refused(403);
    ehr.put("/Patient/new", &json!({"resourceType": "Patient", "id": "new"}), &[]).await.refused(403);
    ehr.send("DELETE", "/Goal/ben-goal", &[], None).await.refused(404);
    let patch = [("content-type", "application/json-patch+json")];
    let over = r#"[{"op":"replace","path":"/subject/reference","value":"Patient/ben"}]"#;
    ehr.send("PATCH", "/Goal/ada-goal", &patch, Some(over.into())).await.refused(403);
    ehr.send("PATCH", "/Goal/ben-goal", &patch, Some("[]".into())).await.refused(404);
    ehr.let_in(Access::everything());
    assert_eq!(ehr.get("/Goal/ben-goal").await.header("etag"), "W/\"1\"");
}

#[tokio::test]
async fn the_entries_of_a_bundle_are_judged_one_by_one() {
    let ehr = Ehr::peopled();
    ehr.let_in(Access::to_patient("ada"));
    let entries = json!([
        {"request": {"method": "GET", "url": "Goal/ada-goal"}},
        {"request": {"method": "GET", "url": "Goal/ben-goal"}},
        {"request": {"method": "GET", "url": "Goal?patient=ben"}},
        {"request": {"method": "PUT", "url": "Goal/ben-goal"}, "resource": goal("ben-goal", "ben")},
    ]);
    let batch = ehr.post("/", &json!({"resourceType": "Bundle", "type": "batch", "entry": entries}), &[]).await;
    let status =
        |place: usize| batch.body["entry"][place]["response"]["status"].as_str().unwrap_or_default().to_owned();
    assert_eq!([status(0), status(1), status(2), status(3)], ["200 OK", "404 Not Found", "200 OK", "403 Forbidden"]);
    assert_eq!(batch.body["entry"][2]["resource"]["total"], 0);
    let transaction =
        ehr.post("/", &json!({"resourceType": "Bundle", "type": "transaction", "entry": entries}), &[]).await;
    assert_eq!(transaction.refused(403)["expression"][0], "Bundle.entry[3]");
}
