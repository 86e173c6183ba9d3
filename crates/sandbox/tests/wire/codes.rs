use http::StatusCode;

use crate::house::{CALLBACK, House, SCOPES, launched, text};

#[tokio::test]
async fn a_code_used_twice_revokes_what_the_first_use_gave() {
    let house = House::open().await;
    let code = house.code("app", &format!("{SCOPES} offline_access")).await;
    let first = house.redeem(&code, &[]).await.json();
    let read = format!("/Patient/{}", house.patient());
    assert_eq!(house.fhir(&text(&first, "access_token"), &read).await.status, StatusCode::OK);

    let second = house.redeem(&code, &[]).await;
    assert_eq!(second.status, StatusCode::BAD_REQUEST);
    assert_eq!(text(&second.json(), "error"), "invalid_grant");
    assert_eq!(house.fhir(&text(&first, "access_token"), &read).await.status, StatusCode::UNAUTHORIZED);
    let refresh = text(&first, "refresh_token");
    let fields = [("grant_type", "refresh_token"), ("client_id", "app"), ("refresh_token", refresh.as_str())];
    let refreshed = crate::web::Web::default().post(&house.at("/auth/token"), &fields).await;
    assert_eq!(text(&refreshed.json(), "error"), "invalid_grant");
}

#[tokio::test]
async fn a_code_lives_for_a_minute() {
    let house = House::open().await;
    let (kept, late) = (house.code("app", SCOPES).await, house.code("app", SCOPES).await);
    house.clock.forward(59);
    assert_eq!(house.redeem(&kept, &[]).await.status, StatusCode::OK);
    house.clock.forward(1);
    assert_eq!(text(&house.redeem(&late, &[]).await.json(), "error"), "invalid_grant");
}

#[tokio::test]
async fn verifier_and_redirect_uri_must_belong_to_the_code() {
    let house = House::open().await;
    let wrong = [
        ("code_verifier", ""),
        ("code_verifier", "another-verifier-that-is-long-enough-for-rfc-7636"),
        ("redirect_uri", ""),
        ("redirect_uri", "http://127.0.0.1:3000/callback/other"),
        ("code", "made-up"),
    ];
    for change in wrong {
        let code = house.code("app", SCOPES).await;
        let answer = house.redeem(&code, &[change]).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{change:?}");
        assert_eq!(text(&answer.json(), "error"), "invalid_grant", "{change:?}");
        assert_eq!(answer.headers["cache-control"], "no-store");
    }
}

#[tokio::test]
async fn another_client_cannot_redeem_a_code_and_does_not_spoil_it() {
    let house = House::with(|ehr| ehr.clients.push(launched("other", sandbox::AuthMethod::Public))).await;
    let code = house.code("app", SCOPES).await;
    assert_eq!(text(&house.redeem(&code, &[("client_id", "other")]).await.json(), "error"), "invalid_grant");
    assert_eq!(house.redeem(&code, &[]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_token_request_must_be_a_form_with_a_known_grant_type() {
    let house = House::open().await;
    let code = house.code("app", SCOPES).await;
    let unknown = house.redeem(&code, &[("grant_type", "password")]).await;
    assert_eq!(text(&unknown.json(), "error"), "unsupported_grant_type");
    let missing = house.redeem(&code, &[("grant_type", "")]).await;
    assert_eq!(text(&missing.json(), "error"), "invalid_request");
    let twice = house.redeem(&code, &[("code", &code), ("redirect_uri", CALLBACK), ("redirect_uri", CALLBACK)]).await;
    assert_eq!(text(&twice.json(), "error"), "invalid_request");
}

#[tokio::test]
async fn when_no_scope_can_be_granted_there_is_no_code() {
    let house = House::open().await;
    let url = house.authorize(&[("scope", "system/Goal.rs colour")]);
    let mut browser = crate::web::Web::default();
    let id = browser.get(&url).await.hidden("authorization");
    let clinician = crate::house::user("valley-ehr", sandbox::people::UserKind::Clinician);
    let answer = browser.post(&house.at("/auth/sign-in"), &[("authorization", &id), ("user", &clinician)]).await;
    assert_eq!(answer.parameter("error").as_deref(), Some("invalid_scope"));
}
