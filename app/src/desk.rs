//! What the pages of one launch ask for, and what they are given.
//!
//! The server puts an `Arc<dyn LaunchDesk>` into the context of each page and server function of a launch. Pages know
//! no storage, no HTTP and no tokens; the browser names an item of its launch, never an address or a foreign id.

mod keeps;
pub mod kept;
pub mod shared_plan;
pub mod sharing;
mod sighting;

pub use fhir::GoalFields;
pub use keeps::{Keeps, NotKept};
pub use sighting::Sighting;

use std::sync::Arc;
use std::time::Duration;

use access::{LaunchId, Viewer};
use async_trait::async_trait;
use care_plan::plan::ItemId;
use care_plan::snapshot::Source;
use care_plan::{ConsolidatedPlan, Snapshot};
use fhir::{ResourceKey, SourceId};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::unsettled::Unsettled;
use crate::who::Ties;

/// Everything the pages of one launch may ask for. Lives as long as one request; the launch's session was checked before.
#[async_trait]
pub trait LaunchDesk: Send + Sync {
    /// The launch, as it stands in the path.
    fn launch(&self) -> &LaunchId;
    /// The source that the launch was made from: its Patient says whose plan this is (smart-launch C5).
    fn home(&self) -> SourceId;
    /// The user.
    fn viewer(&self) -> &Viewer;
    /// Name of the organisation that runs this.
    fn tenant_name(&self) -> &str;
    /// The present moment. *Today* is the day it falls on in [`LaunchDesk::time_zone`].
    fn now(&self) -> Timestamp;
    /// The tenant's time zone.
    fn time_zone(&self) -> &TimeZone;
    /// False where the EHR around us shows the patient banner itself (`need_patient_banner: false`): ours is then compact.
    fn needs_banner(&self) -> bool;
    /// The tenant's registered sources, in the order of the configuration.
    fn sources(&self) -> Vec<RegisteredSource>;

    /// What came of looking for the person at a source where the organisation itself is registered; `None` where nobody
    /// looked, or the person is known there.
    fn sighting(&self, _source: &SourceId) -> Option<Sighting> {
        None
    }
    /// True where the launch was opened from the panel, so that there is a way back to it.
    fn is_from_panel(&self) -> bool {
        false
    }

    /// Whether there is a shared plan to go to.
    fn shared_plan(&self) -> shared_plan::SharedPlanDoor {
        shared_plan::SharedPlanDoor::None
    }

    /// What people settled and edited here, as it was read last.
    fn kept(&self) -> kept::Kept {
        kept::Kept::default()
    }

    /// What has been read until now, without waiting.
    fn glance(&self) -> Picture;
    /// The picture as soon as [`LaunchDesk::home`] has said who the person is, or cannot any more, or the budget is used up.
    async fn person(&self, budget: Duration) -> Picture;
    /// The picture as soon as no source is pending, or the budget is used up, whichever is first.
    async fn picture(&self, budget: Duration) -> Picture;

    /// One goal as its edit form needs it; `None` where the plan has no such goal.
    async fn goal(&self, item: &ItemId) -> Option<GoalSheet>;
    /// Writes the changes of a goal form to the source that owns the goal. A refusal is an answer, not an error.
    async fn save_goal(&self, form: GoalForm) -> GoalAnswer;
    /// Starts reading a source once more; false where that is not possible.
    async fn retry(&self, source: &SourceId) -> bool;
    /// Which Patients are known to be this person's, and how.
    async fn ties(&self) -> Ties {
        Ties::default()
    }
    /// Shared plans of which nobody knows whose they are.
    async fn unsettled(&self) -> Unsettled {
        Unsettled::default()
    }
    /// What a form posted without script was told, kept for this launch under a ticket.
    async fn answer(&self, ticket: &str) -> Option<Answer>;
}

/// One state of the reading, consolidated.
#[derive(Debug, Clone, Default)]
pub struct Picture {
    /// Counts up with every change; what the event stream announces.
    pub revision: u64,
    /// Sources whose reading is under way.
    pub pending: usize,
    /// The plan.
    pub plan: Arc<ConsolidatedPlan>,
    /// What the plan was made of, with the state of every source.
    pub snapshot: Arc<Snapshot>,
}

/// A registered source, and where signing in there begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredSource {
    /// Id, name and badge.
    pub source: Source,
    /// Address that begins a standalone launch there for this launch, such as `/l/…/connect/valley-ehr`; `None` where
    /// the source allows no standalone launch.
    pub connect: Option<String>,
}

/// A goal as its edit form needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalSheet {
    /// The item in the plan.
    pub item: ItemId,
    /// One entry for each target of each of its resources, in the order of `Item::members`, then of `Goal.target`; a
    /// resource without targets has one entry too.
    pub members: Vec<GoalMember>,
}

/// One resource of a goal and one of its targets, at the source that owns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalMember {
    /// Its name in forms: [`member_name`] of its key.
    pub name: String,
    /// The source that owns it, and where a change is saved.
    pub source: Source,
    /// Version that was read, as `If-Match` wants it.
    pub version: Option<String>,
    /// What it says now, for the target named by `target`.
    pub base: GoalFields,
    /// Position in `Goal.target` that the form edits; 0 where the goal has no target.
    pub target: usize,
    /// False where the goal has no target: then there is no value and no due date to change.
    pub has_target: bool,
    /// What the target measures, in words, where it says so.
    pub measure: Option<String>,
    /// Unit of the target value, for the label.
    pub unit: Option<String>,
    /// Sentence that says why the source takes no change; `None` where it does.
    pub locked: Option<String>,
    /// Whether an edit that the source does not take can be kept in the shared plan, beside what the source says.
    pub keeps: Keeps,
}

