use http::StatusCode;

use crate::{
    house::{House, SCOPES, launched, text},
    refresh::refresh,
    web::Web,
};

async fn revoke(house: &House, client: &str, token: &str) -> StatusCode {
    Web::default().post(&house.at("/auth/revoke"), &[("client_id", client), ("token", token)]).await.status
}

#[tokio::test]
async fn revoking_a_refresh_token_ends_the_access_that_came_with_it() {
    let house = House::open().await;
    let tokens = house.tokens(&format!("{SCOPES} offline_access")).await;
    assert_eq!(revoke(&house, "app", &text(&tokens, "refresh_token")).await, StatusCode::OK);
    let read = format!("/Patient/{}", house.patient());
    assert_eq!(house.fhir(&text(&tokens, "access_token"), &read).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_client_cannot_revoke_the_token_of_another_one_nor_learn_of_it() {
    let house = House::with(|ehr| ehr.clients.push(launched("other", sandbox::AuthMethod::Public))).await;
    let token = house.access_token(SCOPES).await;
    assert_eq!(revoke(&house, "other", &token).await, StatusCode::OK);
    let read = format!("/Patient/{}", house.patient());
    assert_eq!(house.fhir(&token, &read).await.status, StatusCode::OK);
    assert_eq!(revoke(&house, "stranger", &token).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn revoking_a_rotated_refresh_token_ends_the_grant_and_what_came_after() {
    let house = House::open().await;
    let first = house.tokens(&format!("{SCOPES} offline_access")).await;
    let old = text(&first, "refresh_token");
    let second = refresh(&house, &old, &[]).await.json();
    assert_eq!(revoke(&house, "app", &old).await, StatusCode::OK);
    let read = format!("/Patient/{}", house.patient());
    assert_eq!(house.fhir(&text(&second, "access_token"), &read).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(text(&refresh(&house, &text(&second, "refresh_token"), &[]).await.json(), "error"), "invalid_grant");
}
