//! What an event tells of the state of things: codes, ids and days, so that a consumer can count without asking.

use serde::{Deserialize, Serialize};

use crate::plan::Period;

/// What an event tells beside what happened, as it is after it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Code of how far the goal is reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub achievement: Option<String>,
    /// Code of where the plan's review stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
    /// The member of the plan's team who is to do the activity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assigned: Option<String>,
    /// What the codes were before; `None` where the thing is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Before>,
    /// The days of the part: of a goal from its start to the latest day of its targets.
    #[serde(default, skip_serializing_if = "is_open")]
    pub period: Period,
    /// The days of the plan.
    #[serde(default, skip_serializing_if = "is_open")]
    pub plan_period: Period,
    /// The version of the programme that the plan follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme_version: Option<String>,
    /// True where something that was told before was wrong, and nothing happened to the person.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub correction: bool,
}

/// The codes before something happened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// Of the state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Of how far the goal was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub achievement: Option<String>,
    /// Of where the plan's review stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
}

/// True where a period has neither end.
pub fn is_open(period: &Period) -> bool {
    *period == Period::default()
}
