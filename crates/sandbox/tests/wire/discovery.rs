use crate::{house::House, web::Web};

#[tokio::test]
async fn discovery_names_the_address_the_ehr_really_listens_on() {
    let house = House::with(|ehr| ehr.host = "valley.localhost".to_owned()).await;
    let found = Web::default().get(&format!("{}/.well-known/smart-configuration", house.base())).await.json();
    let port = house.ehr().address().port();
    assert_eq!(found["issuer"], format!("http://valley.localhost:{port}"));
    assert_eq!(found["token_endpoint"], house.at("/auth/token"));
    assert_eq!(found["code_challenge_methods_supported"], serde_json::json!(["S256"]));
    let capabilities = found["capabilities"].as_array().unwrap();
    for wanted in ["launch-ehr", "launch-standalone", "client-confidential-asymmetric", "permission-v2"] {
        assert!(capabilities.contains(&wanted.into()), "{wanted}");
    }
}

#[tokio::test]
async fn the_issuer_of_the_id_tokens_has_its_own_document() {
    let house = House::open().await;
    let found = Web::default().get(&house.at("/.well-known/openid-configuration")).await.json();
    assert_eq!(found["issuer"], house.ehr().origin());
    assert_eq!(found["jwks_uri"], house.at("/auth/jwks"));
}
