//! Scopes, as granted and as an operator asks for them.
//!
//! Law: what was read, written and read again is the same; a scope never permits more than it says, and a list never more
//! than its scopes together; nothing may be done that policy or source forbid; what can be asked for has no wildcard.

use smart::{Permission, Scope, permission, permits, unaskable};

use super::Target;

const KINDS: [&str; 4] = ["Goal", "Observation", "Patient", "Go"];
const INTERACTIONS: [char; 7] = ['c', 'r', 'u', 'd', 's', '*', '.'];

pub const TARGET: Target = Target {
    name: "scopes",
    words: &[
        "patient/",
        "user/",
        "system/",
        "Goal",
        "Observation",
        "*",
        ".",
        ".read",
        ".write",
        ".rs",
        ".cruds",
        ".cud",
        "?category=a|b",
        "&_filter=x",
        "?code:in=x",
        "http://smarthealthit.org/fhir/scopes/",
        "openid",
        "fhirUser",
        "launch/patient",
        "offline_access",
        " ",
        "\u{a0}",
        "\n",
    ],
    tries: 3_500,
    check,
};

fn check(input: &[u8]) -> String {
    let text = String::from_utf8_lossy(input);
    let scopes = Scope::parse_list(&text);
    let written = scopes.iter().map(Scope::to_string).collect::<Vec<_>>().join(" ");
    assert_eq!(Scope::parse_list(&written), scopes, "it changed on the way");
    let mut granted = 0;
    for (kind, letter) in KINDS.iter().flat_map(|kind| INTERACTIONS.map(|letter| (kind, letter))) {
        let any = text.split_ascii_whitespace().any(|scope| says(scope, kind, letter));
        let all = permits(&scopes, kind, letter);
        assert!(!all || any, "{kind}.{letter} is permitted and nobody said so");
        assert_eq!(all, scopes.iter().any(|scope| permits(std::slice::from_ref(scope), kind, letter)));
        for (announced, policy) in [(true, true), (true, false), (false, true)] {
            let may = permission(&scopes, |_, _| announced, |_, _| policy, kind, letter);
            assert_eq!(may == Permission::Yes, all && announced && policy);
        }
        granted += usize::from(all);
    }
    let askable = scopes.iter().map(Scope::to_string).filter(|scope| unaskable(scope).is_none());
    let askable = askable.inspect(|scope| {
        let wild = matches!(Scope::parse(scope), Scope::Data { kind, .. } if kind == "*");
        assert!(!wild, "a wildcard would be asked for");
        assert!(scope.bytes().all(|byte| byte.is_ascii_graphic()), "two scopes would be asked for as one");
    });
    format!("{granted} of {} permitted, {} can be asked for", scopes.len().min(9), askable.count().min(9))
}

/// What the letters of a scope say, read without the grammar: too generous, never too strict.
fn says(scope: &str, kind: &str, letter: char) -> bool {
    let scope = scope.strip_prefix("http://smarthealthit.org/fhir/scopes/").unwrap_or(scope);
    let scope = scope.split('?').next().unwrap_or_default();
    let levels = ["patient", "user", "system"].iter();
    let mut after = levels.flat_map(|level| {
        let named = scope.strip_prefix(&format!("{level}/{kind}."));
        named.or_else(|| scope.strip_prefix(&format!("{level}/*.")))
    });
    after.any(|letters| match letters {
        "read" => "rs".contains(letter),
        "write" => "cud".contains(letter),
        "*" => "cruds".contains(letter),
        letters => "cruds".contains(letter) && letters.contains(letter),
    })
}
