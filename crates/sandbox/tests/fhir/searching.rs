//! Searches: what matches, what comes along, what is refused.

use fhir_server::Floor;
use sandbox::fhir::{Access, Behaviour};

use crate::harness::{BASE, Ehr};

async fn found(ehr: &Ehr, query: &str) -> Vec<String> {
    let answer = ehr.get(query).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text);
    let mut found = answer.matches();
    found.sort();
    found
}

#[tokio::test]
async fn the_searches_of_us_core_find_their_resources() {
    let ehr = Ehr::peopled();
    for (query, expected) in [
        ("/Patient?_id=ada", vec!["Patient/ada"]),
        ("/Patient?_id=ada,ben", vec!["Patient/ada", "Patient/ben"]),
        ("/Patient?name=lane&gender=female&birthdate=1957-11-07&given=ben", vec!["Patient/ben"]),
        ("/CarePlan?patient=ada&category=assess-plan", vec!["CarePlan/ada-plan"]),
        (
            "/CarePlan?patient=Patient/ada&category=http://hl7.org/fhir/us/core/CodeSystem/careplan-category|assess-plan",
            vec!["CarePlan/ada-plan"],
        ),
        ("/CareTeam?patient=ada&status=active", vec!["CareTeam/ada-team"]),
        ("/CareTeam?patient=ada&status=proposed,inactive", vec![]),
        ("/Goal?patient=ada&target-date=ge2027-01-01&target-date=le2027-12-31", vec!["Goal/ada-goal"]),
        ("/Goal?subject=Patient/ada&lifecycle-status=active", vec!["Goal/ada-goal"]),
        ("/Condition?patient=ada&code=http://snomed.info/sct|433144002&onset-date=2019", vec!["Condition/ada-ckd"]),
        ("/MedicationRequest?patient=ada&intent=order,plan", vec!["MedicationRequest/ada-rx"]),
        (
            "/Observation?patient=ada&category=laboratory&date=gt2026-01-10&date=lt2026-07-01",
            vec!["Observation/ada-a1c-1"],
        ),
        ("/Observation?patient=ada&code=4548-4&_id=ada-a1c-0,ben-a1c-0", vec!["Observation/ada-a1c-0"]),
        ("/Practitioner?name=oka", vec!["Practitioner/dr"]),
        ("/Organization?identifier=urn:npi|1", vec!["Organization/vp"]),
        ("/Provenance?target=Goal/ada-goal", vec!["Provenance/ada-prov"]),
        ("/Linkage?item=Patient/ada", vec!["Linkage/ada-link"]),
        ("/Linkage?source=Patient/ada", vec!["Linkage/ada-link"]),
        ("/Linkage?item=http://elsewhere.test/fhir/Patient/9", vec!["Linkage/ada-link", "Linkage/ben-link"]),
        ("/Goal?patient=nobody", vec![]),
    ] {
        assert_eq!(found(&ehr, query).await, expected, "{query}");
    }
    assert_eq!(found(&ehr, &format!("/Goal?patient={BASE}/Patient/ada")).await, ["Goal/ada-goal"]);
    assert_eq!(found(&ehr, "/Goal?patient=http://elsewhere.test/fhir/Patient/ada").await, [""; 0]);
}

#[tokio::test]
async fn a_search_by_post_is_the_same_search() {
    let ehr = Ehr::peopled();
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let body = Some("patient=ada&category=laboratory".to_owned());
    let answer = ehr.send("POST", "/Observation/_search?date=2026-04-10", &form, body).await;
    assert_eq!(answer.matches(), ["Observation/ada-a1c-1"]);
    ehr.send("POST", "/Observation/_search", &[("content-type", "application/json")], Some("{}".into()))
        .await
        .refused(415);
}

#[tokio::test]
async fn what_was_not_understood_is_refused_and_never_gives_everybodys_rows() {
    let ehr = Ehr::peopled();
    for query in [
        "/Goal",
        "/Goal?",
        "/Goal?_count=5",
        "/Patient",
        "/Goal?colour=red",
        "/Goal?patient=ada&colour=red",
        "/Goal?patient=",
        "/Goal?patient=ada,",
        "/Goal?patient:exact=ada",
        "/Goal?patient.name=lane",
        "/Goal?patient=ada&target-date=soon",
        "/Goal?patient=ada&_include=Goal:colour",
        "/Goal?patient=ada&_sort=colour",
        "/Goal?patient=ada&_summary=text",
        "/Goal?patient=ada&_elements=Goal.id",
    ] {
        ehr.get(query).await.refused(400);
    }
    assert_eq!(found(&ehr, "/Practitioner").await, ["Practitioner/dr"]);
}

