//! The parameters of an OAuth request, from a query or from a form body.

use percent_encoding::percent_decode_str;

/// Parameters in the order sent. None may stand twice (RFC 6749 section 3.1); empty ones count as not sent.
#[derive(Debug, Clone, Default)]
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads a form-encoded text; the error is the name of a parameter that stands twice.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
            if value.is_empty() {
                continue;
            }
            if pairs.iter().any(|(known, _)| *known == name) {
                return Err(name.into_owned());
            }
            pairs.push((name.into_owned(), value.into_owned()));
        }
        Ok(Self(pairs))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Undoes the form encoding of one value, as used inside HTTP Basic (RFC 6749 section 2.3.1).
pub(super) fn decode(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8().ok().map(|text| text.into_owned())
}
