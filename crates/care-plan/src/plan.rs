//! The consolidated plan: what screens, exports and rules read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use fhir::{CodeableConcept, FhirDate, ResourceKey, SourceId};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::snapshot::{Problem, Source};

/// One plan from every record.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsolidatedPlan {
    /// The person as each source describes them, side by side.
    pub people: Vec<Demographics>,
    /// What sources say about who is the same human (Linkage).
    pub identity: Vec<IdentityEvidence>,
    /// Allergies, a list for each source with its state.
    pub allergies: Vec<AllergyList>,
    /// Health concerns.
    pub concerns: Vec<Concern>,
    /// Goals.
    pub goals: Vec<Goal>,
    /// Interventions, planned and performed.
    pub interventions: Vec<Intervention>,
    /// Outcomes: measures with their readings.
    pub outcomes: Vec<Outcome>,
    /// Care team.
    pub team: Vec<TeamMember>,
    /// Links between items, stated and inferred.
    pub links: Vec<Link>,
    /// The plans (CarePlan resources) that were joined.
    pub plans: Vec<PlanHeader>,
    /// What was received but could not be used, with its source.
    pub problems: Vec<(Source, Problem)>,
    /// Resources that are in no item: practitioners, organisations, and whatever else came.
    pub supporting: Vec<ResourceKey>,
}

/// Name of an item within one plan: the same as long as its first member is the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ItemId(pub String);

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What all items have: identity, title and members.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// Its name within the plan; safe in a URL and an HTML id.
    pub id: ItemId,
    /// What a person calls it. Never empty: "Untitled goal" where the source gives no words.
    pub title: String,
    /// The resources that are this item, sorted by key; never empty.
    pub members: Vec<Member>,
    /// Why the members are one item.
    pub because: Because,
}

/// Why the members of an item are one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Because {
    /// There is only one member.
    Single,
    /// They carry exactly the same business identifier (system and value).
    SameIdentifier {
        /// The system.
        system: String,
        /// The value.
        value: String,
    },
    /// Readings of the same measure (same code), joined into one series of outcomes; each reading keeps its resource.
    SameMeasure,
}

/// One resource that is part of an item.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// Source, type and id.
    pub key: ResourceKey,
    /// Version that was read.
    pub version: Option<String>,
    /// The status at that source, as its code.
    pub status: Option<String>,
    /// When that source last changed it, where it says.
    pub updated: Option<FhirDate>,
}

/// A health concern.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Concern {
    /// Identity, title, members.
    pub item: Item,
    /// What kind of concern it is.
    pub kind: ConcernKind,
    /// `clinicalStatus` code.
    pub clinical_status: Option<String>,
    /// `verificationStatus` code.
    pub verification_status: Option<String>,
    /// When it began, as precisely as is known.
    pub onset: Option<FhirDate>,
    /// When it was recorded.
    pub recorded: Option<FhirDate>,
    /// The stage, where `stage` or the title says one.
    pub stage: Option<String>,
    /// The codes.
    pub code: CodeableConcept,
    /// Notes.
    pub notes: Vec<Note>,
}

/// What kind of concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ConcernKind {
    /// On a problem list.
    Problem,
    /// Category `health-concern`.
    HealthConcern,
    /// Diagnosis of an encounter.
    EncounterDiagnosis,
    /// Voiced by the patient or a carer (`asserter` is the patient or a RelatedPerson).
    PatientVoiced,
    /// Not said.
    Other,
}

/// A goal.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Goal {
    /// Identity, title, members.
    pub item: Item,
    /// `lifecycleStatus` code.
    pub lifecycle_status: Option<String>,
    /// `achievementStatus` code.
    pub achievement_status: Option<String>,
    /// `achievementStatus` in the source's words.
    pub achievement_text: Option<String>,
    /// `priority`, as a label.
    pub priority: Option<String>,
    /// `startDate`.
    pub start: Option<FhirDate>,
    /// Targets in the order of the resource: the position is what an edit names.
    pub targets: Vec<GoalTarget>,
    /// True where the patient or a RelatedPerson expressed it.
    pub patients_own: bool,
    /// Who expressed it, in words.
    pub expressed_by: Option<String>,
    /// The series of readings that its first measured target is about.
    pub measure: Option<ItemId>,
    /// Notes, newest first.
    pub notes: Vec<Note>,
}