/// A goal form as it was posted. Empty texts are `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoalForm {
    /// The goal's item.
    pub item: String,
    /// [`GoalMember::name`].
    pub member: String,
    /// [`GoalMember::target`].
    pub target: usize,
    /// Version the form was drawn from.
    pub version: Option<String>,
    /// What the form was drawn from.
    pub base: GoalFields,
    /// What the user wants.
    pub mine: GoalFields,
    /// A progress note to add.
    pub note: Option<String>,
    /// Where it is saved, as the form named it.
    pub place: SavePlace,
    /// Version of the overlay that the form was drawn beside.
    pub overlay: Option<String>,
    /// Why, for an edit that is kept in the shared plan.
    pub reason: Option<String>,
}

/// Where a goal form is saved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SavePlace {
    /// At the source that owns the goal.
    #[default]
    AtSource,
    /// In the shared plan, beside the goal; the source is not changed.
    InSharedPlan,
}

impl SavePlace {
    /// The word in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::AtSource => "source",
            Self::InSharedPlan => "shared-plan",
        }
    }

    /// Reads the word; anything else is the source, which has its own say.
    pub fn parse(code: &str) -> Self {
        if code == Self::InSharedPlan.code() { Self::InSharedPlan } else { Self::AtSource }
    }
}

/// What became of a goal form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum GoalAnswer {
    /// Written, read back and found as wanted.
    Saved {
        /// Where.
        source_name: String,
        /// The new version, where the source says one.
        version: Option<String>,
        /// What the user should know besides, each a sentence; empty where the source holds exactly what was sent.
        #[serde(default)]
        warnings: Vec<String>,
    },
    /// Kept in the shared plan; the source is not changed.
    Kept {
        /// Which source.
        source_name: String,
    },
    /// The source does not take such a change; nothing was written.
    NotTaken {
        /// Which source.
        source_name: String,
        /// A sentence for the user.
        why: String,
    },
    /// The form says what the source has already.
    NothingToChange,
    /// Somebody else changed it meanwhile; nothing was written.
    Conflict {
        /// What the form was drawn from.
        base: GoalFields,
        /// What the source has now.
        theirs: GoalFields,
        /// What the user wants.
        mine: GoalFields,
        /// The source's version now.
        version: Option<String>,
        /// Where.
        source_name: String,
    },
    /// The form cannot be taken as it is.
    Refused {
        /// Name of the field: `achievement`, `target_value`, `due` or `note`; `None` for the form as a whole.
        field: Option<String>,
        /// A sentence for the user.
        why: String,
    },
    /// Sent, but nobody knows whether it arrived.
    Unclear {
        /// A sentence for the user.
        why: String,
    },
    /// Not written.
    Failed {
        /// A sentence for the user.
        why: String,
    },
}

/// What a form was told, and what had been typed into it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Last segment of the server function's path, such as `save_goal`.
    pub function: String,
    /// Body of the function's answer, JSON such as a [`GoalAnswer`]; `None` where it failed.
    pub said: Option<String>,
    /// Fields and values as posted.
    pub typed: Vec<(String, String)>,
}

impl Answer {
    /// The typed answer, where it is one of this function and of this shape.
    pub fn of<T: for<'de> Deserialize<'de>>(&self, function: &str) -> Option<T> {
        let said = self.said.as_deref().filter(|_| self.function == function)?;
        serde_json::from_str(said).ok()
    }

    /// True where a field that may come several times was sent with this value.
    pub fn chose(&self, field: &str, value: &str) -> bool {
        self.typed.iter().any(|(name, typed)| name == field && typed == value)
    }

    /// What was typed into a field; `None` where the form had no such field.
    pub fn typed(&self, field: &str) -> Option<&str> {
        self.typed.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }
}

/// Addresses of the built files, with the hash of their content in the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    /// Style sheet, such as `/pkg/accord.1f2e.css`.
    pub css: String,
    /// JavaScript half of the module.
    pub js: String,
    /// WASM half of the module.
    pub wasm: String,
    /// The start script.
    pub start: String,
}

/// When the browser's session ends if nothing more is used, by context; a page outside of a session has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionEnd {
    /// Seconds until then, as the server counts: the browser's own clock may be wrong.
    pub left: u32,
    /// Seconds before the end at which the user is warned.
    pub warned_before: u32,
    /// The same moment on the tenant's wall clock.
    pub at: jiff::civil::Time,
    /// False where it has come to its last end, which nobody puts off.
    pub extendable: bool,
}

/// Name of an item's member in a form.
///
/// Not the position, which shifts when a late source joins the item; not the source's id, which is none of the
/// browser's business. The same key has the same name in every process (FNV-1a, 64 bits).
pub fn member_name(key: &ResourceKey) -> String {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    format!("m{:016x}", key.to_string().bytes().fold(0xcbf2_9ce4_8422_2325, step))
}
