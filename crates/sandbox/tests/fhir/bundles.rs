//! Transactions and batches.

use serde_json::{Value, json};

use crate::harness::{Ehr, goal, word};

fn bundle(kind: &str, entries: Value) -> Value {
    json!({"resourceType": "Bundle", "type": kind, "entry": entries})
}

#[tokio::test]
async fn a_transaction_ties_new_resources_together() {
    let ehr = Ehr::peopled();
    let entries = json!([
        {"fullUrl": "urn:uuid:plan", "request": {"method": "POST", "url": "CarePlan"}, "resource": {"resourceType": "CarePlan",
            "subject": {"reference": "urn:uuid:person"}, "goal": [{"reference": "urn:uuid:goal"}],
            "author": {"reference": "Practitioner?identifier=urn:npi|9"}, "custodian": {"reference": "Organization?identifier=urn:npi|1"}}},
        {"fullUrl": "urn:uuid:goal", "request": {"method": "PUT", "url": "Goal/g"}, "resource": {"resourceType": "Goal", "id": "g",
            "subject": {"reference": "urn:uuid:person"}}},
        {"fullUrl": "urn:uuid:person", "request": {"method": "POST", "url": "Patient", "ifNoneExist": "_id=ada"}, "resource": {"resourceType": "Patient"}},
        {"fullUrl": "urn:uuid:dr", "request": {"method": "POST", "url": "Practitioner"}, "resource": {"resourceType": "Practitioner",
            "identifier": [{"system": "urn:npi", "value": "9"}]}},
        {"request": {"method": "GET", "url": "Goal?patient=ada"}},
    ]);
    let answer = ehr.post("/", &bundle("transaction", entries), &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.body["type"], "transaction-response");
    let entry = |place: usize| &answer.body["entry"][place];
    assert_eq!(entry(0)["response"]["status"], "201 Created");
    assert_eq!(entry(2)["response"]["status"], "200 OK");
    assert_eq!(entry(4)["resource"]["total"], 2, "readings come after the writes");
    let plan = &entry(0)["resource"];
    assert_eq!(plan["subject"]["reference"], "Patient/ada");
    assert_eq!(plan["goal"][0]["reference"], "Goal/g");
    assert_eq!(plan["custodian"]["reference"], "Organization/vp");
    assert_eq!(plan["author"]["reference"], format!("Practitioner/{}", word(&entry(3)["resource"]["id"])));
}

#[tokio::test]
async fn a_transaction_that_fails_leaves_nothing_behind() {
    let ehr = Ehr::peopled();
    let before = ehr.store.types();
    let good = json!({"request": {"method": "POST", "url": "Goal"}, "resource": goal("x", "ada")});
    for (bad, status) in [
        (
            json!({"request": {"method": "PUT", "url": "Goal/ada-goal", "ifMatch": "W/\"9\""}, "resource": goal("ada-goal", "ada")}),
            412,
        ),
        (json!({"request": {"method": "PUT", "url": "Goal/ada-goal"}, "resource": goal("other", "ada")}), 400),
        (json!({"request": {"method": "GET", "url": "Goal/nobody"}}), 404),
        (json!({"request": {"method": "POST", "url": "Plan"}, "resource": {"resourceType": "Plan"}}), 404),
        (
            json!({"request": {"method": "POST", "url": "Goal"}, "resource": {"resourceType": "Goal", "subject": {"reference": "Patient?identifier=no|1"}}}),
            412,
        ),
        (json!({"resource": goal("x", "ada")}), 400),
    ] {
        let delete = json!({"request": {"method": "DELETE", "url": "Goal/ben-goal"}});
        let answer = ehr.post("/", &bundle("transaction", json!([good, delete, bad])), &[]).await;
        assert_eq!(answer.refused(status)["expression"][0], "Bundle.entry[2]");
        assert_eq!(ehr.store.types(), before);
    }
    assert_eq!(ehr.get("/Goal/ben-goal").await.header("etag"), "W/\"1\"");
    assert_eq!(ehr.get("/Goal?patient=ben").await.body["total"], 1);
}

