//! The query with which a source sends the browser back.
//!
//! Law: a parameter of ours that stands twice leaves no state to find a launch by; the state is what stands there; what a
//! program shows of the answer says which parameters there are, and none of their values.

use access::Secret;
use smart::Callback;
use url::form_urlencoded;

use super::Target;

const OURS: [&str; 6] = ["code", "state", "iss", "error", "error_description", "error_uri"];

pub const TARGET: Target = Target {
    name: "callback",
    words: &[
        "code=",
        "state=",
        "iss=",
        "error=",
        "error_description=",
        "error_uri=",
        "access_denied",
        "&",
        "%26",
        "%3D",
        "+",
        "%00",
        "%",
        "%zz",
        "%ff",
        "https://ehr.example",
        "javascript:alert(1)",
        "code",
        "STATE=",
        "st%61te=",
    ],
    tries: 6_000,
    check,
};

fn check(input: &[u8]) -> String {
    let query = String::from_utf8_lossy(input);
    let callback = Callback::parse(&query);
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let times = |name: &str| pairs.iter().filter(|(said, _)| said == name).count();
    let twice = OURS.iter().any(|name| times(name) > 1);
    let said = pairs.iter().find(|(name, _)| name == "state").map(|(_, value)| value.as_str());
    let expected = said.filter(|value| !value.is_empty() && !twice);
    assert_eq!(callback.state().map(Secret::expose), expected, "another state than the query says");
    for name in OURS.iter().filter(|name| times(name) > 0) {
        let again = Callback::parse(&format!("{query}&{name}=again"));
        assert!(again.state().is_none(), "{name} stands twice and was taken");
    }

    // The same answer with other values shows the same.
    let other = pairs.iter().map(|(name, value)| (name, if value.is_empty() { "" } else { "another" }));
    let other = form_urlencoded::Serializer::new(String::new()).extend_pairs(other).finish();
    let shown = format!("{callback:?}");
    assert_eq!(shown, format!("{:?}", Callback::parse(&other)), "a value shows");
    format!("{shown} {twice}")
}
