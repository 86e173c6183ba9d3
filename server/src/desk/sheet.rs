//! What the forms of a goal are drawn from: what each source says, and where a change can be saved.

use ::shared_plan::overlay::{Overlay, OverlayStatus};
use access::Role;
use app::desk::shared_plan::{SOURCE, SharedPlanDoor};
use app::desk::{GoalFields, GoalMember, GoalSheet, Keeps, LaunchDesk, NotKept, member_name};
use care_plan::plan::{Confidentiality, Item, ItemId};
use care_plan::snapshot::Record;
use fhir::ResourceKey;

use super::Desk;
use crate::shared_plan;

impl Desk {
    /// What the page of a goal shows of it: an entry for each resource and each of its targets.
    pub(super) fn sheet(&self, item: &ItemId) -> Option<GoalSheet> {
        let picture = self.glance();
        let goal = picture.plan.goals.iter().find(|goal| &goal.item.id == item)?;
        let Item { id, members, .. } = &goal.item;
        Some(GoalSheet {
            item: id.clone(),
            members: members.iter().flat_map(|member| self.members(&member.key)).collect(),
        })
    }

    /// A goal's resource as forms show it: an entry for each of its targets, one where it has none.
    pub(super) fn members(&self, key: &ResourceKey) -> Vec<GoalMember> {
        let snapshot = self.room.reading.snapshot();
        let (Some(record), Some(resource)) = (snapshot.record(&key.source), snapshot.resource(key)) else {
            return Vec::new();
        };
        let goal: fhir::Goal = resource.read();
        let locked = self.locked(record, &goal);
        let entry = |index: usize| {
            let target = goal.target.get(index);
            let quantity = target.and_then(fhir::GoalTarget::quantity);
            let measure = target.and_then(|target| target.measure.as_ref()).and_then(|measure| measure.label());
            GoalMember {
                name: member_name(key),
                source: record.source.clone(),
                version: resource.version().map(ToOwned::to_owned),
                base: GoalFields::read(resource, index),
                target: index,
                has_target: target.is_some(),
                measure: measure.map(ToOwned::to_owned),
                unit: quantity.and_then(|quantity| quantity.unit.clone().0.or_else(|| quantity.code.clone().0)),
                locked: locked.clone(),
                keeps: self.keeps(key, index, &goal),
            }
        };
        (0..goal.target.len().max(1)).map(entry).collect()
    }

    /// Why a goal of this source takes no change, said before anyone types.
    fn locked(&self, record: &Record, goal: &fhir::Goal) -> Option<String> {
        let (name, id) = (&record.source.name, record.source.id.as_str());
        if id == SOURCE {
            return Some("This goal is one of the shared plan, where it is changed.".to_owned());
        }
        if !shared_plan::may_change_goals(&self.room) {
            return Some(
                "As a carer you read goals here; they are changed by the person and those who treat them.".to_owned(),
            );
        }
        let config = self.server.config.source(id)?;
        if !config.writes.iter().any(|kind| kind == "Goal") {
            return Some(format!("{name} takes no changes of goals from here."));
        }
        if !self.room.may(id, "Goal", 'u') {
            return Some(format!("{name} has not permitted you to change goals."));
        }
        let offered = self.room.reading.server(&record.source.id).and_then(|server| server.known_capability());
        if let Some(stated) = offered.as_ref().filter(|stated| !stated.is_r4()) {
            return Some(format!("{name} speaks FHIR {}, which is only read here.", stated.fhir_version));
        }
        if offered.is_some_and(|capability| !capability.types.is_empty() && !capability.can("Goal", "update")) {
            return Some(format!("The server of {name} takes no changes of goals."));
        }
        (goal.lifecycle_status.as_deref() == Some("entered-in-error"))
            .then(|| format!("At {name} this goal is marked as entered in error."))
    }

    /// Whether an edit of a target of this goal can be kept in the shared plan. What a source labels as confidential is not
    /// copied there, and what was entered in error is not wanted otherwise.
    fn keeps(&self, key: &ResourceKey, target: usize, goal: &fhir::Goal) -> Keeps {
        let kept = self.kept();
        let is_meant = key.source.as_str() != SOURCE && goal.lifecycle_status.as_deref() != Some("entered-in-error");
        let plan = self.glance().plan;
        let mut members = plan.goals.iter().flat_map(|goal| &goal.item.members);
        let is_normal = members.any(|one| one.key == *key && one.confidentiality == Confidentiality::Normal);
        let is_standing = |overlay: &&Overlay| overlay.status == OverlayStatus::Standing;
        let is_own = |overlay: &Overlay| matches!(overlay.by.role, Some(Role::Patient | Role::Carer));
        let is_theirs = kept.on_key(key, target).filter(is_standing).is_some_and(|overlay| !is_own(overlay));
        let reasons = [
            (is_meant, NotKept::NotMeant),
            (self.shared_plan() == SharedPlanDoor::Open, NotKept::NotLicensed),
            (kept.may_edit, NotKept::Role),
            (kept.is_read, NotKept::NotRead),
            (is_normal, NotKept::Labelled),
            (!kept.waiting.is_on(key, target), NotKept::Waits),
            (kept.may_write || !is_theirs, NotKept::OfTheTeam),
        ];
        reasons.into_iter().find(|(is_so, _)| !is_so).map_or(Keeps::Yes, |(_, why)| Keeps::No(why))
    }

    /// The member that a form names, looked up in this launch's own plan.
    pub fn named(&self, item: &str, member: &str) -> Option<ResourceKey> {
        let picture = self.glance();
        let goal = picture.plan.goals.iter().find(|goal| goal.item.id.0 == item)?;
        goal.item.members.iter().map(|found| &found.key).find(|key| member_name(key) == member).cloned()
    }
}
