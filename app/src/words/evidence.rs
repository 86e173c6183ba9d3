//! Why records are one entry, and which may be, in words.

use care_plan::plan::{AsideReason, Confidentiality, Evidence};

use super::Words;

impl Words {
    /// Why members are one, in a sentence; `linked_by` names the source of a Linkage or Provenance.
    pub fn evidence(self, evidence: &Evidence, linked_by: &str) -> String {
        let Self::English = self;
        match evidence {
            Evidence::SameIdentifier { value, .. } => format!("They carry the same identifier, {value}."),
            Evidence::Linked { .. } => format!("{linked_by} says that they are the same."),
            Evidence::Copied { .. } => format!("{linked_by} says that one is a copy of the other."),
            Evidence::SameCode { code, display, system } => {
                let system = self.code_system(system).map_or_else(String::new, |system| format!("{system} "));
                match display {
                    Some(display) => format!("They carry the same code, {system}{code} ({display})."),
                    None => format!("They carry the same code, {system}{code}."),
                }
            }
            Evidence::SameConcept { concept } => format!("Their codes mean the same: {concept}."),
            Evidence::SameMedication { medication } => {
                format!("The same ingredients in the same strength and form: {medication}.")
            }
            Evidence::SameGoalMeasure { measure } => format!("Goals on the same measure at the same time: {measure}."),
            Evidence::SameMeasure => "Readings of the same measure.".to_owned(),
            Evidence::SamePractitioner { value, .. } => format!("The same national identifier, {value}."),
            Evidence::ByHand => "Somebody joined them by hand.".to_owned(),
        }
    }

    /// Short name of a code system that clinicians know by name.
    pub fn code_system(self, system: &str) -> Option<&'static str> {
        let Self::English = self;
        match system {
            "http://snomed.info/sct" => Some("SNOMED"),
            "http://hl7.org/fhir/sid/icd-10-cm" => Some("ICD-10-CM"),
            "http://hl7.org/fhir/sid/icd-10" => Some("ICD-10"),
            "http://loinc.org" => Some("LOINC"),
            "http://www.nlm.nih.gov/research/umls/rxnorm" => Some("RxNorm"),
            "http://hl7.org/fhir/sid/cvx" => Some("CVX"),
            "http://www.ama-assn.org/go/cpt" => Some("CPT"),
            _ => None,
        }
    }

    /// Summary of why members are one.
    pub fn why_one(self, records: usize) -> String {
        let Self::English = self;
        format!("{records} entries as one: why")
    }

    /// Label of what a member calls the item.
    pub fn calls_it(self, title: &str) -> String {
        let Self::English = self;
        format!("“{title}”")
    }

    /// Version of a member.
    pub fn version(self, version: &str) -> String {
        let Self::English = self;
        format!("version {version}")
    }

    /// Leads in the entries that may be the same.
    pub fn may_be_same(self) -> &'static str {
        match self {
            Self::English => "May be the same as",
        }
    }

    /// Mark of what is labelled confidential; `None` where nothing is.
    pub fn confidential(self, label: Confidentiality) -> Option<&'static str> {
        let Self::English = self;
        match label {
            Confidentiality::Normal => None,
            Confidentiality::Unknown => Some("Restricted: label not known"),
            Confidentiality::Restricted => Some("Restricted"),
            Confidentiality::VeryRestricted => Some("Very restricted"),
        }
    }

    /// How many readings of a series come from a source.
    pub fn readings_from(self, count: usize) -> String {
        let Self::English = self;
        if count == 1 { "1 reading".to_owned() } else { format!("{count} readings") }
    }

    /// How many readings repeat another.
    pub fn readings_repeated(self, count: usize) -> String {
        let Self::English = self;
        if count == 1 {
            "1 reading is proven to repeat another and is not drawn twice.".to_owned()
        } else {
            format!("{count} readings are proven to repeat others and are not drawn twice.")
        }
    }

    /// How many readings were converted.
    pub fn readings_converted(self, count: usize, unit: &str) -> String {
        let Self::English = self;
        if count == 1 {
            format!("1 reading was converted to {unit}.")
        } else {
            format!("{count} readings were converted to {unit}.")
        }
    }

    /// What the readings say of a goal, where its record says something else or nothing.
    pub fn by_readings(self, achievement: &str) -> String {
        let Self::English = self;
        format!("By the readings: {}", achievement.to_lowercase())
    }

    /// Why, for one target: the newest reading, the one before it, and how long ago.
    pub fn by_readings_because(self, latest: &str, when: &str, previous: Option<&str>) -> String {
        let Self::English = self;
        match previous {
            Some(previous) => format!("{latest} on {when}, before it {previous}"),
            None => format!("{latest} on {when}"),
        }
    }

    /// The newest reading is too old to say how a goal goes.
    pub fn readings_too_old(self, days: i32) -> String {
        let Self::English = self;
        format!("The newest reading is {days} days old: too old to say how it goes")
    }

    /// Heading of what is no part of the plan.
    pub fn aside(self, count: usize) -> String {
        let Self::English = self;
        if count == 1 {
            "1 entry that is no part of the plan".to_owned()
        } else {
            format!("{count} entries that are no part of the plan")
        }
    }

    /// Below that heading.
    pub fn aside_how(self) -> &'static str {
        match self {
            Self::English => "They were read, and nothing of them is lost. Each is left out for one of these reasons.",
        }
    }

    /// Nothing is left out.
    pub fn aside_none(self) -> &'static str {
        match self {
            Self::English => "Everything that was read has its place in the plan.",
        }
    }

    /// Why entries are no part of the plan.
    pub fn aside_because(self, reason: AsideReason) -> &'static str {
        let Self::English = self;
        match reason {
            AsideReason::NamesSomeone => "They say who or where; the names stand at the entries of the plan",
            AsideReason::DescribesAnother => "They describe other entries",
            AsideReason::EmptyTeam => "Care teams without a member",
            AsideReason::InactiveLinkage => "Links between records that their source calls inactive",
            AsideReason::Administration => "Payment and administration",
            AsideReason::BackgroundOnly => "Documents and visits that no plan names",
            AsideReason::Assessment => "Assessments and family history: they weigh concerns and are none themselves",
            AsideReason::OtherType => "Kinds of entries that a care plan has no place for",
        }
    }
}
