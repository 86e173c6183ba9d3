//! What the boxes of a form offer: what is current, and whatever is linked already.

use leptos::prelude::*;
use shared_plan::plan::{About, Goal, Plan};
use shared_plan::{Foreign, Id};

use super::form::Offer;
use super::goal_form::points_at;
use crate::desk::member_name;
use crate::desk::shared_plan::SOURCE;
use crate::parts::SourceBadge;
use crate::sections::Look;

/// The concerns that something may be for, each with the records that name it.
pub fn concerns(look: &Look, linked: &[About]) -> Vec<Offer> {
    let offer = |concern: &care_plan::plan::Concern| {
        let members = &concern.item.members;
        let is_linked = members.iter().any(|member| points_at(linked, &member.key));
        if !concern.is_current() && !is_linked {
            return None;
        }
        let badges = look.badges(members.iter().map(|member| &member.key.source));
        let badges = badges.into_iter().map(|badge| view! { " "<SourceBadge badge/> }).collect_view();
        let names = members.iter().map(|member| member_name(&member.key)).collect();
        Some(Offer::new(names, view! { {concern.item.title.clone()}{badges} }, is_linked))
    };
    look.plan().concerns.iter().filter_map(offer).collect()
}

/// The plans at sources whose place a plan may take.
pub fn plans(look: &Look, linked: &[Foreign]) -> Vec<Offer> {
    let theirs = look.plan().plans.iter().filter(|plan| plan.key.source.as_str() != SOURCE);
    let offer = |plan: &care_plan::plan::PlanHeader| {
        let is_linked = linked.iter().any(|known| {
            known.source == plan.key.source.as_str() && known.kind == plan.key.kind && known.id == plan.key.id
        });
        if !plan.is_current() && !is_linked {
            return None;
        }
        let badge = look.badge(&plan.key.source);
        let words = view! { {plan.title.clone()}" "<SourceBadge badge/> };
        Some(Offer::new(vec![member_name(&plan.key)], words, is_linked))
    };
    theirs.filter_map(offer).collect()
}

/// The goals of a plan that an activity may serve.
pub fn goals(plan: &Plan, linked: &[Id<Goal>]) -> Vec<Offer> {
    let offer = |goal: &Goal| {
        let is_linked = linked.contains(&goal.id);
        let words = goal.content.description.title().to_owned();
        (is_linked || goal.status.is_open()).then(|| Offer::new(vec![goal.id.to_string()], words, is_linked))
    };
    plan.goals.iter().filter_map(offer).collect()
}
