//! A plan is started from the consolidated view.

use app::desk::shared_plan::proposed_team;
use shared_plan::commands::Problem;
use shared_plan::plan::{Coded, MemberContent, PlanContent};

use super::Reading;
use super::coded::foreign;
use super::content::Said;

/// What a new plan says, and its first team.
///
/// # Errors
/// Which fields cannot be read.
pub fn start(form: &mut Reading<'_>) -> Result<(PlanContent, Vec<MemberContent>), Vec<Problem>> {
    let content = Said::read(form).content(&PlanContent::default());
    let chosen = form.fields.all("team");
    let members =
        proposed_team(&form.picture.plan).into_iter().filter(|member| chosen.contains(&member.who.0.as_str()));
    let members = members.map(|member| MemberContent {
        name: member.name.clone(),
        // The CareTeam in which the record names them: their own resource is not told.
        resource: Some(foreign(&member.key, &member.name)),
        roles: member.roles.iter().map(Coded::text).collect(),
        ..MemberContent::default()
    });
    let members = members.collect();
    let problems = std::mem::take(&mut form.fields.problems);
    if problems.is_empty() { Ok((content, members)) } else { Err(problems) }
}
