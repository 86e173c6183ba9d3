//! read, vread, history, and what no path leads to.

use serde_json::json;

use crate::harness::{Ehr, goal};

#[tokio::test]
async fn a_read_carries_version_and_time() {
    let ehr = Ehr::peopled();
    let answer = ehr.get("/Goal/ada-goal").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("etag"), "W/\"1\"");
    assert_eq!(answer.header("last-modified"), "Wed, 18 Nov 2026 11:06:40 GMT");
    assert!(answer.header("content-type").starts_with("application/fhir+json"));
    assert_eq!(answer.body["meta"], json!({"versionId": "1", "lastUpdated": "2026-11-18T11:06:40.000Z"}));
    let known = ehr.send("GET", "/Goal/ada-goal", &[("if-none-match", "W/\"1\"")], None).await;
    assert_eq!((known.status.as_u16(), known.text.as_str()), (304, ""));
}

#[tokio::test]
async fn each_version_stays_readable() {
    let ehr = Ehr::peopled();
    let mut changed = goal("ada-goal", "ada");
    changed["lifecycleStatus"] = json!("completed");
    ehr.later(60);
    ehr.put("/Goal/ada-goal", &changed, &[]).await;
    assert_eq!(ehr.get("/Goal/ada-goal/_history/1").await.body["lifecycleStatus"], "active");
    assert_eq!(ehr.get("/Goal/ada-goal/_history/2").await.body["lifecycleStatus"], "completed");
    ehr.get("/Goal/ada-goal/_history/3").await.refused(404);
    let history = ehr.get("/Goal/ada-goal/_history").await;
    assert_eq!(history.body["type"], "history");
    let versions: Vec<_> = history.body["entry"]
        .as_array()
        .expect("entries")
        .iter()
        .map(|entry| &entry["resource"]["meta"]["versionId"])
        .collect();
    assert_eq!(versions, ["2", "1"]);
    let stored = ehr.store.versions("Goal", "ada-goal");
    assert_eq!(stored.len(), 2);
    assert_eq!(stored[0].number.0, 2, "newest first");
}

#[tokio::test]
async fn a_deleted_resource_is_gone_and_its_history_stays() {
    let ehr = Ehr::peopled();
    assert_eq!(ehr.send("DELETE", "/Goal/ada-goal", &[], None).await.status, 204);
    ehr.get("/Goal/ada-goal").await.refused(410);
    ehr.get("/Goal/ada-goal/_history/2").await.refused(410);
    assert_eq!(ehr.get("/Goal/ada-goal/_history").await.body["total"], 2);
    assert_eq!(ehr.get("/Goal?patient=ada").await.body["total"], 0);
    assert_eq!(ehr.send("DELETE", "/Goal/ada-goal", &[], None).await.status, 204);
    let back = ehr.put("/Goal/ada-goal", &goal("ada-goal", "ada"), &[]).await;
    assert_eq!((back.status.as_u16(), back.header("etag")), (201, "W/\"3\""));
}

#[tokio::test]
async fn every_wrong_turn_ends_in_an_operation_outcome() {
    let ehr = Ehr::peopled();
    for (method, path, status) in [
        ("GET", "/Goal/nobody", 404),
        ("GET", "/Plan/1", 404),
        ("GET", "/Goal/ada-goal/more", 404),
        ("GET", "/Patient/ada/$everything", 404),
        ("GET", "/", 400),
        ("GET", "", 400),
        ("POST", "/Goal/ada-goal", 405),
        ("PUT", "/Goal", 405),
        ("OPTIONS", "/Goal", 405),
        ("GET", "/Goal/_history", 501),
    ] {
        ehr.send(method, path, &[], None).await.refused(status);
    }
    ehr.send("GET", "/Goal/ada-goal", &[("accept", "application/fhir+xml")], None).await.refused(406);
    ehr.send("GET", "/Goal/ada-goal", &[("accept", "application/fhir+json; fhirVersion=5.0")], None).await.refused(406);
    ehr.get("/Goal/ada-goal?_format=xml").await.refused(406);
    assert_eq!(ehr.get("/Goal/ada-goal?_format=json").await.status, 200);
    assert_eq!(ehr.send("GET", "/Goal/ada-goal", &[("accept", "text/html, */*;q=0.1")], None).await.status, 200);
}
