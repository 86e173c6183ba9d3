//! Whatever a source answers is read or refused, and never ends the process. These tests are here and not in `tests/`
//! because the readers are private.

use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::document::Document;
use crate::token::TokenAnswer;
use crate::{BrandBundle, Client, ClientAuth, Discovery, FhirUser, Scope};

fn client() -> Client {
    Client {
        source: "valley-ehr".to_owned(),
        tenant: access::TenantId::new("valley"),
        fhir_base: "https://ehr.example/fhir".parse().expect("a URL"),
        client_id: "accord".to_owned(),
        auth: ClientAuth::Public,
        redirect_uri: "https://accord.example/callback/valley-ehr".parse().expect("a URL"),
        extra_scopes: Vec::new(),
        allowed_origins: Vec::new(),
        other_keys: Vec::new(),
        assume_s256: false,
    }
}

/// JSON in which the names that matter are frequent, with values of every kind.
fn json_value() -> impl Strategy<Value = Value> {
    let texts = prop::sample::select(vec![
        "S256",
        "https://ehr.example/x",
        "//evil.test",
        "https://evil.test",
        "Bearer",
        "patient/Goal.rs ../x",
        "Bundle",
        "collection",
        "Organization",
        "Endpoint",
        "http://hl7.org/fhir/StructureDefinition/organization-portal",
        "portalUrl",
        "Endpoint/1",
        "RSA",
        "EC",
        "P-384",
        "smart_on_fhir",
        "launch-ehr",
        "sso-openid-connect",
        "javascript:x",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        texts.prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    let names = prop::sample::select(vec![
        "token_endpoint",
        "authorization_endpoint",
        "capabilities",
        "issuer",
        "jwks_uri",
        "access_token",
        "token_type",
        "expires_in",
        "scope",
        "patient",
        "encounter",
        "fhirContext",
        "intent",
        "smart_style_url",
        "id_token",
        "refresh_token",
        "need_patient_banner",
        "authorization_details",
        "type",
        "reference",
        "keys",
        "kty",
        "crv",
        "x",
        "y",
        "n",
        "e",
        "kid",
        "alg",
        "use",
        "resourceType",
        "entry",
        "resource",
        "extension",
        "url",
        "valueUrl",
        "name",
        "address",
        "id",
        "fullUrl",
        "endpoint",
        "iss",
        "sub",
        "aud",
        "azp",
        "exp",
        "iat",
        "nonce",
        "fhirUser",
        "profile",
        "code_challenge_methods_supported",
        "associated_endpoints",
        "user_access_brand_identifier",
    ]);
    leaf.prop_recursive(5, 60, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((names.clone(), inner), 0..12).prop_map(|pairs| Value::Object(
                pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
            )),
        ]
    })
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        other => Map::from_iter([("keys".to_owned(), other)]),
    }
}

/// Discovery documents that are whole but for the fields that the strategy puts over them.
fn nearly(base: Value, over: Value) -> Map<String, Value> {
    let mut fields = object(base);
    fields.extend(object(over));
    fields
}

proptest! {
    #[test]
    fn d3_d4_a_strange_discovery_document_is_read_or_refused(over in json_value()) {
        let base = json!({"token_endpoint": "token", "authorization_endpoint": "auth", "capabilities": ["launch-ehr"]});
        let client = client();
        if let Ok(found) = crate::discovery::read(&client, &Document(nearly(base, over))) {
            let urls = [Some(&found.token_endpoint), found.authorization_endpoint.as_ref(), found.brands.as_ref()];
            prop_assert!(urls.into_iter().flatten().all(|url| client.may_use(url)));
            prop_assert!(found.known_capabilities().count() + found.other_capabilities().count() <= found.capabilities.len() + 2);
        }
    }

    #[test]
    fn t2_t11_a_strange_token_answer_is_read_or_refused(over in json_value()) {
        let base = json!({"access_token": "a", "token_type": "bearer"});
        let text = serde_json::to_vec(&Value::Object(nearly(base, over))).expect("JSON");
        if let Ok(answer) = serde_json::from_slice::<TokenAnswer>(&text) {
            let now: Timestamp = "2026-11-21T12:00:00Z".parse().expect("a time");
            let grant = answer.into_grant(now, Vec::new(), None, "https://ehr.example/token".parse().expect("a URL"));
            if let Some((grant, beside)) = grant {
                prop_assert!(grant.expires > now && !grant.access_token.expose().contains(char::is_whitespace));
                prop_assert!(beside.context.fhir_context.len() <= 100);
            }
        }
    }

    #[test]
    fn t2_any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = serde_json::from_slice::<TokenAnswer>(&bytes);
        let _ = BrandBundle::read(&bytes);
        let text = String::from_utf8_lossy(&bytes);
        let _ = (Scope::parse_list(&text), crate::identity::header(&text), FhirUser::parse(&text), crate::unaskable(&text));
    }

    #[test]
    fn c2_strange_keys_and_claims_are_read_or_refused(keys in json_value(), claims in json_value(), kid in any::<Option<String>>()) {
        for algorithm in [jsonwebtoken::Algorithm::RS256, jsonwebtoken::Algorithm::ES384] {
            let _ = crate::identity::choose_from(&object(keys.clone()), algorithm, kid.as_deref());
        }
        let nonce = access::Secret::new("nonce");
        let now = "2026-11-21T12:00:00Z".parse().expect("a time");
        let discovery = Discovery::for_tests(&[]);
        let claims = nearly(json!({"iss": "https://ehr.example", "aud": "accord", "exp": 4_000_000_000_i64, "iat": 0}), claims);
        let _ = crate::identity::check_claims(claims, &client(), &discovery, &nonce, now);
    }

    #[test]
    fn d9_a_strange_bundle_of_brands_is_read_or_refused(entries in prop::collection::vec(json_value(), 0..5)) {
        let entries: Vec<Value> = entries.into_iter().map(|resource| json!({"fullUrl": "Endpoint/1", "resource": resource})).collect();
        let text = serde_json::to_vec(&json!({"resourceType": "Bundle", "type": "collection", "entry": entries})).expect("JSON");
        let bundle = BrandBundle::read(&text).expect("a bundle");
        prop_assert!(bundle.brands.len() <= entries.len());
    }

    #[test]
    fn s17_a_strange_header_of_a_token_is_read_or_refused(header in json_value()) {
        use base64::Engine;
        let encoded = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(header.to_string());
        let _ = crate::identity::header(&format!("{encoded}.x.y"));
    }
}
