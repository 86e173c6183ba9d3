use http::StatusCode;
use sandbox::hostile::{Hostility, Step};
use serde_json::Value;

use crate::{
    house::{House, SCOPES},
    web::Web,
};

const DISCOVERY: &str = "/fhir/.well-known/smart-configuration";

fn lie(name: &str) -> Option<Hostility> {
    Some(name.parse().unwrap())
}

#[tokio::test]
async fn an_ehr_is_honest_until_it_is_told_to_lie_and_again_afterwards() {
    let house = House::open().await;
    let honest = Web::default().get(&house.at(DISCOVERY)).await.json();
    assert_eq!(house.ehr().hostility(), None);
    house.ehr().set_hostility(lie("discovery/foreign-token-endpoint"));
    let lying = Web::default().get(&house.at(DISCOVERY)).await.json();
    assert_eq!(lying["token_endpoint"], "https://collector.example/token");
    house.ehr().set_hostility(None);
    assert_eq!(Web::default().get(&house.at(DISCOVERY)).await.json(), honest);
}

#[tokio::test]
async fn a_lie_changes_one_thing_and_touches_its_own_step_only() {
    let house = House::open().await;
    let token = house.access_token(SCOPES).await;
    let paths = [DISCOVERY, "/.well-known/openid-configuration", "/auth/jwks"];
    let mut honest = Vec::new();
    for path in paths {
        honest.push(Web::default().get(&house.at(path)).await.body);
    }
    for name in ["token/other-patient", "authorize/state-dropped", "refresh/html", "id-token/garbage"] {
        house.ehr().set_hostility(lie(name));
        for (path, honest) in paths.iter().zip(&honest) {
            assert_eq!(Web::default().get(&house.at(path)).await.body, *honest, "{name} {path}");
        }
        let read = house.fhir(&token, &format!("/Patient/{}", house.patient())).await;
        assert_eq!(read.json()["id"], house.patient(), "{name}");
    }
    house.ehr().set_hostility(lie("discovery/no-issuer"));
    let lying: Value = Web::default().get(&house.at(DISCOVERY)).await.json();
    let mut truth: Value = serde_json::from_str(&honest[0]).unwrap();
    truth.as_object_mut().unwrap().remove("issuer");
    assert_eq!(lying, truth);
}

#[tokio::test]
async fn every_way_of_a_document_gives_another_answer_than_the_honest_one() {
    let house = House::open().await;
    let documents = [
        (Step::Discovery, DISCOVERY),
        (Step::OpenidConfiguration, "/.well-known/openid-configuration"),
        (Step::Jwks, "/auth/jwks"),
        (Step::Brands, "/brands"),
    ];
    for (step, path) in documents {
        house.ehr().set_hostility(None);
        let honest = Web::default().get(&house.at(path)).await;
        // Read by whole answers here, so what never ends or breaks off is left to clients that stop reading.
        let endless = |way: &str| way.starts_with("endless") || matches!(way, "truncated" | "never");
        for hostility in step.ways().filter(|hostility| !endless(hostility.way())) {
            house.ehr().set_hostility(Some(hostility));
            let first = Web::default().get(&house.at(path)).await;
            let second = Web::default().get(&house.at(path)).await;
            let same = [first, second].iter().all(|answer| {
                answer.status == honest.status
                    && answer.body == honest.body
                    && answer.headers.get("content-type") == honest.headers.get("content-type")
            });
            // The lie of the one is the id_token; the other needs a second EHR to lie about.
            let elsewhere =
                ["jwks/shared-secret", "brands/every-brand-is-mine"].contains(&hostility.to_string().as_str());
            assert!(!same || elsewhere, "{hostility} changed nothing");
        }
    }
}

#[tokio::test]
async fn the_control_page_offers_every_lie_and_sets_it_by_form() {
    let house = House::open().await;
    let control = house.running.control().unwrap().clone();
    let page = Web::default().get(control.as_str()).await.body;
    for hostility in Hostility::all() {
        assert!(page.contains(&format!("<option value=\"{hostility}\"")), "{hostility}");
    }
    let form = control.join("ehrs/valley-ehr/hostile").unwrap();
    Web::default().post(form.as_str(), &[("way", "token/other-patient")]).await;
    assert_eq!(house.ehr().hostility(), lie("token/other-patient"));
    assert!(Web::default().get(control.as_str()).await.body.contains("running, lies: token/other-patient"));
    let unknown = Web::default().post(form.as_str(), &[("way", "token/nothing-of-the-kind")]).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    Web::default().post(form.as_str(), &[("way", "off")]).await;
    assert_eq!(house.ehr().hostility(), None);
    let nowhere = control.join("ehrs/nowhere/hostile").unwrap();
    assert_eq!(Web::default().post(nowhere.as_str(), &[("way", "off")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_configuration_can_make_an_ehr_hostile_from_the_start() {
    let ehr = "[[ehrs]]\nid = \"a\"\nname = \"A\"\n";
    let config = sandbox::SandboxConfig::parse(&format!("{ehr}hostile = \"jwks/other-key\"")).unwrap();
    assert_eq!(config.ehrs[0].hostile, lie("jwks/other-key"));
    let error = sandbox::SandboxConfig::parse(&format!("{ehr}hostile = \"very\"")).unwrap_err().to_string();
    assert!(error.contains("ehrs[0].hostile") && error.contains("step/way"), "{error}");
    let house = House::with(|ehr| ehr.hostile = lie("discovery/status-500")).await;
    assert_eq!(Web::default().get(&house.at(DISCOVERY)).await.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn secrets_that_went_over_the_wire_can_be_asked_for() {
    let house = House::open().await;
    let token = house.access_token(SCOPES).await;
    let secrets = house.ehr().secrets();
    assert!(secrets.contains(&token));
    assert!(secrets.len() >= 4, "code, state, verifier and token: {}", secrets.len());
}
