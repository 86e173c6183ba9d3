//! Who works at the four places.
//!
//! A practitioner known at two places has the same NPI at both, under two ids and sometimes two spellings. Our NPIs
//! begin with 9, which real ones never do.

use serde_json::json;

use super::chart::{Chart, Draft, to};
use super::place::Place;
use super::terms::{
    CARDIOLOGIST, CARE_COORDINATOR, DIETITIAN, NEPHROLOGIST, NURSE, PHYSIOTHERAPIST, PRIMARY_CARE_PHYSICIAN, Term,
};

/// A practitioner as one place knows them.
pub struct Member {
    /// Readable key of Practitioner and PractitionerRole.
    pub key: &'static str,
    npi: &'static str,
    prefix: &'static str,
    given: &'static str,
    family: &'static str,
    role: Term,
}

impl Member {
    /// Name as on a badge.
    pub fn display(&self) -> String {
        format!("{} {} {}", self.prefix, self.given, self.family).trim().to_owned()
    }
}

const fn member(
    key: &'static str,
    npi: &'static str,
    [prefix, given, family]: [&'static str; 3],
    role: Term,
) -> Member {
    Member { key, npi, prefix, given, family, role }
}

const VALLEY: [Member; 6] = [
    member("castellanos", "9402170135", ["Dr.", "Ifeoma", "Castellanos-Reed"], PRIMARY_CARE_PHYSICIAN),
    member("whitfield", "9804340260", ["", "Jonas", "Whitfield, NP"], PRIMARY_CARE_PHYSICIAN),
    member("okoro", "9206510395", ["", "Tamsin", "Okoro, RN"], CARE_COORDINATOR),
    member("moon", "9608680523", ["", "Graciela", "Moon"], CARE_COORDINATOR),
    member("trinh", "9010850656", ["", "Bao", "Trinh, RD"], DIETITIAN),
    member("solberg", "9413020782", ["Dr.", "Henrik", "Solberg"], NEPHROLOGIST),
];

const NEPHROLOGY: [Member; 4] = [
    member("solberg", "9413020782", ["Dr.", "Henrik", "Solberg"], NEPHROLOGIST),
    member("raghunathan", "9815190910", ["Dr.", "Priya", "Raghunathan"], NEPHROLOGIST),
    member("ames", "9217361044", ["", "Leticia", "Ames, RN"], CARE_COORDINATOR),
    member("whitfield", "9804340260", ["", "J.", "Whitfield"], PRIMARY_CARE_PHYSICIAN),
];

const UNIVERSITY: [Member; 3] = [
    member("demirkan", "9619531178", ["Dr.", "Yusuf", "Demirkan"], CARDIOLOGIST),
    member("drummond", "9021701302", ["Dr.", "Ailsa", "Drummond"], super::terms::words("Ophthalmologist")),
    member("castellanos", "9402170135", ["Dr.", "I.", "Castellanos Reed"], PRIMARY_CARE_PHYSICIAN),
];

const HOME_HEALTH: [Member; 2] = [
    member("simms", "9423871430", ["", "Coretta", "Simms, RN"], NURSE),
    member("ferrao", "9826041565", ["", "Mateus", "Ferrão, PT"], PHYSIOTHERAPIST),
];

/// The practitioners of a place; the first one is its default clinician.
pub fn members(place: Place) -> &'static [Member] {
    match place {
        Place::Valley => &VALLEY,
        Place::Nephrology => &NEPHROLOGY,
        Place::University => &UNIVERSITY,
        Place::HomeHealth => &HOME_HEALTH,
    }
}

/// Organization, practitioners and their roles at the chart's place.
pub fn resources(c: &Chart) -> Vec<Draft> {
    let mut resources = vec![organization(c)];
    for member in members(c.place) {
        resources.extend([practitioner(c, member), role(c, member)]);
    }
    resources
}

fn organization(c: &Chart) -> Draft {
    c.draft("Organization", "home")
        .with("active", true)
        .with("name", c.place.name())
        .with("telecom", json!([{ "system": "phone", "value": "(555) 555-0100", "use": "work" }]))
}

fn practitioner(c: &Chart, member: &Member) -> Draft {
    let (family, suffix) = member.family.split_once(", ").unwrap_or((member.family, ""));
    let mut name = json!({ "use": "official", "text": member.display(), "family": family, "given": [member.given] });
    for (element, part) in [("prefix", member.prefix), ("suffix", suffix)] {
        if !part.is_empty() {
            name[element] = json!([part]);
        }
    }
    c.draft("Practitioner", member.key)
        .identified("http://hl7.org/fhir/sid/us-npi", member.npi)
        .with("active", true)
        .with("name", json!([name]))
}

fn role(c: &Chart, member: &Member) -> Draft {
    c.draft("PractitionerRole", member.key)
        .with("active", true)
        .with("practitioner", to(&format!("Practitioner/{}", member.key)))
        .with("organization", to("Organization/home"))
        .with("code", json!([c.place.concept(member.role)]))
}
