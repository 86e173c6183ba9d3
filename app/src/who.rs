//! Who is it: what screens are told about Patients of several sources that may be one person.

use access::person::likeness::Facts;
use care_plan::snapshot::Source;
use fhir::types::{HumanName, Identifier};
use fhir::{FhirDate, Patient, SourceId};
use serde::{Deserialize, Serialize};

/// System of FHIR's identifier types (HL7 v2 table 0203).
const IDENTIFIER_TYPES: &str = "http://terminology.hl7.org/CodeSystem/v2-0203";

/// A Patient as one source describes it, for people to compare.
#[derive(Debug, Clone, PartialEq)]
pub struct Described {
    /// The source.
    pub source: Source,
    /// Every name with its FHIR use (`official`, `maiden`, …), former ones too.
    pub names: Vec<(String, Option<String>)>,
    /// Birth date.
    pub birth_date: Option<FhirDate>,
    /// `gender` code.
    pub sex: Option<String>,
    /// Kinds of numbers, each with its last characters: enough to compare with a card, too few to use elsewhere.
    pub identifiers: Vec<(IdentifierKind, String)>,
    /// Cities of the addresses.
    pub cities: Vec<String>,
    /// What of it is compared.
    pub facts: Facts,
}

/// What kind of number an identifier is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentifierKind {
    /// Medical record number.
    RecordNumber,
    /// As the source calls it.
    Named(String),
    /// The source does not say.
    Unnamed,
}

impl Described {
    /// Reads a Patient of a source.
    pub fn of(source: Source, patient: &Patient) -> Self {
        let city = |address: &fhir::types::Address| address.city.0.clone().filter(|city| !city.trim().is_empty());
        let name = |name: &HumanName| Some((name_text(name)?, name.used_as.0.clone()));
        Self {
            source,
            names: patient.name.iter().filter_map(name).collect(),
            birth_date: patient.birth_date.0.clone(),
            sex: patient.gender.0.clone(),
            identifiers: patient.identifier.iter().filter_map(identifier).collect(),
            cities: patient.address.iter().filter_map(city).collect(),
            facts: Facts::of(patient),
        }
    }
}

/// `FAMILY, Given Second`, as the banner writes it.
fn name_text(name: &HumanName) -> Option<String> {
    let family = name.family.as_deref().map(str::trim).filter(|family| !family.is_empty()).map(str::to_uppercase);
    let given = name.given.join(" ");
    let parts: Vec<String> = family.into_iter().chain((!given.is_empty()).then_some(given)).collect();
    let text = if parts.is_empty() { name.text.0.clone().unwrap_or_default() } else { parts.join(", ") };
    (!text.trim().is_empty()).then_some(text)
}

fn identifier(identifier: &Identifier) -> Option<(IdentifierKind, String)> {
    let value = identifier.value.as_deref().map(str::trim).filter(|value| !value.is_empty())?;
    let kind = match identifier.kind.as_ref() {
        Some(kind) if kind.code_of(IDENTIFIER_TYPES) == Some("MR") => IdentifierKind::RecordNumber,
        Some(kind) => kind.label().map_or(IdentifierKind::Unnamed, |label| IdentifierKind::Named(label.to_owned())),
        None => IdentifierKind::Unnamed,
    };
    let length = value.chars().count();
    // Of a short number its end would be most of it.
    let ending = if length >= 7 { value.chars().skip(length - 3).collect() } else { String::new() };
    Some((kind, ending))
}

/// The question whether the Patients of two sources are one person.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonQuestion {
    /// Its name in addresses.
    pub id: String,
    /// The Patient of the source that the launch was made from.
    pub own: Described,
    /// The Patient of the other source.
    pub other: Described,
    /// What has raised the question.
    pub raised: Raised,
    /// True where Accord knows the other record as that of another person.
    pub of_another: bool,
    /// Why "yes" is not offered; `None` where it is.
    pub withheld: Option<Withheld>,
}

/// Why "yes, the same person" is not for the user to say. Both are about records of two persons whom Accord knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// It is given by name, and the user's sign-in gave none.
    Nameless,
    /// The user is a carer, who could not undo it.
    Carer,
}

/// What has raised the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raised {
    /// Signing in at the other source.
    SignIn,
    /// Looking for the person there, where the organisation itself is registered.
    Search,
}

/// What is missing in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Nothing was chosen.
    Choice,
    /// "Yes" without the word that it was checked.
    Check,
    /// The reason of a split.
    Reason,
    /// A reason longer than is kept.
    ShorterReason,
}

/// A Patient that is this person's, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The source.
    pub source: SourceId,
    /// `Patient` id there.
    pub patient: String,
    /// How it is known.
    pub how: Known,
    /// Since when.
    pub when: jiff::Timestamp,
}

/// How it is known that a Patient is a person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// By signing in there.
    Grant,
    /// The source found the person.
    Match,
    /// A user confirmed it with both records shown.
    Confirmed,
}

/// The Patients that are this person's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ties {
    /// Oldest first.
    pub known: Vec<Tie>,
    /// True where the user may take a wrong one apart.
    pub may_split: bool,
    /// In a plan that was opened from the panel, the sources whose record the person shares with the care team; `None`
    /// elsewhere.
    pub shared: Option<Vec<SourceId>>,
}

/// The name of [`WhoTold`] in an [`crate::desk::Answer`].
pub const WHO_IS_IT: &str = "who_is_it";

/// What came of a question, a split or a disconnection, told on the page of the sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WhoTold {
    /// The records were not joined.
    NotJoined {
        /// The other source.
        source_name: String,
    },
    /// A record that was found elsewhere was not joined.
    FoundNotJoined {
        /// The other source.
        source_name: String,
    },
    /// A link was taken apart.
    Split {
        /// The source.
        source_name: String,
    },
    /// A source is not read any more in this launch.
    Disconnected {
        /// The source.
        source_name: String,
    },
}