/// One target of a goal.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GoalTarget {
    /// `measure`.
    pub measure: Option<CodeableConcept>,
    /// What is to be reached.
    pub detail: TargetDetail,
    /// `dueDate`.
    pub due: Option<FhirDate>,
}

/// What a target asks for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum TargetDetail {
    /// A bound or a band; the unit is the source's.
    Band(Band),
    /// Words.
    Text(String),
    /// Not said.
    None,
}

/// A numeric target with its unit. `low` and `high` keep the digits of the source.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Band {
    /// Lower bound, if any.
    pub low: Option<Decimal>,
    /// Upper bound, if any.
    pub high: Option<Decimal>,
    /// How a single value was meant where the source gave one quantity: `<`, `<=`, `>`, `>=` or empty for "this value".
    pub comparator: Option<String>,
    /// True where the source gave one quantity, false where it gave a range.
    pub single: bool,
    /// Unit as shown.
    pub unit: String,
    /// UCUM code, where given.
    pub unit_code: Option<String>,
}

/// An intervention.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Intervention {
    /// Identity, title, members.
    pub item: Item,
    /// Resource type of the first member, or `activity` for one that only a plan's `activity.detail` describes.
    pub kind: String,
    /// Planned or performed.
    pub phase: Phase,
    /// Status code.
    pub status: Option<String>,
    /// `intent` code.
    pub intent: Option<String>,
    /// When it is planned for, was ordered or was performed.
    pub when: Option<FhirDate>,
    /// Dose, timing or other words worth a line.
    pub detail: Option<String>,
    /// Who does it or asked for it, in words.
    pub who: Option<String>,
    /// Reasons in the source's words (`reasonCode`), beside those that are linked.
    pub reasons: Vec<String>,
    /// Progress notes of the plan's activity, and the resource's own notes, newest first.
    pub notes: Vec<Note>,
}

/// Planned or performed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Phase {
    /// Planned, ordered, under way.
    Planned,
    /// Done, or recorded as having happened.
    Performed,
}

/// An outcome: one measure with its readings over all sources.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// Identity, title, members (every Observation of the series).
    pub item: Item,
    /// The measure's code.
    pub code: CodeableConcept,
    /// Readings, oldest first.
    pub readings: Vec<Reading>,
    /// Targets on the same measure, with the goal they belong to.
    pub targets: Vec<(ItemId, Band)>,
    /// True where the patient reported it.
    pub patient_reported: bool,
}

/// One reading.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reading {
    /// The Observation.
    pub key: ResourceKey,
    /// When it was taken.
    pub when: Option<FhirDate>,
    /// What was found.
    pub value: Value,
    /// Observation status code.
    pub status: Option<String>,
    /// `interpretation` in words or as code, such as `H`.
    pub interpretation: Option<String>,
}

/// A reading's value.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Value {
    /// A number with its unit; `text` has the digits of the source.
    Quantity {
        /// As it was written, with comparator.
        text: String,
        /// For drawing.
        number: Decimal,
        /// Unit as shown.
        unit: String,
    },
    /// Blood pressure, systolic over diastolic.
    Pair {
        /// Systolic.
        high: Decimal,
        /// Diastolic.
        low: Decimal,
        /// Unit as shown.
        unit: String,
    },
    /// Words or a code's label.
    Text(String),
    /// No value, and why (`dataAbsentReason`), if said.
    Absent(Option<String>),
}

/// A note.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// What it says.
    pub text: String,
    /// Who wrote it, in words.
    pub author: Option<String>,
    /// When.
    pub when: Option<FhirDate>,
    /// Where it is kept.
    pub source: SourceId,
}

/// A link between two items.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// The item nearer to the concern.
    pub from: ItemId,
    /// The item nearer to the outcome.
    pub to: ItemId,
    /// Where the link comes from.
    pub basis: Basis,
}

/// Where a link comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Basis {
    /// A source states it; the text names the element, such as `Goal.addresses`.
    Stated(String),
    /// Joined by us; the text says how, such as "both name the same condition".
    Inferred(String),
}

/// The person as one source describes them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Demographics {
    /// The source.
    pub source: SourceId,
    /// The Patient.
    pub key: ResourceKey,
    /// Family name.
    pub family: Option<String>,
    /// Given names.
    pub given: Vec<String>,
    /// The whole name as text, where that is all there is.
    pub name_text: Option<String>,
    /// Birth date.
    pub birth_date: Option<FhirDate>,
    /// Date of death, or `true` without a date.
    pub deceased: Option<Deceased>,
    /// `gender` code.
    pub gender: Option<String>,
    /// Medical record number: identifier of type `MR`, else the first with a value.
    pub record_number: Option<String>,
    /// True where the source says that another Patient has taken its place (`link` of type `replaced-by`): then this one
    /// is not to be used any more (smart-launch P12).
    pub replaced: bool,
}

