//! Inputs that have broken readers elsewhere, too long or too plain to be kept as files; every target tries them.

/// How deep the deep ones are.
const DEEP: usize = 100_000;

/// A monster for each way to break a reader, with its name.
pub fn all() -> Vec<(&'static str, Vec<u8>)> {
    let resource = |more: &str| {
        format!(r#"{{"resourceType":"Observation","id":"o1","subject":{{"reference":"Patient/p1"}},{more}}}"#)
    };
    let bundle = |resource: &str| format!(r#"{{"resourceType":"Bundle","entry":[{{"resource":{resource}}}]}}"#);
    let quantity = |number: &str| resource(&format!(r#""valueQuantity":{{"value":{number},"unit":"mg/dL"}}"#));
    let mut all: Vec<(&'static str, String)> = vec![
        ("lists in lists", "[".repeat(DEEP) + &"]".repeat(DEEP)),
        ("lists without end", "[".repeat(DEEP)),
        ("objects in objects", r#"{"a":"#.repeat(DEEP) + "1" + &"}".repeat(DEEP)),
        ("extensions in extensions", resource(&format!("{}1{}", r#""extension":[{"#.repeat(DEEP), "}]".repeat(DEEP)))),
        (
            "contained in contained",
            resource(&format!("{}1{}", r#""contained":[{"x":["#.repeat(DEEP), "]}]".repeat(DEEP))),
        ),
        ("parentheses", "(".repeat(DEEP)),
        ("annotations in annotations", "{".repeat(DEEP) + &"}".repeat(DEEP)),
        ("slashes", "/".repeat(DEEP)),
        (
            "a unit of parentheses",
            resource(&format!(r#""valueQuantity":{{"value":1,"code":"{}g"}}"#, "(".repeat(DEEP))),
        ),
        ("a number of many digits", quantity(&"9".repeat(DEEP))),
        ("a fraction of many digits", quantity(&format!("0.{}1", "0".repeat(DEEP)))),
        ("a key that stands there often", format!("{{{}\"id\":\"1\"}}", r#""id":"1","#.repeat(10_000))),
        ("many keys", format!("{{{}}}", (0..10_000).map(|key| format!("\"k{key}\":1")).collect::<Vec<_>>().join(","))),
        ("a long word", format!("\"{}\"", "a".repeat(DEEP))),
        ("many lines", "x\n".repeat(DEEP)),
        ("letters that are put together", "e\u{301}".repeat(DEEP)),
        ("an id that stands twice", resource(r#""id":"o2""#)),
        ("a type that stands twice", resource(r#""resourceType":"Goal""#)),
        ("half a letter", resource(r#""note":[{"text":"\ud83d \udc00 \ud800"}]"#)),
        ("half a letter as a key", resource(r#""\ud800":1"#)),
        ("half a letter as an id", r#"{"resourceType":"Goal","id":"\udfff"}"#.to_owned()),
        ("a zero letter", resource(r#""note":[{"text":"a\u0000b"}]"#)),
    ];
    let numbers = [
        "NaN",
        "Infinity",
        "-Infinity",
        "nan",
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "0e999999999",
        "1E+400",
        "-0",
        "-0.0e0",
        "00",
        "+1",
        ".5",
        "1.",
        "0x10",
        "1_000",
        "1,5",
        "9223372036854775808",
        "18446744073709551616",
        "79228162514264337593543950336",
        "0.0000000000000000000000000001",
        "1e99999999999999999999",
    ];
    all.extend(numbers.map(|number| ("an odd number", quantity(number))));
    let dates = [
        "0000",
        "0000-00-00",
        "9999-12-31T23:59:59.999999999+14:00",
        "-0001-01-01",
        "+10000-01-01",
        "2026-02-29",
        "2024-02-29",
        "2026-02-30",
        "2026-13",
        "2026-00",
        "2026-12-31T23:59:60Z",
        "2026-12-31T24:00:00Z",
        "2026-03-29T02:30:00",
        "2026-11-21T10:00",
        "2026-11-21T10",
        "2026-11-21T10:00:00+24:00",
        "2026-11-21T10:00:00-00:00",
        "2026-11-21t10:00:00z",
        "2026-11-21 10:00:00Z",
        "20261121",
        "2026-325",
        "2026-W47-6",
        "1e3",
        "٢٠٢٦-١١",
        "2026-11-21T10:00:00.1234567890123456789Z",
        "-9999-01-01T00:00:00Z",
    ];
    all.extend(
        dates.map(|date| ("an odd date", resource(&format!(r#""effectiveDateTime":"{date}","issued":"{date}""#)))),
    );
    all.extend(dates.map(|date| ("an odd date alone", date.to_owned())));
    let in_bundles: Vec<_> = all.iter().map(|(name, text)| (*name, bundle(text))).collect();
    let mut all: Vec<_> = all.into_iter().chain(in_bundles).map(|(name, text)| (name, text.into_bytes())).collect();
    all.push(("no UTF-8", b"{\"resourceType\":\"Goal\",\"id\":\"\xff\xfe\"}".to_vec()));
    all.push(("UTF-16", "\u{feff}{}".encode_utf16().flat_map(u16::to_le_bytes).collect()));
    all.push(("nothing", Vec::new()));
    all
}
