//! A plan that nobody is responsible for.
//!
//! Clinical reason: with several places treating one person, what is everybody's task is nobody's; a care plan needs one
//! who answers for it (MCC eCare Plan guide: the care team with its roles; R4 careteam.html).
//! FHIR source: `CareTeam.participant` with `role`, `member` and `period`, `CareTeam.status`,
//! `Patient.generalPractitioner`.
//! Severity: moderate.
//!
//! Asked only where there is something to answer for: a plan in force, or a goal that is pursued. Any practitioner or
//! organisation counts as responsible unless every role says otherwise; so does a general practitioner of the Patient.
//! Silent where a source's care teams could not be read.

use fhir::{Many, Reference};
use serde::Deserialize;

use super::Case;
use super::common::goals::pursuing;
use super::common::known::{looked_for_everywhere, still_reading};
use super::common::report::{Report, date, text};
use crate::plan::{DetectedIssue, IssueCode, Settlement, Severity, TeamMember};

/// SNOMED CT roles of those who take part without being responsible: patient, carer, informal carer, relative, friend.
const NOT_RESPONSIBLE: [&str; 5] = ["116154003", "133932002", "407542009", "125677006", "113163005"];

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Patient {
    general_practitioner: Many<Reference>,
}

/// Finds it.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    let plan = case.plan;
    let asks = plan.plans.iter().any(|header| header.is_current())
        || plan.goals.iter().any(|goal| pursuing(goal).next().is_some());
    let covered = plan.team.iter().any(|member| !member.former && may_be_responsible(member)) || has_practitioner(case);
    if !asks || covered || still_reading(case) || !looked_for_everywhere(case, &["CareTeam"]) {
        return Vec::new();
    }
    vec![report(&plan.team)]
}

/// Who is a professional by the resource that they are, or may be one for all that is said.
fn may_be_responsible(member: &TeamMember) -> bool {
    let professional = !matches!(member.kind.as_deref(), Some("Patient" | "RelatedPerson" | "Device" | "Group"));
    let otherwise =
        !member.role_codes.is_empty() && member.role_codes.iter().all(|code| NOT_RESPONSIBLE.contains(&code.as_str()));
    professional && !otherwise
}

fn has_practitioner(case: &Case<'_>) -> bool {
    case.reach.of_kind("Patient").any(|resource| !resource.read::<Patient>().general_practitioner.is_empty())
}

fn report(team: &[TeamMember]) -> DetectedIssue {
    let mut report = Report::about("Care team", IssueCode::CareTeamGap, Severity::Moderate, "CareTeam.participant");
    for member in team.iter().filter(|member| may_be_responsible(member)) {
        report = report.side_of(&member.key, vec![text("former", &member.name), date("until", member.until.as_ref())]);
    }
    for member in team.iter().filter(|member| !member.former && !may_be_responsible(member)) {
        report = report.side_of(&member.key, vec![text("member", &member.name)]);
    }
    report.settle(Settlement::Add { what: "CareTeam", to: None }).settle(Settlement::KeepAsIs).done()
}