#[tokio::test]
async fn by_leave_of_the_client_an_unknown_parameter_is_left_aside_and_named() {
    let ehr = Ehr::peopled();
    let lenient = [("prefer", "handling=lenient")];
    let answer = ehr.send("GET", "/Goal?patient=ada&colour=red", &lenient, None).await;
    assert_eq!(answer.matches(), ["Goal/ada-goal"]);
    let outcome = answer.body["entry"].as_array().and_then(|entries| entries.last()).expect("an outcome").clone();
    assert_eq!(
        (&outcome["search"]["mode"], &outcome["resource"]["issue"][0]["severity"]),
        (&"outcome".into(), &"warning".into())
    );
    assert_eq!(outcome["resource"]["issue"][0]["expression"][0], "colour");
    assert_eq!(answer.body["total"], 1);
    ehr.send("GET", "/Goal?colour=red", &lenient, None).await.refused(400);
    ehr.send("GET", "/Goal?lifecycle-status=active&colour=red", &lenient, None).await.refused(400);
}

#[tokio::test]
async fn a_strict_server_demands_what_us_core_allows_it_to() {
    let ehr = Ehr::with(Behaviour {
        require: Floor::Required,
        refuse_types: vec!["CareTeam".into()],
        ..Behaviour::default()
    });
    for query in ["/CarePlan?patient=1", "/Observation?patient=1", "/MedicationRequest?patient=1"] {
        assert_eq!(ehr.get(query).await.refused(400)["code"], "required", "{query}");
    }
    for query in [
        "/CarePlan?patient=1&category=assess-plan",
        "/Observation?_id=1",
        "/MedicationRequest?patient=1&intent=order",
        "/Goal?patient=1",
    ] {
        assert_eq!(ehr.get(query).await.status, 200, "{query}");
    }
    ehr.get("/CareTeam?patient=1&status=active").await.refused(403);
}

#[tokio::test]
async fn what_comes_along_is_marked_and_not_counted() {
    let ehr = Ehr::peopled();
    let answer = ehr.get("/CarePlan?patient=ada&_include=CarePlan:goal&_revinclude=Provenance:target").await;
    assert_eq!(answer.matches(), ["CarePlan/ada-plan"]);
    assert_eq!(answer.ids("include"), ["Goal/ada-goal"]);
    assert_eq!(answer.body["total"], 1);
    let answer = ehr.get("/Goal?patient=ada&_revinclude=Provenance:target&_revinclude=CarePlan:goal").await;
    assert_eq!(answer.ids("include"), ["Provenance/ada-prov", "CarePlan/ada-plan"]);
    let answer = ehr.get("/CareTeam?patient=ada&_include=CareTeam:participant:Practitioner").await;
    assert_eq!(answer.ids("include"), ["Practitioner/dr"]);
    let answer = ehr.get("/CarePlan?patient=ada&_include=CarePlan:goal&_include:iterate=Goal:patient").await;
    assert_eq!(answer.ids("include"), ["Goal/ada-goal", "Patient/ada"]);
}

#[tokio::test]
async fn matches_come_in_the_order_asked_for() {
    let ehr = Ehr::peopled();
    let newest_first = ehr.get("/Observation?patient=ada&_sort=-date").await.matches();
    assert_eq!(newest_first, ["Observation/ada-a1c-2", "Observation/ada-a1c-1", "Observation/ada-a1c-0"]);
    let counted = ehr.get("/Observation?patient=ada&_summary=count").await;
    assert_eq!((&counted.body["total"], counted.body.get("entry")), (&3.into(), None));
}

#[tokio::test]
async fn last_updated_finds_what_changed_since() {
    let ehr = Ehr::peopled();
    ehr.later(3600);
    ehr.put("/Goal/ada-goal", &crate::harness::goal("ada-goal", "ada"), &[]).await;
    assert_eq!(found(&ehr, "/Goal?_lastUpdated=gt2026-11-18T11:30:00Z").await, ["Goal/ada-goal"]);
    assert_eq!(found(&ehr, "/Goal?_lastUpdated=lt2026-11-18T11:30:00Z").await, ["Goal/ben-goal"]);
}

#[tokio::test]
async fn a_search_without_a_condition_is_answered_where_the_token_names_the_patient() {
    let ehr = Ehr::peopled();
    ehr.let_in(Access::to_patient("ada"));
    assert_eq!(found(&ehr, "/Goal").await, ["Goal/ada-goal"]);
}

#[tokio::test]
async fn a_reverse_include_goes_on_where_it_is_asked_to_and_a_match_tells_the_elements_that_are_asked_for() {
    let ehr = Ehr::peopled();
    let provenance = |control: &str| format!("/Patient?_id=ada&_revinclude=Goal:patient&{control}=Provenance:target");
    let once = ehr.get(&provenance("_revinclude")).await.ids("include");
    let further = ehr.get(&provenance("_revinclude:iterate")).await.ids("include");
    assert!(further.len() > once.len() && once.iter().all(|name| further.contains(name)), "{once:?} {further:?}");
    let got = ehr.get("/Goal?patient=ada&_elements=note").await;
    let goal = &got.body["entry"][0]["resource"];
    assert_eq!((&goal["meta"]["tag"][0]["code"], goal.get("target")), (&"SUBSETTED".into(), None), "{goal}");
    assert!(goal.get("lifecycleStatus").is_some() && goal.get("subject").is_some());
}
