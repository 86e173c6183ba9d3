//! What the pages of the shared plan show, and what their forms are told.

mod choices;
mod command;
mod directory;
mod late;

use access::Operation;
use serde::{Deserialize, Serialize};
use shared_plan::plan::Plan;
use shared_plan::ports::VersionHead;
use shared_plan::{Id, Version};

pub use choices::{measures, organisations, proposed_team};
pub use command::Command;
pub use directory::{Candidate, DirectoryLook, Found};
pub use late::{FormerFields, Forms, Held};
/// The id under which the shared plan is a source among others.
pub use shared_plan::fhir::OWN as SOURCE;

/// Whether a launch has a shared plan to go to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SharedPlanDoor {
    /// The organisation has the licence.
    Open,
    /// It has not any more: what is kept is read, nothing is started or changed, and the pages say so.
    ReadOnly,
    /// It has not, and nothing is kept of this person: nothing is started or changed, and the page says so.
    NotLicensed,
    /// There is no care plan service here.
    #[default]
    None,
}

impl SharedPlanDoor {
    /// True where there may be something to read.
    pub fn leads_somewhere(self) -> bool {
        matches!(self, Self::Open | Self::ReadOnly)
    }
}

/// What the viewer may do to shared plans; forms for anything else are not drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct May {
    /// Start and change plans.
    pub write: bool,
    /// Sign, and give back.
    pub sign: bool,
    /// Say that an activity was done, and write notes.
    pub report: bool,
    /// Say whether they support a goal.
    pub answer: bool,
    /// Say what concerns the person.
    pub concern: bool,
}

impl May {
    /// True where the command may be sent.
    pub fn send(self, command: Command) -> bool {
        match command.operation() {
            Operation::WriteSharedPlan => self.write,
            Operation::SignSharedPlan => self.sign,
            Operation::ReportProgress => self.report,
            Operation::AnswerGoal => self.answer,
            Operation::AddConcern => self.concern,
            _ => false,
        }
    }
}

/// The shared plans of a person.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlansSheet {
    /// Whether there may be any.
    pub door: SharedPlanDoor,
    /// What the viewer may do.
    pub may: May,
    /// The plans, those in force first.
    pub plans: Vec<Plan>,
}

/// One shared plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanSheet {
    /// Whether it may be changed at all.
    pub door: SharedPlanDoor,
    /// What the viewer may do.
    pub may: May,
    /// The plan as it is now.
    pub plan: Plan,
    /// What its newest versions changed, newest first.
    pub steps: Vec<Step>,
    /// For the person: what changed since the version that was approved before, by headings.
    pub summary: Vec<(&'static str, Vec<String>)>,
    /// What was changed since a form was drawn that came too late, in words.
    pub meanwhile: Vec<String>,
    /// The plan as such a form was drawn from it.
    pub base: Option<Box<Plan>>,
    /// How the forms of the page are drawn.
    pub forms: Forms,
}

/// One version and what it changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Which, who, when and why.
    pub head: VersionHead,
    /// What it changed, each a sentence; empty for the first.
    pub changes: Vec<String>,
}

/// The versions of a plan, and two of them compared.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionsSheet {
    /// The plan.
    pub plan: Id<Plan>,
    /// Its title now.
    pub title: String,
    /// All versions, newest first.
    pub versions: Vec<VersionHead>,
    /// The two that are compared.
    pub compared: Option<Compared>,
}

/// Two versions compared in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The older.
    pub from: Version,
    /// The newer.
    pub to: Version,
    /// What differs, each a sentence.
    pub changes: Vec<String>,
}

/// A part of a plan, or one that is about to be added.
#[derive(Debug, PartialEq, Eq)]
pub enum Part<T: ?Sized> {
    /// To be added.
    New,
    /// This one.
    Known(Id<T>),
}

impl<T: ?Sized> Clone for Part<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Part<T> {}

impl<T: ?Sized> Part<T> {
    /// Reads the word in an address.
    pub fn parse(word: &str) -> Option<Self> {
        if word == "new" { Some(Self::New) } else { Id::parse(word).map(Self::Known) }
    }
}

/// What a form of the shared plan was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlanAnswer {
    /// It is kept as this version.
    Saved {
        /// The plan's version now.
        version: Version,
    },
    /// The plan said this already.
    Unchanged,
    /// Somebody else was first; nothing was changed.
    Stale {
        /// The version that the form was drawn from.
        seen: Version,
        /// The version now.
        now: Version,
    },
    /// Some fields cannot stand as they are.
    Refused {
        /// Name of each field with a sentence.
        problems: Vec<(String, String)>,
    },
    /// The plan does not allow it in its state.
    NotNow {
        /// A sentence.
        why: String,
    },
    /// The organisation has no licence.
    NotLicensed,
    /// It was not carried out, for a reason on our side.
    Failed {
        /// A sentence.
        why: String,
    },
}
