//! create and update, conditions included.

use serde_json::{Value, json};

use crate::harness::{BASE, Ehr, goal};

#[tokio::test]
async fn a_stale_version_is_refused_with_412_and_changes_nothing() {
    let ehr = Ehr::peopled();
    let changed = goal("ada-goal", "ada");
    let answer = ehr.put("/Goal/ada-goal", &changed, &[("if-match", "W/\"1\"")]).await;
    assert_eq!((answer.status.as_u16(), answer.header("etag")), (200, "W/\"2\""));
    for stale in ["W/\"1\"", "W/\"7\"", "W/\"x\"", "nonsense"] {
        let answer = ehr.put("/Goal/ada-goal", &changed, &[("if-match", stale)]).await;
        assert_eq!(answer.refused(412)["code"], "conflict", "{stale}");
    }
    assert_eq!(ehr.get("/Goal/ada-goal").await.header("etag"), "W/\"2\"");
}

#[tokio::test]
async fn a_put_keeps_number_text_unknown_elements_and_their_order() {
    let ehr = Ehr::new();
    let sent = r#"{"resourceType":"Observation","id":"o","meta":{"source":"x","versionId":"77"},"zebra":{"b":1,"a":[]},"valueQuantity":{"value":7.50,"_unit":{"id":"u"}},"valueX":12.340,"_birthDate":null}"#;
    let headers = [("content-type", "application/fhir+json")];
    let answer = ehr.send("PUT", "/Observation/o", &headers, Some(sent.to_owned())).await;
    assert_eq!(answer.status, 201);
    assert_eq!(answer.header("location"), format!("{BASE}/Observation/o/_history/1"));
    let stored = ehr.get("/Observation/o").await.text;
    assert_eq!(
        stored,
        sent.replace(r#""versionId":"77""#, r#""versionId":"1","lastUpdated":"2026-11-18T11:06:40.000Z""#)
    );
}

#[tokio::test]
async fn a_create_gets_an_id_a_location_and_version_1() {
    let ehr = Ehr::peopled();
    let answer = ehr.post("/Goal", &goal("my-own-id", "ada"), &[]).await;
    assert_eq!(answer.status, 201);
    let id = answer.body["id"].as_str().expect("an id").to_owned();
    assert_ne!(id, "my-own-id");
    assert_eq!(answer.header("location"), format!("{BASE}/Goal/{id}/_history/1"));
    assert_eq!(ehr.get(&format!("/Goal/{id}")).await.status, 200);
}

#[tokio::test]
async fn the_client_chooses_what_a_write_answers() {
    let ehr = Ehr::peopled();
    let body = goal("ada-goal", "ada");
    let minimal = ehr.put("/Goal/ada-goal", &body, &[("prefer", "return=minimal")]).await;
    assert_eq!((minimal.status.as_u16(), minimal.text.as_str(), minimal.header("etag")), (200, "", "W/\"2\""));
    let outcome = ehr.put("/Goal/ada-goal", &body, &[("prefer", "return=OperationOutcome")]).await;
    assert_eq!(outcome.body["resourceType"], "OperationOutcome");
    let whole = ehr.put("/Goal/ada-goal", &body, &[]).await;
    assert_eq!(whole.body["meta"]["versionId"], "4");
}

#[tokio::test]
async fn a_body_that_does_not_fit_is_refused() {
    let ehr = Ehr::peopled();
    let put = async |body: Value| ehr.put("/Goal/ada-goal", &body, &[]).await;
    put(json!({"resourceType": "Condition", "id": "ada-goal"})).await.refused(422);
    put(json!({"id": "ada-goal"})).await.refused(422);
    put(json!([1])).await.refused(422);
    put(json!({"resourceType": "Goal", "id": "ada-goal", "meta": "x"})).await.refused(422);
    put(goal("another", "ada")).await.refused(400);
    put(json!({"resourceType": "Goal"})).await.refused(400);
    let send = async |kind: &str, text: &str| {
        ehr.send("PUT", "/Goal/ada-goal", &[("content-type", kind)], Some(text.to_owned())).await
    };
    send("application/fhir+json", "{\"resourceType\":").await.refused(400);
    send("application/fhir+xml", "<Goal/>").await.refused(415);
    assert_eq!(ehr.get("/Goal/ada-goal").await.header("etag"), "W/\"1\"");
}

#[tokio::test]
async fn an_update_with_a_version_does_not_create() {
    let ehr = Ehr::peopled();
    ehr.put("/Goal/new", &goal("new", "ada"), &[("if-match", "W/\"1\"")]).await.refused(412);
    assert_eq!(ehr.put("/Goal/new", &goal("new", "ada"), &[("if-none-match", "*")]).await.status, 201);
    ehr.put("/Goal/new", &goal("new", "ada"), &[("if-none-match", "*")]).await.refused(412);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_writers_who_saw_the_same_version_one_wins() {
    let ehr = std::sync::Arc::new(Ehr::peopled());
    let mut writers = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let ehr = std::sync::Arc::clone(&ehr);
        writers.spawn(async move {
            ehr.put("/Goal/ada-goal", &goal("ada-goal", "ada"), &[("if-match", "W/\"1\"")]).await.status.as_u16()
        });
    }
    let mut answers = writers.join_all().await;
    answers.sort_unstable();
    assert_eq!((answers[0], &answers[1..]), (200, &[412; 15][..]));
}
