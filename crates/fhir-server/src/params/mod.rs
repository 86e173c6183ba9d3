//! Which search parameters exist, and where each finds its values.
//!
//! One table for everything: what a search accepts, what `_include` follows and what the CapabilityStatement says.
//! Names and meanings are R4's (searchparameter-registry.html) and US Core's. To add one, add a line to the table
//! of its type; a test walks the tables.

mod administration;
mod clinical;
mod definitions;
mod directory;
mod medication;
mod observation;
mod orders;
mod person;
mod plan;
mod trail;

/// How a parameter compares (R4 search.html#ptypes).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A code, an identifier, a yes or no.
    Token,
    /// A reference.
    Reference,
    /// A date, moment or period.
    Date,
    /// Text, by its beginning.
    Text,
    /// An address or canonical.
    Uri,
    /// A bare number.
    Number,
    /// A number with a unit.
    Quantity,
}

impl Kind {
    /// Its code in `CapabilityStatement.rest.resource.searchParam.type`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Reference => "reference",
            Self::Date => "date",
            Self::Text => "string",
            Self::Uri => "uri",
            Self::Number => "number",
            Self::Quantity => "quantity",
        }
    }
}

/// One search parameter of one type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Param {
    /// Its name in a query.
    pub name: &'static str,
    /// How it compares.
    pub kind: Kind,
    /// Where its values are; see [`crate::each`].
    pub paths: &'static [&'static str],
    /// For a reference: the types it may point at; empty for any.
    pub targets: &'static [&'static str],
}

/// A resource type with the parameters that are its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Type {
    /// Name of the type.
    pub name: &'static str,
    /// Its parameters, without the common ones.
    pub params: &'static [Param],
}

/// The parameters that every type has.
pub const COMMON: &[Param] = &[
    token("_id", &["id"]),
    date("_lastUpdated", &["meta.lastUpdated"]),
    token("_tag", &["meta.tag"]),
    token("_security", &["meta.security"]),
    uri("_profile", &["meta.profile"]),
];

const TABLES: &[&[Type]] = &[
    person::TYPES,
    directory::TYPES,
    plan::TYPES,
    clinical::TYPES,
    orders::TYPES,
    medication::TYPES,
    observation::TYPES,
    administration::TYPES,
    trail::TYPES,
    definitions::TYPES,
];

/// All types that have parameters of their own.
pub fn types() -> impl Iterator<Item = &'static Type> {
    TABLES.iter().flat_map(|table| table.iter())
}

/// The parameters of one type, without the common ones; none for a type without a row.
pub fn of(kind: &str) -> &'static [Param] {
    types().find(|row| row.name == kind).map_or(&[], |row| row.params)
}

/// The parameter of this name on this type, a common one included.
pub fn lookup(kind: &str, name: &str) -> Option<&'static Param> {
    of(kind).iter().chain(COMMON).find(|param| param.name == name)
}

const PATIENT: &[&str] = &["Patient"];
const ENCOUNTER: &[&str] = &["Encounter"];
const ANY: &[&str] = &[];

const fn param(name: &'static str, kind: Kind, paths: &'static [&'static str]) -> Param {
    Param { name, kind, paths, targets: ANY }
}
const fn token(name: &'static str, paths: &'static [&'static str]) -> Param {
    param(name, Kind::Token, paths)
}
const fn date(name: &'static str, paths: &'static [&'static str]) -> Param {
    param(name, Kind::Date, paths)
}
const fn text(name: &'static str, paths: &'static [&'static str]) -> Param {
    param(name, Kind::Text, paths)
}
const fn uri(name: &'static str, paths: &'static [&'static str]) -> Param {
    param(name, Kind::Uri, paths)
}
const fn reference(name: &'static str, paths: &'static [&'static str], targets: &'static [&'static str]) -> Param {
    Param { name, kind: Kind::Reference, paths, targets }
}
/// `patient`, on a type whose person stands in `subject`.
const BY_SUBJECT: Param = reference("patient", &["subject"], PATIENT);
/// `subject`.
const SUBJECT: Param = reference("subject", &["subject"], ANY);
/// `patient`, on a type whose person stands in `patient`.
const BY_PATIENT: Param = reference("patient", &["patient"], PATIENT);
const IDENTIFIER: Param = token("identifier", &["identifier"]);
const STATUS: Param = token("status", &["status"]);
const CATEGORY: Param = token("category", &["category"]);
const CODE: Param = token("code", &["code"]);
const IN_ENCOUNTER: Param = reference("encounter", &["encounter"], ENCOUNTER);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_a_known_type_with_each_parameter_once() {
        let mut seen = std::collections::BTreeSet::new();
        for row in types() {
            assert!(crate::is_kind(row.name), "{}", row.name);
            assert!(seen.insert(row.name), "{} has two rows", row.name);
            let names: std::collections::BTreeSet<_> =
                row.params.iter().chain(COMMON).map(|param| param.name).collect();
            assert_eq!(names.len(), row.params.len() + COMMON.len(), "{} names a parameter twice", row.name);
            for param in row.params {
                assert!(!param.paths.is_empty(), "{}.{} looks nowhere", row.name, param.name);
                assert!(param.targets.iter().all(|target| crate::is_kind(target)), "{}.{}", row.name, param.name);
            }
        }
    }

    #[test]
    fn what_us_core_requires_is_there() {
        let required = [
            ("Patient", "_id identifier name birthdate gender family death-date"),
            ("CarePlan", "patient category status date"),
            ("CareTeam", "patient status role participant"),
            ("Goal", "patient lifecycle-status target-date description"),
            (
                "Condition",
                "patient category clinical-status code encounter onset-date recorded-date asserted-date abatement-date",
            ),
            ("ServiceRequest", "_id patient category code authored status"),
            ("MedicationRequest", "patient intent status encounter authoredon medication"),
            ("Procedure", "patient date status code"),
            ("Observation", "patient category code date status"),
            ("Encounter", "_id patient date identifier class type status location discharge-disposition"),
            ("DocumentReference", "_id patient category date type status period"),
            ("DiagnosticReport", "patient category date code status"),
            ("QuestionnaireResponse", "_id patient status authored questionnaire"),
            ("Practitioner", "name identifier _id"),
            ("PractitionerRole", "specialty practitioner"),
            ("Organization", "name address"),
            ("Location", "name address address-city address-state address-postalcode"),
            ("RelatedPerson", "_id patient name"),
            ("AllergyIntolerance", "patient clinical-status"),
            ("Immunization", "patient status date"),
            ("Coverage", "patient"),
            ("Device", "patient type"),
            ("MedicationDispense", "patient status type"),
            ("Linkage", "item source author"),
            ("Provenance", "target"),
        ];
        for (kind, names) in required {
            for name in names.split(' ') {
                assert!(lookup(kind, name).is_some(), "{kind}.{name}");
            }
        }
    }
}
