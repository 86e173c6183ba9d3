//! A document that the caller was told of, and the resources that it shows.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::sync::Arc;

use access::PersonId;
use fhir_server::Version as Tag;
use jiff::Timestamp;
use serde_json::Value;
use shared_plan::concern::Concern;
use shared_plan::fhir::{
    Bases, ResourceKind, Spoken, care_plan_speaking, care_team, condition, goal, service_request, task,
};
use shared_plan::plan::{Activity, Goal, Plan, Pointed};
use shared_plan::ports::{Document, Kind};
use shared_plan::{ContentError, Id, Kept, Version};

use super::answer::Tagged;

/// A document, read.
#[derive(Debug)]
pub(super) struct Held {
    /// The document without its content.
    pub(super) document: Document,
    content: Content,
    tagged: Tagged,
    spoken: Spoken,
}

#[derive(Debug)]
enum Content {
    Plan(Box<Plan>),
    Concern(Box<Concern>),
}

/// A resource as it is shown.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// Its type.
    pub(super) kind: ResourceKind,
    /// Its id.
    pub(super) id: String,
    /// Version and time of change; none of what has no versions.
    pub(super) stamp: Option<(Tag, Timestamp)>,
    /// By what it is told from other answers about it.
    pub(super) tagged: Tagged,
    /// The resource.
    pub(super) resource: Arc<Value>,
}

impl Held {
    /// Reads a document of a plan or a concern.
    pub(super) fn read(mut document: Document) -> Result<Self, ContentError> {
        let content = match document.key.kind {
            Kind::Concern => {
                let mut concern = Concern::from_document(&document)?;
                // It keeps when it was said; a resource says when it was changed last, by whatever.
                concern.at = document.at;
                Content::Concern(Box::new(concern))
            }
            Kind::Plan | Kind::Overlay | Kind::Decision => Content::Plan(Box::new(Plan::from_document(&document)?)),
        };
        document.content = Vec::new();
        Ok(Self { document, content, tagged: Tagged::ByVersion, spoken: Spoken::WHOLE })
    }

    /// What it points at that is kept here and is no part of it.
    pub(super) fn pointed(&self) -> BTreeSet<Pointed> {
        match &self.content {
            Content::Plan(plan) => plan.pointed().into_iter().map(|(_, pointed)| pointed).collect(),
            Content::Concern(_) => BTreeSet::new(),
        }
    }

    /// Lets it point nowhere where that is not of the same person: it was somebody else's word, or is by now. Its version
    /// stays, so from then on it is told by what it says.
    pub(super) fn leave_out(&mut self, others: &BTreeSet<Pointed>) {
        if let (Content::Plan(plan), false) = (&mut self.content, others.is_empty()) {
            plan.keep_pointed(&mut |_, pointed| !others.contains(pointed));
            self.tagged = Tagged::ByWords;
        }
    }

    /// Lets its CarePlan speak of these parts only.
    pub(super) fn speak_of(&mut self, spoken: Spoken) {
        self.spoken = spoken;
    }

    /// By what a resource of a type is told from other answers about it. One that is not told whole says something else to
    /// whoever may read more.
    fn tagged(&self, kind: ResourceKind) -> Tagged {
        match (&self.content, kind) {
            (Content::Plan(plan), ResourceKind::CarePlan) if self.spoken.leaves_out(plan) => Tagged::ByWords,
            _ => self.tagged,
        }
    }

    /// The person on whom it hangs.
    pub(super) fn person(&self) -> &PersonId {
        &self.document.person
    }

    /// Its resources of a type, in an order that stays: parts are added at the end and never leave.
    pub(super) fn shown(&self, kind: ResourceKind, bases: Bases<'_>) -> Vec<Shown> {
        let all: Vec<Shown> = match (&self.content, kind) {
            (Content::Plan(plan), ResourceKind::Goal) => {
                plan.goals.iter().map(|one| of_goal(one, plan, bases)).collect()
            }
            (Content::Plan(plan), ResourceKind::Task) => {
                plan.activities.iter().map(|one| of_activity(one, plan, bases)).collect()
            }
            (Content::Plan(plan), ResourceKind::ServiceRequest) => {
                plan.activities.iter().filter_map(|one| of_request(one, plan, bases)).collect()
            }
            (Content::Plan(plan), ResourceKind::CarePlan) => vec![of_plan(plan, self.spoken, bases)],
            (Content::Plan(plan), ResourceKind::CareTeam) => vec![of_team(plan, bases)],
            (Content::Concern(concern), ResourceKind::Condition) => vec![of_concern(concern, bases)],
            _ => Vec::new(),
        };
        all.into_iter().map(|shown| Shown { tagged: self.tagged(kind), ..shown }).collect()
    }

