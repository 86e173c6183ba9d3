//! The plan as a document of its store.

use access::PersonId;
use jiff::Timestamp;

use crate::kept::{ContentError, Head, Kept};
use crate::plan::{Plan, PlanStatus, Pointed};
use crate::ports::{Document, Due, DueKind, Key, Kind, PartKey};
use crate::{Version, Who};

impl Kept for Plan {
    const KIND: Kind = Kind::Plan;

    fn head(&self) -> Head<'_> {
        Head {
            id: self.id.to_string(),
            tenant: &self.tenant,
            person: &self.person,
            version: self.version,
            at: self.at,
            status: self.status.code(),
        }
    }

    fn hang_on(&mut self, person: PersonId, version: Version, at: Timestamp) {
        self.person = person;
        let settled = version.0.saturating_sub(self.version.0);
        if settled == 0 {
            return;
        }
        (self.version, self.at) = (version, at);
        let goals = self.goals.iter_mut().map(|goal| (&mut goal.version, &mut goal.at));
        let activities = self.activities.iter_mut().map(|activity| (&mut activity.version, &mut activity.at));
        let team = std::iter::once((&mut self.team.version, &mut self.team.at));
        for (part, changed) in goals.chain(activities).chain(team) {
            (part.0, *changed) = (part.0 + settled, at);
        }
    }

    fn brought_up(&mut self) {
        self.ended();
    }

    fn parts(&self) -> Vec<PartKey> {
        Plan::parts(self)
    }

    fn dues(&self) -> Vec<Due> {
        Plan::dues(self)
    }

    fn pointed(&self) -> Vec<(String, Pointed)> {
        Plan::pointed(self)
    }

    fn programme(&self) -> Option<String> {
        Plan::programme(self).map(|programme| programme.canonical)
    }
}

impl Plan {
    /// Which document it is.
    pub fn key(&self) -> Key {
        Kept::key(self)
    }

    /// This version as it is kept.
    pub fn to_document(&self, by: Who, reason: Option<String>) -> Document {
        Kept::to_document(self, by, reason)
    }

    /// Reads what [`Plan::to_document`] made.
    ///
    /// # Errors
    /// The content is not a plan.
    pub fn from_document(document: &Document) -> Result<Self, ContentError> {
        Kept::from_document(document)
    }

    /// Every part with an id of its own.
    pub fn parts(&self) -> Vec<PartKey> {
        let goals = self.goals.iter().map(|goal| PartKey { kind: "goal", id: goal.id.to_string() });
        let activities =
            self.activities.iter().map(|activity| PartKey { kind: "activity", id: activity.id.to_string() });
        let team = PartKey { kind: "team", id: self.team.id.to_string() };
        goals.chain(activities).chain([team]).collect()
    }

    /// The days to watch. Time runs for a plan that is in force only.
    pub fn dues(&self) -> Vec<Due> {
        if self.status != PlanStatus::Active {
            return Vec::new();
        }
        let due = |what, part: String| move |day| Due { what, part, day };
        let goals = self.goals.iter().filter_map(|goal| goal.due().map(due(DueKind::GoalOverdue, goal.id.to_string())));
        let activities = self
            .activities
            .iter()
            .filter_map(|activity| activity.due().map(due(DueKind::ActivityOverdue, activity.id.to_string())));
        let review = self.review.next.map(due(DueKind::ReviewDue, self.id.to_string()));
        goals.chain(activities).chain(review).collect()
    }
}
