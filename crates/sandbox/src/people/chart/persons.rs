//! The person, and the people around: relatives.

use serde_json::{Value, json};

use super::Chart;
use super::draft::{Draft, to};

/// How one place knows the person.
#[derive(Debug, Clone, Copy)]
pub struct Demographics {
    /// Medical record number there.
    pub mrn: &'static str,
    /// Family name as written there.
    pub family: &'static str,
    /// Given names as written there.
    pub given: &'static [&'static str],
    /// Administrative gender.
    pub gender: &'static str,
    /// Birth date, `YYYY-MM-DD`.
    pub born: &'static str,
    /// Street and number.
    pub line: &'static str,
    /// City.
    pub city: &'static str,
    /// Postal code.
    pub postal_code: &'static str,
    /// Telephone.
    pub phone: &'static str,
}

impl Chart {
    /// The Patient resource.
    pub fn patient(&self, who: Demographics) -> Draft {
        let kind = json!({ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR" }] });
        let mrn = json!({ "use": "usual", "type": kind, "system": self.place.mrn_system(), "value": who.mrn });
        self.draft("Patient", "me")
            .with("identifier", json!([mrn]))
            .with("active", true)
            .with("name", json!([{ "use": "official", "family": who.family, "given": who.given }]))
            .with("telecom", json!([{ "system": "phone", "value": who.phone, "use": "home" }]))
            .with("gender", who.gender)
            .with("birthDate", who.born)
            .with("address", json!([address(who)]))
    }

    /// A relative or friend.
    pub fn related_person(&self, key: &str, family: &str, given: &str, relationship: &str) -> Draft {
        self.draft("RelatedPerson", key)
            .with("active", true)
            .with("patient", to("Patient/me"))
            .with("relationship", json!([{ "text": relationship }]))
            .with("name", json!([{ "family": family, "given": [given] }]))
    }
}

fn address(who: Demographics) -> Value {
    json!({ "line": [who.line], "city": who.city, "state": "CA", "postalCode": who.postal_code, "country": "US" })
}
