//! The four built-in EHRs, and how each of them writes codes, dates and ids.
//!
//! They differ as real servers do: the university sends `urn:oid:` systems without displays, home health sends words
//! only and dates of year and month, and none of them shares an id with another.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::terms::{System, Term};

/// One of the four places that keep a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// `valley-ehr`, Valley Primary Care.
    Valley,
    /// `nephrology`, Nephrology Associates.
    Nephrology,
    /// `university`, University Hospital.
    University,
    /// `homehealth`, HomeHealth Plus.
    HomeHealth,
}

impl Place {
    /// Every place, in the order in which their ports are numbered.
    pub const ALL: [Self; 4] = [Self::Valley, Self::Nephrology, Self::University, Self::HomeHealth];

    /// Finds the place by the EHR id of the sandbox's configuration.
    pub fn of(ehr_id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.ehr_id() == ehr_id)
    }

    /// EHR id in the sandbox's configuration.
    pub fn ehr_id(self) -> &'static str {
        match self {
            Self::Valley => "valley-ehr",
            Self::Nephrology => "nephrology",
            Self::University => "university",
            Self::HomeHealth => "homehealth",
        }
    }

    /// Name of the organization.
    pub fn name(self) -> &'static str {
        match self {
            Self::Valley => "Valley Primary Care",
            Self::Nephrology => "Nephrology Associates",
            Self::University => "University Hospital",
            Self::HomeHealth => "HomeHealth Plus",
        }
    }

    /// System of the place's medical record numbers.
    pub fn mrn_system(self) -> &'static str {
        match self {
            Self::Valley => "https://valley.example/mrn",
            Self::Nephrology => "https://nephrology.example/ids/patient",
            Self::University => "urn:oid:1.2.840.999999.5.737384.14",
            Self::HomeHealth => "https://homehealth.example/client-number",
        }
    }

    /// The term as a CodeableConcept in this place's habit.
    pub fn concept(self, term: Term) -> Value {
        let coding = |(system, code): &(System, &str)| match self {
            Self::University => json!({ "system": system.oid(), "code": code }),
            _ => json!({ "system": system.uri(), "code": code, "display": term.text }),
        };
        let codings: Vec<Value> = match self {
            Self::HomeHealth => Vec::new(),
            Self::Nephrology => term.codes.iter().take(1).map(coding).collect(),
            _ => term.codes.iter().map(coding).collect(),
        };
        match codings.is_empty() {
            true => json!({ "text": term.text }),
            false => json!({ "coding": codings, "text": term.text }),
        }
    }

    /// A dateTime of this place: to the second with offset, in UTC, or the day alone.
    pub fn moment(self, date: Date) -> String {
        match self {
            Self::Valley => format!("{date}T09:20:00-08:00"),
            Self::Nephrology => format!("{date}T17:05:00Z"),
            Self::University | Self::HomeHealth => date.to_string(),
        }
    }

    /// A date in somebody's history: home health remembers the month only.
    pub fn history(self, date: Date) -> String {
        match self {
            Self::HomeHealth => format!("{:04}-{:02}", date.year(), date.month()),
            _ => date.to_string(),
        }
    }

    /// Logical id of a resource in this place's style; the same every time.
    ///
    /// `scope` is the person, or [`super::chart::STAFF`] for what belongs to nobody.
    pub fn resource_id(self, scope: &str, kind: &str, key: &str) -> String {
        let text = format!("{}/{scope}/{kind}/{key}", self.ehr_id());
        let (high, low) = (scramble(&text, 1), scramble(&text, 2));
        match self {
            Self::Valley => (20_000_000 + high % 79_999_999).to_string(),
            Self::Nephrology => uuid_like(high, low),
            Self::University => format!("e{}{}3", base62(high), base62(low)),
            Self::HomeHealth if scope == super::chart::STAFF => key.to_owned(),
            Self::HomeHealth => format!("{scope}-{key}"),
        }
    }

    /// Logical id of a Patient: `rank` puts the lead person first in every list that is sorted by id.
    pub fn patient_id(self, rank: usize, key: &str, word: &str) -> String {
        let hashed = self.resource_id(key, "Patient", "me");
        match self {
            Self::Valley => (1_004_170 + rank * 213).to_string(),
            Self::Nephrology => format!("{rank}{}", &hashed[1..]),
            Self::University => format!("e{}{}", (b'A' + rank as u8) as char, &hashed[2..]),
            Self::HomeHealth => word.to_owned(),
        }
    }
}

fn uuid_like(high: u64, low: u64) -> String {
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        0x8000 | (low >> 48) & 0x3fff,
        low & 0xffff_ffff_ffff
    )
}

fn base62(mut number: u64) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut text = String::new();
    while number > 0 {
        text.push(char::from(DIGITS[(number % 62) as usize]));
        number /= 62;
    }
    text
}

/// FNV-1a with a final mix: not secret, only spread out and the same on every machine.
fn scramble(text: &str, salt: u64) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ salt.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}
