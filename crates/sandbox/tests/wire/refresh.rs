use http::StatusCode;
use serde_json::Value;

use crate::{
    house::{House, SCOPES, launched, text},
    web::{Answer, Web},
};

pub async fn refresh(house: &House, token: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("grant_type", "refresh_token"), ("refresh_token", token)];
    if !more.iter().any(|(name, _)| *name == "client_id") {
        fields.push(("client_id", "app"));
    }
    fields.extend(more);
    Web::default().post(&house.at("/auth/token"), &fields).await
}

async fn granted(house: &House, kind: &str) -> Value {
    house.tokens(&format!("{SCOPES} {kind}")).await
}

#[tokio::test]
async fn refresh_tokens_rotate_and_give_new_access() {
    let house = House::open().await;
    let first = granted(&house, "offline_access").await;
    house.clock.forward(3600);
    let read = format!("/Patient/{}", house.patient());
    assert_eq!(house.fhir(&text(&first, "access_token"), &read).await.status, StatusCode::UNAUTHORIZED);

    let second = refresh(&house, &text(&first, "refresh_token"), &[]).await.json();
    assert_ne!(text(&second, "refresh_token"), text(&first, "refresh_token"));
    assert_eq!(text(&second, "patient"), house.patient());
    assert_eq!(second["expires_in"], 3600);
    assert!(second.get("id_token").is_none());
    assert_eq!(house.fhir(&text(&second, "access_token"), &read).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_rotated_refresh_token_used_again_ends_the_grant() {
    let house = House::open().await;
    let first = granted(&house, "offline_access").await;
    let second = refresh(&house, &text(&first, "refresh_token"), &[]).await.json();
    let again = refresh(&house, &text(&first, "refresh_token"), &[]).await;
    assert_eq!(text(&again.json(), "error"), "invalid_grant");
    let read = format!("/Patient/{}", house.patient());
    assert_eq!(house.fhir(&text(&second, "access_token"), &read).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(text(&refresh(&house, &text(&second, "refresh_token"), &[]).await.json(), "error"), "invalid_grant");
}

#[tokio::test]
async fn online_access_lasts_a_working_day_and_offline_access_longer() {
    let house = House::open().await;
    let online = granted(&house, "online_access").await;
    let offline = granted(&house, "offline_access").await;
    house.clock.forward(8 * 3600);
    assert_eq!(text(&refresh(&house, &text(&online, "refresh_token"), &[]).await.json(), "error"), "invalid_grant");
    assert_eq!(refresh(&house, &text(&offline, "refresh_token"), &[]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn offline_access_goes_on_for_months_while_it_is_used_and_every_token_is_good_once() {
    let house = House::open().await;
    let mut tokens = granted(&house, "offline_access").await;
    let read = format!("/Patient/{}", house.patient());
    let mut used = Vec::new();
    for _ in 0..6 {
        house.clock.forward(60 * 24 * 3600);
        let refresh_token = text(&tokens, "refresh_token");
        tokens = refresh(&house, &refresh_token, &[]).await.json();
        assert_eq!(house.fhir(&text(&tokens, "access_token"), &read).await.status, StatusCode::OK);
        used.push(refresh_token);
    }
    used.push(text(&tokens, "refresh_token"));
    used.sort_unstable();
    used.dedup();
    assert_eq!(used.len(), 7, "each is another one");
    house.clock.forward(91 * 24 * 3600);
    let late = refresh(&house, &text(&tokens, "refresh_token"), &[]).await;
    assert_eq!(text(&late.json(), "error"), "invalid_grant", "three months unused");
}

#[tokio::test]
async fn a_user_who_withdraws_at_the_ehr_ends_every_token() {
    let house = House::open().await;
    let first = granted(&house, "offline_access").await;
    let second = refresh(&house, &text(&first, "refresh_token"), &[]).await.json();
    let control = house.running.control().unwrap().join("ehrs/valley-ehr/end-grants").unwrap();
    Web::default().post(control.as_str(), &[]).await;
    let read = format!("/Patient/{}", house.patient());
    assert_eq!(house.fhir(&text(&second, "access_token"), &read).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(text(&refresh(&house, &text(&second, "refresh_token"), &[]).await.json(), "error"), "invalid_grant");
}

#[tokio::test]
async fn a_refresh_may_ask_for_less_and_not_for_more() {
    let house = House::open().await;
    let first = house.tokens("launch patient/Goal.rs patient/Patient.rs offline_access").await;
    let more = refresh(&house, &text(&first, "refresh_token"), &[("scope", "patient/Task.rs")]).await;
    assert_eq!(text(&more.json(), "error"), "invalid_scope");
    let less = refresh(&house, &text(&first, "refresh_token"), &[("scope", "patient/Goal.rs")]).await.json();
    assert_eq!(text(&less, "scope"), "patient/Goal.rs");
    let read = format!("/Patient/{}", house.patient());
    assert_eq!(house.fhir(&text(&less, "access_token"), &read).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn another_client_cannot_use_a_refresh_token() {
    let house = House::with(|ehr| ehr.clients.push(launched("other", sandbox::AuthMethod::Public))).await;
    let first = granted(&house, "offline_access").await;
    let stolen = refresh(&house, &text(&first, "refresh_token"), &[("client_id", "other")]).await;
    assert_eq!(text(&stolen.json(), "error"), "invalid_grant");
    assert_eq!(refresh(&house, &text(&first, "refresh_token"), &[]).await.status, StatusCode::OK);
}
