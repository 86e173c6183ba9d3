//! Whatever stands in an address or a stored form is read or refused, and never ends the process.

use proptest::prelude::*;
use smart::{Callback, FhirUser, Grant, Issuer, LaunchQuery, PendingLaunch, Scope, SigningKey, permits};

/// Text that is strange in the ways that matter here: the separators of addresses, scopes and tokens among all else.
fn strange() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("https://".to_owned()),
        Just("iss=".to_owned()),
        Just("&state=".to_owned()),
        Just("patient/".to_owned()),
        Just("%ff".to_owned()),
        "[/.:@?#&=%+*\\\\ ]",
        "[a-z]{1,4}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn strange_text_is_read_or_refused(text in strange()) {
        let _ = Issuer::parse(&text);
        let _ = Callback::parse(&text);
        let _ = LaunchQuery::parse(&text);
        let _ = FhirUser::parse(&text);
        let _ = SigningKey::from_pkcs8_pem(&text);
        let _ = Grant::from_bytes(text.as_bytes());
        let _ = PendingLaunch::from_bytes(text.as_bytes());
    }

    #[test]
    fn a_scope_is_the_same_after_it_was_written_and_read_again(text in strange()) {
        let once = Scope::parse_list(&text);
        let written = once.iter().map(Scope::to_string).collect::<Vec<_>>().join(" ");
        prop_assert_eq!(&Scope::parse_list(&written), &once);
        let _ = permits(&once, "Goal", 'r');
    }

    #[test]
    fn an_issuer_is_the_same_with_and_without_a_last_slash(host in "[a-z]{1,8}", path in "(/[a-zA-Z0-9]{1,5}){0,4}") {
        let text = format!("https://{host}.example{path}");
        prop_assert!(Issuer::parse(&text).is_some());
        prop_assert_eq!(Issuer::parse(&text), Issuer::parse(&format!("{text}/")));
    }
}
