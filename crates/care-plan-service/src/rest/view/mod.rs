//! What is answered. A plan's parts come with the plan's id and version: it is the plan that is changed, and whose version
//! every write carries.

mod difference;
mod entry;
mod found;
mod part;
mod plan;
mod version;

pub use difference::{Comparison, SummaryAnswer};
pub use entry::{ConcernList, DecisionList, OverlayList, entry, saved_entry};
pub use found::{FoundActivities, FoundActivity, FoundGoal, FoundGoals};
pub use part::{ActivityAnswer, ActivityList, GoalAnswer, GoalList, TeamAnswer};
pub use plan::{PlanAnswer, PlanList, PlanSummary};
pub use version::VersionList;
