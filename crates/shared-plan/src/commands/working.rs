//! A plan while a command works on it.

use access::Randomness;
use jiff::Timestamp;
use jiff::civil::Date;

use super::happened::{Happened, Of};
use super::{Refusal, check};
use crate::plan::{Activity, Goal, Plan};
use crate::ports::{Commit, Once};
use crate::{Event, EventKind, Id, Kept, Version, Who};

/// Who acts, when and why; and the randomness for new ids.
#[derive(Clone, Copy)]
pub struct Act<'a> {
    /// Who.
    pub by: &'a Who,
    /// When.
    pub at: Timestamp,
    /// Which day that is in the tenant's time zone.
    pub today: Date,
    /// Why, in their words.
    pub reason: Option<&'a str>,
    /// For the ids of new parts.
    pub random: &'a dyn Randomness,
}

impl Act<'_> {
    /// A new id.
    pub fn fresh<T: ?Sized>(&self) -> Id<T> {
        let mut bits = [0; 16];
        self.random.fill(&mut bits);
        Id::from_random(bits)
    }
}

/// A plan after a command, with what others are told.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// The plan as it is now.
    pub plan: Plan,
    /// The version from which it was changed; `None` for a new plan.
    pub seen: Option<Version>,
    /// Who did it.
    pub by: Who,
    /// Why.
    pub reason: Option<String>,
    /// What others are told, in this order.
    pub happened: Vec<Happened>,
}

impl Changed {
    /// The change as it is kept: the document, its events with ids of their own, the days to watch.
    pub fn commit(&self, random: &dyn Randomness, once: Option<Once>) -> Commit {
        commit_of(&self.plan, self.seen, (&self.by, self.reason.as_ref()), &self.happened, random, once)
    }
}

/// A change of anything as it is kept.
pub(crate) fn commit_of<K: Kept>(
    now: &K,
    seen: Option<Version>,
    (by, reason): (&Who, Option<&String>),
    happened: &[Happened],
    random: &dyn Randomness,
    once: Option<Once>,
) -> Commit {
    let document = now.to_document(by.clone(), reason.cloned());
    let event = |(happened, index): (&Happened, u32)| {
        let mut bits = [0; 16];
        random.fill(&mut bits);
        Event {
            id: Id::from_random(bits),
            what: happened.what,
            tenant: document.key.tenant.clone(),
            person: document.person.clone(),
            kind: K::KIND,
            document: document.key.id.clone(),
            version: document.version,
            index,
            part: happened.part.clone(),
            programme: now.programme(),
            state: happened.state.map(str::to_owned),
            facts: Some(happened.facts.clone()),
            at: document.at,
        }
    };
    let events = happened.iter().zip(0..).map(event).collect();
    Commit { document, seen, parts: now.parts(), dues: now.dues(), events, once }
}

/// A copy of a plan that a command may change.
pub(super) struct Working<'a> {
    pub(super) plan: Plan,
    pub(super) act: &'a Act<'a>,
    before: Plan,
    told: Vec<(EventKind, Of)>,
    corrects: bool,
}

impl<'a> Working<'a> {
    /// Takes up an open plan.
    pub(super) fn open(plan: &Plan, act: &'a Act<'a>) -> Result<Self, Refusal> {
        if plan.status.is_closed() {
            return Err(Refusal::Closed);
        }
        check::reason(act)?;
        Ok(Self::any(plan, act))
    }

    /// Takes up a plan, closed ones too.
    pub(super) fn any(plan: &Plan, act: &'a Act<'a>) -> Self {
        Self { before: plan.clone(), plan: plan.clone(), act, told: Vec::new(), corrects: false }
    }

    pub(super) fn goal(&mut self, id: Id<Goal>) -> Result<&mut Goal, Refusal> {
        self.plan.goals.iter_mut().find(|goal| goal.id == id).ok_or(Refusal::NoSuchPart { part: "goal" })
    }

    pub(super) fn activity(&mut self, id: Id<Activity>) -> Result<&mut Activity, Refusal> {
        let found = self.plan.activities.iter_mut().find(|activity| activity.id == id);
        found.ok_or(Refusal::NoSuchPart { part: "activity" })
    }

    /// Notes what others are told.
    pub(super) fn tell(&mut self, what: EventKind, of: Of) {
        self.told.push((what, of));
    }

    /// Says that what is told puts right what was told before.
    pub(super) fn corrects(&mut self) {
        self.corrects = true;
    }

    /// Counts the change of a goal.
    pub(super) fn touch_goal(&mut self, id: Id<Goal>) {
        let at = self.act.at;
        if let Some(goal) = self.plan.goals.iter_mut().find(|goal| goal.id == id) {
            (goal.version, goal.at) = (goal.version.next(), at);
        }
    }

    /// Counts the change of an activity.
    pub(super) fn touch_activity(&mut self, id: Id<Activity>) {
        let at = self.act.at;
        if let Some(activity) = self.plan.activities.iter_mut().find(|activity| activity.id == id) {
            (activity.version, activity.at) = (activity.version.next(), at);
        }
    }

    /// Counts the change of the team.
    pub(super) fn touch_team(&mut self) {
        self.plan.team.version = self.plan.team.version.next();
        self.plan.team.at = self.act.at;
    }

    /// Ends a command that changed what the plan says: signatures are void.
    pub(super) fn revised(mut self) -> Changed {
        self.plan.review.content_changed();
        self.done()
    }

    /// Ends a command.
    pub(super) fn done(mut self) -> Changed {
        self.plan.version = self.before.version.next();
        self.plan.at = self.act.at;
        self.contributed();
        let told = self.told.iter().map(|(what, of)| {
            let mut happened = Happened::to(Some(&self.before), &self.plan, *what, *of);
            happened.facts.correction |= self.corrects;
            happened
        });
        Changed {
            happened: told.collect(),
            seen: Some(self.before.version),
            plan: self.plan,
            by: self.act.by.clone(),
            reason: self.act.reason.map(str::to_owned),
        }
    }

    fn contributed(&mut self) {
        let same = |who: &Who| match (&who.user, &self.act.by.user) {
            (Some(known), Some(user)) => known == user,
            _ => who == self.act.by,
        };
        let known = same(&self.plan.author) || self.plan.contributors.iter().any(same);
        if !known && self.act.by.role.is_some() {
            self.plan.contributors.push(self.act.by.clone());
        }
    }
}
