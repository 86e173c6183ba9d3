//! A plan is started from the consolidated view.

use app::desk::shared_plan::proposed_team;
use care_plan::plan::ActsFor;
use shared_plan::Foreign;
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
        resource: member.resource.as_ref().map(|key| foreign(key, &member.name)),
        roles: member.roles.iter().map(Coded::text).collect(),
        on_behalf_of: member.on_behalf_of.as_ref().and_then(organisation),
        ..MemberContent::default()
    });
    let members = members.collect();
    let problems = std::mem::take(&mut form.fields.problems);
    if problems.is_empty() { Ok((content, members)) } else { Err(problems) }
}

/// The organisation for which somebody acts. One that is only words is nothing to point at.
fn organisation(acts_for: &ActsFor) -> Option<Foreign> {
    let key = acts_for.key.as_ref()?;
    Some(Foreign { display: acts_for.name.clone(), ..foreign(key, "") })
}
