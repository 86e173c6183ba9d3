use http::StatusCode;
use sandbox::people::UserKind;

use crate::{
    house::{House, SCOPES, text, user},
    web::Web,
};

#[tokio::test]
async fn a_launch_from_the_launcher_page_ends_in_a_token_for_the_chosen_person() {
    let house = House::open().await;
    let mut browser = Web::default();
    let page = browser.get(&house.at("/launcher")).await;
    assert!(page.body.contains("Launch App") && page.body.contains(&house.patient()), "{}", page.body);

    let clinician = user("valley-ehr", UserKind::Clinician);
    let chosen = [("patient", house.patient()), ("user", clinician.clone()), ("client", "app".to_owned())];
    let chosen = chosen.each_ref().map(|(name, value)| (*name, value.as_str()));
    let launched = browser.post(&house.at("/launcher"), &chosen).await;
    assert_eq!(launched.location().path(), "/launch");
    assert_eq!(launched.parameter("iss").as_deref(), Some(house.base().as_str()));
    let launch = launched.parameter("launch").unwrap();

    let answer = browser.get(&house.authorize(&[("scope", SCOPES), ("launch", &launch)])).await;
    assert_eq!(answer.parameter("state").as_deref(), Some("the-state"));
    assert_eq!(answer.parameter("iss").as_deref(), Some(house.ehr().origin()));
    let token = house.redeem(&answer.parameter("code").unwrap(), &[]).await;
    assert_eq!(token.headers["cache-control"], "no-store");
    let token = token.json();
    assert_eq!(text(&token, "token_type"), "Bearer");
    assert_eq!(text(&token, "patient"), house.patient());
    assert_eq!(text(&token, "scope"), SCOPES);
    assert_eq!(token["need_patient_banner"], true);
    assert_eq!(token["expires_in"], 3600);
    assert!(token.get("refresh_token").is_none());
}

#[tokio::test]
async fn an_unknown_person_user_or_client_is_not_launched() {
    let house = House::open().await;
    let clinician = user("valley-ehr", UserKind::Clinician);
    for (patient, user, client) in [
        ("nobody", clinician.as_str(), "app"),
        (&house.patient(), "nobody", "app"),
        (&house.patient(), &clinician, "no"),
    ] {
        let fields = [("patient", patient), ("user", user), ("client", client)];
        let answer = Web::default().post(&house.at("/launcher"), &fields).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(answer.body.contains("role=\"alert\""));
    }
}

#[tokio::test]
async fn a_launch_id_that_is_unknown_old_or_of_another_client_gives_no_code() {
    let house = House::with(|ehr| ehr.clients.push(crate::house::launched("other", sandbox::AuthMethod::Public))).await;
    let clinician = user("valley-ehr", UserKind::Clinician);
    let launch = house.ehr().launch("other", &clinician, &house.patient()).unwrap();
    let foreign = launch.query_pairs().find(|(name, _)| name == "launch").unwrap().1.into_owned();
    for launch in ["made-up", &foreign] {
        let answer = Web::default().get(&house.authorize(&[("scope", SCOPES), ("launch", launch)])).await;
        assert_eq!(answer.parameter("error").as_deref(), Some("invalid_request"));
        assert_eq!(answer.parameter("code"), None);
    }
    house.clock.forward(601);
    let late = [("client_id", "other"), ("scope", SCOPES), ("launch", foreign.as_str())];
    assert_eq!(Web::default().get(&house.authorize(&late)).await.parameter("code"), None);
}

#[tokio::test]
async fn the_scope_launch_and_the_parameter_launch_come_together_or_not_at_all() {
    let house = House::open().await;
    let without = Web::default().get(&house.authorize(&[("scope", SCOPES)])).await;
    assert_eq!(without.parameter("error").as_deref(), Some("invalid_request"));
    let alone = Web::default().get(&house.authorize(&[("launch", "x")])).await;
    assert_eq!(alone.parameter("error").as_deref(), Some("invalid_scope"));
}
