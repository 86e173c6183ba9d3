//! Secrets, searched for in every form that they could take.

use std::collections::{BTreeSet, HashMap};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// Letters of a form that are compared first.
const HEAD: usize = 12;
/// Of these, the first decide whether the map is looked into at all.
const GLANCE: usize = 4;
/// Places in the table of first letters.
const TABLE: usize = 1 << 20;

/// What is searched for: every secret in plain, base64 (at each of three places within a longer text), hex, percent form,
/// and as forms, HTML and JSON write it.
pub struct Needles {
    by_head: HashMap<[u8; HEAD], Vec<(Vec<u8>, String)>>,
    begins: Vec<bool>,
}

impl Needles {
    pub fn of(secrets: &BTreeSet<Vec<u8>>) -> Self {
        let mut needles = Self { by_head: HashMap::new(), begins: vec![false; TABLE] };
        for secret in secrets {
            // The complaint must not quote it either.
            let name = match std::str::from_utf8(secret) {
                Ok(text) => format!("{}… ({} letters)", text.chars().take(4).collect::<String>(), text.len()),
                Err(_) => format!("{} bytes", secret.len()),
            };
            for (form, text) in forms(secret) {
                let (Some(head), Some(glance)) = (text.first_chunk::<HEAD>().copied(), glance(&text)) else { continue };
                needles.begins[glance] = true;
                needles.by_head.entry(head).or_default().push((text, format!("{name} as {form}")));
            }
        }
        needles
    }

    pub fn find(&self, bytes: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        for place in 0..bytes.len().saturating_sub(HEAD - 1) {
            let rest = &bytes[place..];
            // Almost every place is passed over without a look into the map.
            if !glance(rest).is_some_and(|glance| self.begins[glance]) {
                continue;
            }
            let Some(head) = rest.first_chunk::<HEAD>() else { continue };
            for (text, name) in self.by_head.get(head).into_iter().flatten() {
                if rest.starts_with(text) && !found.contains(name) {
                    found.push(name.clone());
                }
            }
        }
        found
    }
}

fn glance(bytes: &[u8]) -> Option<usize> {
    let word = u32::from_le_bytes(*bytes.first_chunk::<GLANCE>()?);
    usize::try_from(word.wrapping_mul(0x9e37_79b1) >> 12).ok()
}

/// Every form of a secret, with its name.
pub fn forms(secret: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut forms = vec![("plain text", secret.to_vec())];
    for before in 0..3 {
        let shifted = [vec![0; before], secret.to_vec()].concat();
        // Letters that also hold bits of what stands before or after are left out.
        let (first, last) = (before * 8_usize, (before + secret.len()) * 8);
        let whole = first.div_ceil(6)..last / 6;
        forms.push(("base64", STANDARD_NO_PAD.encode(&shifted).as_bytes()[whole.clone()].to_vec()));
        forms.push(("base64url", URL_SAFE_NO_PAD.encode(&shifted).as_bytes()[whole].to_vec()));
    }
    let each = |form: fn(&u8) -> String| secret.iter().map(form).collect::<String>().into_bytes();
    forms.push(("hex", each(|byte| format!("{byte:02x}"))));
    forms.push(("hex in capitals", each(|byte| format!("{byte:02X}"))));
    forms.push(("percent form", each(|byte| format!("%{byte:02X}"))));
    forms.push(("percent form in small letters", each(|byte| format!("%{byte:02x}"))));
    forms.push(("a list of numbers", secret.iter().map(u8::to_string).collect::<Vec<_>>().join(", ").into_bytes()));
    if let Ok(text) = std::str::from_utf8(secret) {
        let of_a_form = url::form_urlencoded::byte_serialize(secret).collect::<String>();
        let html = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        let json = text.replace('\\', "\\\\").replace('"', "\\\"");
        let of_an_address = of_a_form.replace('+', "%20");
        let written = [("form text", of_a_form), ("address", of_an_address), ("HTML", html), ("JSON", json)];
        forms
            .extend(written.into_iter().filter(|(_, form)| form != text).map(|(name, form)| (name, form.into_bytes())));
    }
    forms
}

#[test]
fn a_secret_is_found_in_each_of_its_forms_wherever_it_stands() {
    let secret = b"s3cret & with <signs> of its \"own\"".to_vec();
    let needles = Needles::of(&BTreeSet::from([secret.clone(), vec![0xfe; 32]]));
    for (form, text) in forms(&secret).into_iter().chain(forms(&[0xfe; 32])) {
        for haystack in [[b"before ", &*text, b" after"].concat(), text.clone()] {
            assert!(!needles.find(&haystack).is_empty(), "{form}");
        }
    }
    for before in ["", "a", "ab", "abc"] {
        let hidden = STANDARD_NO_PAD.encode([before.as_bytes(), &secret, b" and so on"].concat());
        assert!(!needles.find(hidden.as_bytes()).is_empty(), "{before:?}");
    }
    assert!(needles.find(b"nothing of the kind is here, and nothing of it is found").is_empty());
    assert!(needles.find(&needles.by_head.values().flatten().next().expect("a form").0[..11]).is_empty());
}
