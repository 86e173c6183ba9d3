//! What is different between two versions, as it is answered.

use schemars::JsonSchema;
use serde::Serialize;
use shared_plan::compare::{Difference, Part, Said, Summary, words};
use shared_plan::plan::Plan;
use shared_plan::{Id, Version};

/// What is different between two versions of a plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Comparison {
    /// The plan.
    pub plan: Id<Plan>,
    /// The version before.
    pub from: Version,
    /// The version after.
    pub to: Version,
    /// In the order of the plan. Empty where the two say the same.
    pub differences: Vec<DifferenceEntry>,
}

/// One difference.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DifferenceEntry {
    /// Which kind of part.
    part: PartKind,
    /// Its id; not there for the plan itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// What people call the part.
    name: String,
    /// The difference in one sentence without its full stop.
    words: String,
    /// What it said, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    /// What it says, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

/// The kinds of parts.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum PartKind {
    Plan,
    Goal,
    Target,
    Activity,
    Member,
}

impl From<Difference> for DifferenceEntry {
    fn from(difference: Difference) -> Self {
        let words = words(&difference);
        let (part, id) = match difference.part {
            Part::Plan => (PartKind::Plan, None),
            Part::Goal(id) => (PartKind::Goal, Some(id.to_string())),
            Part::Target(id) => (PartKind::Target, Some(id.to_string())),
            Part::Activity(id) => (PartKind::Activity, Some(id.to_string())),
            Part::Member(id) => (PartKind::Member, Some(id.to_string())),
        };
        let said = |said: Option<Said>| said.as_ref().map(Said::words);
        Self { part, id, name: difference.name, words, before: said(difference.before), after: said(difference.after) }
    }
}

/// What changed, for the person whose plan it is: plain sentences in groups.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SummaryAnswer {
    /// The plan.
    plan: Id<Plan>,
    /// The version before.
    from: Version,
    /// The version now.
    to: Version,
    /// Groups that have something to say, in the order in which they are read.
    groups: Vec<Group>,
}

/// Sentences that belong together.
#[derive(Debug, Serialize, JsonSchema)]
struct Group {
    heading: &'static str,
    sentences: Vec<String>,
}

impl SummaryAnswer {
    /// A summary of what changed from one version to the other.
    pub fn of(before: &Plan, now: &Plan, summary: &Summary) -> Self {
        let groups = summary
            .groups()
            .filter(|(_, sentences)| !sentences.is_empty())
            .map(|(heading, sentences)| Group { heading, sentences: sentences.to_vec() })
            .collect();
        Self { plan: now.id, from: before.version, to: now.version, groups }
    }
}
