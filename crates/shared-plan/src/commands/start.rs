//! A plan is made.

use access::{PersonId, TenantId};

use super::check::{self, Problems};
use super::happened::Of;
use super::{Act, Changed, Happened, Refusal};
use crate::plan::{Member, MemberContent, Plan, PlanContent, PlanStatus, Review, Team};
use crate::{EventKind, Version};

/// What a new plan starts with. Goals and activities are added to it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPlan {
    /// The tenant.
    pub tenant: TenantId,
    /// Whose plan it is.
    pub person: PersonId,
    /// What it says.
    pub content: PlanContent,
    /// Its first team.
    pub members: Vec<MemberContent>,
}

/// Makes a draft.
///
/// # Errors
/// What cannot stand.
pub fn start(new: NewPlan, act: &Act<'_>) -> Result<Changed, Refusal> {
    let mut problems = Problems::of(None);
    problems.plan(&new.content);
    problems.many("/members", &new.members);
    for (at, member) in new.members.iter().enumerate() {
        problems.within(format!("/members/{at}"));
        problems.member(member);
    }
    problems.ok()?;
    check::reason(act)?;
    let members = new.members.into_iter().map(|content| Member { id: act.fresh(), content }).collect();
    let plan = Plan {
        id: act.fresh(),
        tenant: new.tenant,
        person: new.person,
        version: Version::FIRST,
        at: act.at,
        created: act.at,
        status: PlanStatus::Draft,
        status_reason: None,
        review: Review::new(),
        author: act.by.clone(),
        contributors: Vec::new(),
        content: new.content,
        goals: Vec::new(),
        activities: Vec::new(),
        team: Team { id: act.fresh(), version: Version::FIRST, at: act.at, members },
    };
    let happened = Happened::to(None, &plan, EventKind::PlanCreated, Of::Plan);
    Ok(Changed {
        plan,
        seen: None,
        by: act.by.clone(),
        reason: act.reason.map(str::to_owned),
        happened: vec![happened],
    })
}
