//! CareTeam, by the MCC profile.

use serde_json::{Value, json};

use super::ResourceKind;
use super::care_plan::meta;
use super::concept::{code, concept, period};
use super::element::Element;
use super::reference::{Bases, everywhere, subject};
use crate::plan::{Member, MemberContent, Plan, PlanStatus};

const PROFILE: &str = "http://hl7.org/fhir/us/mcc/StructureDefinition/MCCCareTeam";

/// The team of a plan. It is at work as long as the plan is, and carries the plan's version.
pub fn care_team(plan: &Plan, bases: Bases<'_>) -> Value {
    let participants: Vec<Value> = plan.team.members.iter().flat_map(|member| participants(member, bases)).collect();
    // The profile wants somebody in it.
    let profile = Some(PROFILE).filter(|_| !participants.is_empty());
    let custodian = plan.content.custodian.as_ref().filter(|one| one.kind == "Organization");
    Element::resource(ResourceKind::CareTeam)
        .with("id", plan.team.id.to_string())
        .with("meta", meta(plan, profile))
        .with("identifier", json!([everywhere(plan.team.id)]))
        .with("status", status(plan.status))
        .with("name", format!("Care team: {}", plan.content.title))
        .with("subject", subject(&plan.person))
        .with_some("period", period(&plan.content.period))
        .with_list("participant", participants)
        .with_list("managingOrganization", custodian.map(|one| bases.foreign(one)).into_iter().collect())
        .with_list("note", plan.team.members.iter().filter_map(acts_for).collect())
        .done()
}

/// The state of the team (R4 care-team-status).
fn status(plan: PlanStatus) -> &'static str {
    match plan {
        PlanStatus::Draft => "proposed",
        PlanStatus::Active => "active",
        PlanStatus::OnHold => "suspended",
        PlanStatus::Revoked | PlanStatus::Completed => "inactive",
        PlanStatus::EnteredInError => "entered-in-error",
    }
}

/// A member once for each role: US Core wants exactly one on each participant.
fn participants(member: &Member, bases: Bases<'_>) -> Vec<Value> {
    let content = &member.content;
    let unknown = code("http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown", "Unknown");
    let roles: Vec<Value> = content.roles.iter().map(concept).collect();
    let roles = if roles.is_empty() { vec![unknown] } else { roles };
    let name = content.name.clone();
    let who = match &content.resource {
        Some(foreign) => bases.foreign(&crate::Foreign { display: Some(name), ..foreign.clone() }),
        None => json!({ "display": name }),
    };
    let behalf = content.on_behalf_of.as_ref().filter(|_| may_act(content));
    let behalf = behalf.map(|organisation| bases.foreign(organisation));
    let one = |role: Value| {
        Element::new()
            .with("role", json!([role]))
            .with("member", who.clone())
            .with_some("onBehalfOf", behalf.clone())
            .with_some("period", period(&content.period))
            .done()
    };
    roles.into_iter().map(one).collect()
}

/// ctm-1: only a practitioner acts on behalf of an organisation.
fn may_act(content: &MemberContent) -> bool {
    content.resource.as_ref().is_none_or(|resource| resource.kind == "Practitioner")
}

/// For whom somebody else acts, in words: there is no element for it.
fn acts_for(member: &Member) -> Option<Value> {
    let content = &member.content;
    let organisation = content.on_behalf_of.as_ref().filter(|_| !may_act(content))?;
    let name = organisation.display.clone().unwrap_or_else(|| format!("{}/{}", organisation.kind, organisation.id));
    Some(json!({ "text": format!("{} acts for {name}", content.name) }))
}