    /// One of its resources.
    pub(super) fn one(&self, kind: ResourceKind, id: &str, bases: Bases<'_>) -> Option<Shown> {
        let one = match (&self.content, kind) {
            (Content::Plan(plan), ResourceKind::Goal) => {
                Id::parse(id).and_then(|id| plan.goal(id)).map(|one| of_goal(one, plan, bases))
            }
            (Content::Plan(plan), ResourceKind::Task) => {
                Id::parse(id).and_then(|id| plan.activity(id)).map(|one| of_activity(one, plan, bases))
            }
            (Content::Plan(plan), ResourceKind::ServiceRequest) => {
                Id::parse(id).and_then(|id| plan.activity(id)).and_then(|one| of_request(one, plan, bases))
            }
            _ => self.shown(kind, bases).into_iter().find(|shown| shown.id == id),
        };
        one.map(|shown| Shown { tagged: self.tagged(kind), ..shown })
    }

    /// Version and time of change of one of its resources. A CarePlan and its CareTeam carry those of the plan; a
    /// ServiceRequest those of its activity, also in versions in which that asked for no service.
    pub(super) fn stamp(&self, kind: ResourceKind, id: &str) -> Option<(Version, Timestamp)> {
        match (&self.content, kind) {
            (Content::Plan(plan), ResourceKind::CarePlan) => {
                (plan.id.to_string() == id).then_some((plan.version, plan.at))
            }
            (Content::Plan(plan), ResourceKind::CareTeam) => {
                (plan.team.id.to_string() == id).then_some((plan.version, plan.at))
            }
            (Content::Plan(plan), ResourceKind::Goal) => {
                Id::parse(id).and_then(|id| plan.goal(id)).map(|one| (one.version, one.at))
            }
            (Content::Plan(plan), ResourceKind::Task | ResourceKind::ServiceRequest) => {
                Id::parse(id).and_then(|id| plan.activity(id)).map(|one| (one.version, one.at))
            }
            (Content::Concern(concern), ResourceKind::Condition) => {
                (concern.id.to_string() == id).then_some((concern.version, concern.at))
            }
            _ => None,
        }
    }
}

fn of_plan(plan: &Plan, spoken: Spoken, bases: Bases<'_>) -> Shown {
    shown(ResourceKind::CarePlan, plan.id, (plan.version, plan.at), care_plan_speaking(spoken, plan, bases))
}

fn of_team(plan: &Plan, bases: Bases<'_>) -> Shown {
    shown(ResourceKind::CareTeam, plan.team.id, (plan.version, plan.at), care_team(plan, bases))
}

fn of_goal(one: &Goal, plan: &Plan, bases: Bases<'_>) -> Shown {
    shown(ResourceKind::Goal, one.id, (one.version, one.at), goal(one, &plan.person, bases))
}

fn of_activity(one: &Activity, plan: &Plan, bases: Bases<'_>) -> Shown {
    shown(ResourceKind::Task, one.id, (one.version, one.at), task(one, plan, bases))
}

fn of_request(one: &Activity, plan: &Plan, bases: Bases<'_>) -> Option<Shown> {
    let resource = service_request(one, plan, bases)?;
    Some(shown(ResourceKind::ServiceRequest, one.id, (one.version, one.at), resource))
}

fn of_concern(one: &Concern, bases: Bases<'_>) -> Shown {
    shown(ResourceKind::Condition, one.id, (one.version, one.at), condition(one, bases))
}

fn shown(kind: ResourceKind, id: impl Display, (version, at): (Version, Timestamp), resource: Value) -> Shown {
    let stamp = Some((Tag(version.0), at));
    Shown { kind, id: id.to_string(), stamp, tagged: Tagged::ByVersion, resource: Arc::new(resource) }
}

/// True for a type that carries the version of its whole document.
pub(super) fn is_whole(kind: ResourceKind) -> bool {
    match kind {
        ResourceKind::CarePlan | ResourceKind::CareTeam | ResourceKind::Condition => true,
        ResourceKind::Goal
        | ResourceKind::Task
        | ResourceKind::ServiceRequest
        | ResourceKind::Provenance
        | ResourceKind::Patient => false,
    }
}