/// Died.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Deceased {
    /// On this date.
    On(FhirDate),
    /// The source says so without a date.
    Yes,
}

/// A source's word that resources are about the same human.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IdentityEvidence {
    /// The Linkage that says so.
    pub key: ResourceKey,
    /// The references it ties, with their role (`source`, `alternate`, `historical`), as written.
    pub items: Vec<(String, String)>,
    /// Those of them that are a Patient of this launch.
    pub known: Vec<ResourceKey>,
}

/// What one source says about allergies.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AllergyList {
    /// The source.
    pub source: SourceId,
    /// One of the four states that must look different.
    pub state: AllergyState,
    /// The AllergyIntolerances it was made of, those that the source took back among them; sorted.
    pub keys: Vec<ResourceKey>,
}

/// The four states of an allergy list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum AllergyState {
    /// These are known: substance, then reaction in words.
    Known(Vec<(String, Option<String>)>),
    /// The source states that there are none.
    NoneKnown,
    /// The source was asked and has no entry.
    NotRecorded,
    /// The source could not be asked.
    Unavailable,
}

/// A member of the care team.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TeamMember {
    /// The source.
    pub source: SourceId,
    /// The CareTeam.
    pub key: ResourceKey,
    /// Who, in words.
    pub name: String,
    /// Roles in words.
    pub roles: Vec<String>,
    /// Phone or other contact.
    pub contact: Option<String>,
    /// Name of the team.
    pub team: Option<String>,
    /// Status code of the CareTeam.
    pub status: Option<String>,
    /// True where their time in the team is over, or the team's.
    pub former: bool,
}

/// A CarePlan resource that was joined.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PlanHeader {
    /// The CarePlan.
    pub key: ResourceKey,
    /// Title.
    pub title: String,
    /// Status code.
    pub status: Option<String>,
    /// Who keeps or wrote it, in words.
    pub author: Option<String>,
    /// `description`, in words.
    pub description: Option<String>,
    /// Notes, newest first.
    pub notes: Vec<Note>,
}

impl ConsolidatedPlan {
    /// Every resource that has a place in the plan beside [`Self::supporting`]; one that has two comes twice.
    ///
    /// Together with `supporting` these are all resources of the snapshot: nothing read is lost.
    pub fn placed(&self) -> impl Iterator<Item = &ResourceKey> {
        let items = (self.concerns.iter().map(|concern| &concern.item))
            .chain(self.goals.iter().map(|goal| &goal.item))
            .chain(self.interventions.iter().map(|intervention| &intervention.item))
            .chain(self.outcomes.iter().map(|outcome| &outcome.item));
        (items.flat_map(|item| &item.members).map(|member| &member.key))
            .chain(self.people.iter().map(|person| &person.key))
            .chain(self.identity.iter().map(|evidence| &evidence.key))
            .chain(self.allergies.iter().flat_map(|list| &list.keys))
            .chain(self.team.iter().map(|member| &member.key))
            .chain(self.plans.iter().map(|plan| &plan.key))
    }

    /// Everything on the way through an item: back to its concerns and on to its outcomes, the item itself among them.
    ///
    /// Goes up against and then down along the links, so that two goals of one concern do not light each other's
    /// interventions. A circle of links ends the walk.
    pub fn thread(&self, item: &ItemId) -> BTreeSet<ItemId> {
        let mut down: BTreeMap<&ItemId, Vec<&ItemId>> = BTreeMap::new();
        let mut up: BTreeMap<&ItemId, Vec<&ItemId>> = BTreeMap::new();
        for link in &self.links {
            down.entry(&link.from).or_default().push(&link.to);
            up.entry(&link.to).or_default().push(&link.from);
        }
        let mut lit = BTreeSet::from([item.clone()]);
        for neighbours in [&up, &down] {
            let mut seen = BTreeSet::from([item]);
            let mut open = vec![item];
            while let Some(at) = open.pop() {
                for next in neighbours.get(at).into_iter().flatten() {
                    if seen.insert(next) {
                        lit.insert((*next).clone());
                        open.push(next);
                    }
                }
            }
        }
        lit
    }
}
