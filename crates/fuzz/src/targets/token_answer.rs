//! What a token endpoint answers.
//!
//! Law: a token fits a header; it ends after now and within a day; a patient is an id; a name that stands twice ends it;
//! scopes permit nothing that was not listed; what was read survives being stored; no output shows a token.

use access::Secret;
use smart::{Grant, LaunchContext, Scope};
use url::Url;

use super::Target;
use crate::registration::now;

pub const TARGET: Target = Target {
    name: "token_answer",
    words: &[
        "access_token",
        "token_type",
        "Bearer",
        "bearer",
        "mac",
        "expires_in",
        "scope",
        "patient/Goal.rs",
        "refresh_token",
        "id_token",
        "patient",
        "encounter",
        "need_patient_banner",
        "fhirContext",
        "reference",
        "identifier",
        "intent",
        "care-plan",
        "smart_style_url",
        "authorization_details",
        "smart_on_fhir",
        "locations",
        "error",
        "invalid_grant",
        "a b",
        "a\r\nb",
        "../x",
    ],
    tries: 2_000,
    check,
};

fn endpoint() -> Url {
    "https://ehr.example/token".parse().expect("an address")
}

fn check(input: &[u8]) -> String {
    let Some((grant, context, identity)) = Grant::of_answer(input, now(), endpoint()) else {
        return "refused".to_owned();
    };
    let fits = |token: &Secret| token.expose().bytes().all(|byte| byte.is_ascii_graphic());
    let tokens = [Some(&grant.access_token), grant.refresh_token.as_ref(), identity.as_ref()];
    assert!(tokens.into_iter().flatten().all(fits), "a token that is no header value");
    let seconds = grant.expires.as_second() - now().as_second();
    assert!((1..=24 * 60 * 60).contains(&seconds), "a lifetime of {seconds} s");
    for id in [&grant.patient, &context.encounter].into_iter().flatten() {
        let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
        assert!((1..=64).contains(&id.len()) && id.bytes().all(letter), "an id that is none");
    }
    assert!(context.fhir_context.len() <= 100 && context.authorization_details.len() <= 100, "a list without end");
    twice_is_refused(input);
    listed(input, &grant);

    let stored = Grant::from_bytes(&grant.to_bytes()).expect("a grant that was stored");
    assert_eq!(stored, grant, "it changed in the store");
    silent(&grant, &context);
    format!(
        "{} scopes, patient {}, refresh {}, identity {}, {} and {} in context, banner {}, {:?}",
        grant.scopes.len().min(5),
        grant.patient.is_some(),
        grant.refresh_token.is_some(),
        identity.is_some(),
        context.fhir_context.len().min(3),
        context.authorization_details.len().min(3),
        context.need_patient_banner,
        context.intent,
    )
}

/// The same answer with another token before the one it has.
fn twice_is_refused(input: &[u8]) {
    let Some(begin) = input.iter().position(|byte| *byte == b'{') else { return };
    let mut twice = input[..=begin].to_vec();
    twice.extend_from_slice(br#""access_token":"another","#);
    twice.extend_from_slice(&input[begin + 1..]);
    assert!(Grant::of_answer(&twice, now(), endpoint()).is_none(), "two tokens in one answer were accepted");
}

/// Every scope of the grant stands in the answer.
fn listed(input: &[u8], grant: &Grant) {
    let answer: serde_json::Value = serde_json::from_slice(input).expect("it was read already");
    let said = answer["scope"].as_str().unwrap_or_default();
    assert_eq!(grant.scopes, Scope::parse_list(said), "other scopes than the answer lists");
}

/// What a program shows of a grant does not depend on its tokens.
fn silent(grant: &Grant, context: &LaunchContext) {
    let other = |token: &Secret| Secret::new(format!("{}-another", token.expose()));
    let mut another = grant.clone();
    another.access_token = other(&grant.access_token);
    another.refresh_token = grant.refresh_token.as_ref().map(other);
    assert_eq!(format!("{another:?} {context:?}"), format!("{grant:?} {context:?}"), "a token shows");
}
