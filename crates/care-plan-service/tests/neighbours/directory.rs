//! The provider directory over HTTP.

use access::Secret;
use care_plan_service::neighbours::directory::{Directory, DirectoryServer, Provider};
use serde_json::{Value, json};

use crate::neighbour::{Neighbour, Says};

fn bundle(resources: &[Value]) -> Says {
    let entries: Vec<Value> = resources.iter().map(|resource| json!({ "resource": resource })).collect();
    Says::Json(200, json!({ "resourceType": "Bundle", "type": "searchset", "entry": entries }))
}

fn ana(id: &str) -> Value {
    json!({ "resourceType": "Practitioner", "id": id, "name": [{ "family": "Ruiz", "given": ["Ana"] }] })
}

#[tokio::test]
async fn two_of_one_name_are_told_apart_by_what_they_do_and_where() {
    let role = |of: &str, active: bool, text: &str, at: &str| {
        json!({ "resourceType": "PractitionerRole", "active": active,
            "practitioner": { "reference": format!("https://directory.example/fhir/Practitioner/{of}") },
            "organization": { "display": at }, "code": [{ "text": text }],
            "specialty": [{ "coding": [{ "display": "Diabetes" }] }, { "coding": [{ "display": "Diabetes" }] }] })
    };
    let answer = [ana("1"), ana("2"), role("1", true, "Dietitian", "Valley"), role("2", false, "Nurse", "Hill")];
    let neighbour = Neighbour::start(move |_| bundle(&answer)).await;
    let directory = DirectoryServer::new(neighbour.client.clone(), neighbour.base.clone());
    let found = directory.find(" Ruiz, Ana ").await.expect("an answer");
    let about: Vec<(&str, &[String], Option<&str>)> =
        found.iter().map(|one: &Provider| (one.id.as_str(), &one.roles[..], one.organisation.as_deref())).collect();
    let roles = ["Dietitian".to_owned(), "Diabetes".to_owned()];
    assert_eq!(about, [("1", &roles[..], Some("Valley")), ("2", &[], None)], "what is over says nothing");
    let asked = "/fhir/Practitioner?name=Ruiz%5C%2C+Ana&_count=20&_revinclude=PractitionerRole%3Apractitioner";
    assert_eq!(neighbour.asked(), [asked]);
}

#[tokio::test]
async fn a_number_is_looked_for_as_an_npi_and_nothing_is_not_looked_for() {
    let neighbour = Neighbour::start(|_| bundle(&[])).await;
    let directory =
        DirectoryServer::new(neighbour.client.clone(), neighbour.base.clone()).with_token(Some(Secret::new("a token")));
    assert_eq!(directory.find("1234567893").await, Ok(vec![]));
    assert_eq!(directory.find("  ").await, Ok(vec![]));
    let asked = neighbour.asked();
    assert_eq!(asked.len(), 1);
    assert!(asked[0].contains("identifier=http%3A%2F%2Fhl7.org%2Ffhir%2Fsid%2Fus-npi%7C1234567893"), "{asked:?}");
}

#[tokio::test]
async fn a_directory_that_is_down_does_not_say_that_nobody_is_in_it() {
    let answers = [
        Says::Nothing,
        Says::Json(401, json!({ "resourceType": "OperationOutcome" })),
        Says::Json(500, json!({ "resourceType": "Bundle" })),
        Says::Text(200, "<html>maintenance</html>"),
        Says::Json(200, json!({ "resourceType": "OperationOutcome" })),
    ];
    for (number, says) in answers.into_iter().enumerate() {
        let neighbour = Neighbour::start(move |_| says.clone()).await;
        let directory = DirectoryServer::new(neighbour.client.clone(), neighbour.base.clone());
        let refused = directory.find("Ruiz").await.expect_err("no answer");
        assert!(!refused.to_string().contains("Ruiz"), "answer {number}: {refused}");
    }
}
