use http::StatusCode;

use crate::{house::House, web::Web};

async fn error(house: &House, changes: &[(&str, &str)]) -> Option<String> {
    let answer = Web::default().get(&house.authorize(changes)).await;
    assert_eq!(
        answer.parameter("state").as_deref(),
        changes.iter().find(|(name, _)| *name == "state").map_or(Some("the-state"), |_| None)
    );
    assert_eq!(answer.parameter("code"), None);
    answer.parameter("error")
}

#[tokio::test]
async fn a_wrong_redirect_uri_or_client_shows_a_page_and_redirects_nowhere() {
    let house = House::open().await;
    let wrong = [
        ("redirect_uri", "http://127.0.0.1:3000/callback/valley-ehr/"),
        ("redirect_uri", "http://evil.example/callback"),
        ("redirect_uri", ""),
        ("client_id", "stranger"),
        ("client_id", ""),
    ];
    for change in wrong {
        let answer = Web::default().get(&house.authorize(&[change])).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{change:?}");
        assert!(answer.headers.get("location").is_none());
        assert!(answer.body.contains("Sign-in did not work"));
    }
}

#[tokio::test]
async fn pkce_with_s256_is_required() {
    let house = House::open().await;
    for change in [
        ("code_challenge", ""),
        ("code_challenge", "short"),
        ("code_challenge_method", ""),
        ("code_challenge_method", "plain"),
    ] {
        assert_eq!(error(&house, &[change]).await.as_deref(), Some("invalid_request"), "{change:?}");
    }
}

#[tokio::test]
async fn aud_must_be_the_fhir_base_whole() {
    let house = House::open().await;
    let origin = house.ehr().origin().to_owned();
    let slash = format!("{}/", house.base());
    for aud in ["", "http://elsewhere.example/fhir", &origin, &slash] {
        assert_eq!(error(&house, &[("aud", aud)]).await.as_deref(), Some("invalid_request"), "{aud}");
    }
}

#[tokio::test]
async fn other_missing_or_wrong_parameters_are_named_to_the_client() {
    let house = House::open().await;
    let cases = [
        ("response_type", "token", "unsupported_response_type"),
        ("response_type", "", "invalid_request"),
        ("scope", "", "invalid_request"),
        ("state", "", "invalid_request"),
    ];
    for (name, value, expected) in cases {
        assert_eq!(error(&house, &[(name, value)]).await.as_deref(), Some(expected), "{name}={value}");
    }
}

#[tokio::test]
async fn a_parameter_that_stands_twice_is_refused_on_a_page() {
    let house = House::open().await;
    let url = format!("{}&state=another", house.authorize(&[]));
    assert_eq!(Web::default().get(&url).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_request_may_come_by_post() {
    let house = House::open().await;
    let url = url::Url::parse(&house.authorize(&[])).unwrap();
    let fields: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = Web::default().post(&house.at("/auth/authorize"), &fields).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("<h1>Sign in</h1>"));
}
