//! The `Cookie` header of a browser.
//!
//! Law: a value is found only where a cookie of exactly this name stands; it holds no separator; cookies of other names
//! before it change nothing; what was found, written and read again is the same.

use access::cookie;

use super::Target;

const NAME: &str = "__Host-sid";

pub const TARGET: Target = Target {
    name: "cookie",
    words: &[
        NAME,
        "__Host-sid=",
        "__Host-way=",
        "__host-sid=",
        "__Secure-sid=",
        ";",
        "; ",
        "=",
        "\"",
        "%3D",
        "$Version=1",
        "\t",
        "a=b",
        "Path=/",
        ",",
    ],
    tries: 8_000,
    check,
};

fn check(input: &[u8]) -> String {
    // Several header lines stand on several lines here.
    let text = String::from_utf8_lossy(input);
    let lines = || text.lines();
    let Some(value) = cookie::value(lines(), NAME) else {
        let named = lines().flat_map(|line| line.split(';')).any(|pair| pair.trim().starts_with("__Host-sid="));
        assert!(!named, "a cookie was overlooked");
        return "none".to_owned();
    };
    assert!(!value.contains(';') && value.trim() == value, "a value with its neighbours");
    assert!(text.contains(NAME), "a cookie that nobody sent");
    assert_eq!(cookie::value([format!("{NAME}={value}").as_str()], NAME), Some(value), "it changed on the way");
    let before = ["a=b; __Host-Sid=x; x__Host-sid=y", "__Host-sid"];
    assert_eq!(cookie::value(before.into_iter().chain(lines()), NAME), Some(value), "another cookie passed for it");
    let way = cookie::value(lines(), "__Host-way").is_some();
    format!("{} lines, empty {}, way {way}", lines().count().min(3), value.is_empty())
}