#[tokio::test]
async fn a_batch_goes_on_after_a_failure() {
    let ehr = Ehr::peopled();
    let entries = json!([
        {"request": {"method": "PUT", "url": "Goal/ada-goal", "ifMatch": "W/\"9\""}, "resource": goal("ada-goal", "ada")},
        {"request": {"method": "PUT", "url": "Goal/ada-goal", "ifMatch": "W/\"1\""}, "resource": goal("ada-goal", "ada")},
        {"request": {"method": "GET", "url": "Goal/ada-goal"}},
        {"request": {"method": "GET", "url": "Goal?colour=red"}},
    ]);
    let answer = ehr.post("/", &bundle("batch", entries), &[("prefer", "return=minimal")]).await;
    let entry = |place: usize| &answer.body["entry"][place];
    assert_eq!(entry(0)["response"]["status"], "412 Precondition Failed");
    assert_eq!(entry(0)["response"]["outcome"]["resourceType"], "OperationOutcome");
    assert_eq!(entry(1)["response"]["etag"], "W/\"2\"");
    assert_eq!(entry(1).get("resource"), None);
    assert_eq!(entry(2)["resource"]["meta"]["versionId"], "2");
    assert_eq!(entry(3)["response"]["status"], "400 Bad Request");
}

#[tokio::test]
async fn the_base_takes_bundles_only() {
    let ehr = Ehr::peopled();
    ehr.post("/", &goal("x", "ada"), &[]).await.refused(422);
    ehr.post("", &bundle("searchset", json!([])), &[]).await.refused(400);
    let twice = json!([
        {"request": {"method": "PUT", "url": "Goal/g"}, "resource": goal("g", "ada")},
        {"request": {"method": "PUT", "url": "Goal/g"}, "resource": goal("g", "ada")},
    ]);
    ehr.post("/", &bundle("transaction", twice), &[]).await.refused(400);
}

#[tokio::test]
async fn a_patch_travels_in_a_binary() {
    let ehr = Ehr::peopled();
    // [{"op":"replace","path":"/lifecycleStatus","value":"completed"}]
    let data = "W3sib3AiOiJyZXBsYWNlIiwicGF0aCI6Ii9saWZlY3ljbGVTdGF0dXMiLCJ2YWx1ZSI6ImNvbXBsZXRlZCJ9XQ==";
    let binary = json!({"resourceType": "Binary", "contentType": "application/json-patch+json", "data": data});
    let entries = json!([{"request": {"method": "PATCH", "url": "Goal/ada-goal"}, "resource": binary}]);
    let answer = ehr.post("/", &bundle("transaction", entries), &[]).await;
    assert_eq!(answer.body["entry"][0]["resource"]["lifecycleStatus"], "completed", "{}", answer.text);
}

#[tokio::test]
async fn two_entries_with_one_condition_make_one_resource() {
    let ehr = Ehr::peopled();
    let person = |name: &str| {
        json!({"fullUrl": name, "request": {"method": "POST", "url": "Practitioner", "ifNoneExist": "identifier=urn:npi|9"},
        "resource": {"resourceType": "Practitioner", "identifier": [{"system": "urn:npi", "value": "9"}]}})
    };
    let role = json!({"request": {"method": "POST", "url": "PractitionerRole"}, "resource": {"resourceType": "PractitionerRole",
        "practitioner": {"reference": "urn:uuid:b"}}});
    let answer =
        ehr.post("/", &bundle("transaction", json!([person("urn:uuid:a"), person("urn:uuid:b"), role])), &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let first = word(&answer.body["entry"][0]["resource"]["id"]);
    assert_eq!(answer.body["entry"][1]["response"]["status"], "200 OK");
    assert_eq!(answer.body["entry"][2]["resource"]["practitioner"]["reference"], format!("Practitioner/{first}"));
}
