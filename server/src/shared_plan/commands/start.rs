//! A plan is started from the consolidated view.

use app::desk::shared_plan::proposed_team;
use care_plan::plan::ActsFor;
use shared_plan::Foreign;
use shared_plan::commands::{Problem, Refusal, Wrong};
use shared_plan::plan::{Coded, MemberContent, PlanContent};

use super::Reading;
use super::coded::foreign;
use super::content::Said;

/// What a new plan says, and its first team.
///
/// # Errors
/// Which fields cannot be read.
pub fn start(form: &mut Reading<'_>) -> Result<(PlanContent, Vec<MemberContent>), Vec<Problem>> {
    let content = match Said::read(form).content(&PlanContent::default()) {
        Ok(content) => content,
        Err(Refusal::Invalid(problems)) => {
            form.fields.problems.extend(problems);
            PlanContent::default()
        }
        Err(_) => PlanContent::default(),
    };
    let proposed = proposed_team(&form.picture.plan);
    let chosen = form.fields.all("team");
    if chosen.iter().any(|who| !proposed.iter().any(|member| member.who.0 == *who)) {
        form.fields.wrong("team", Wrong::PointsNowhere);
    }
    let members = proposed.into_iter().filter(|member| chosen.contains(&member.who.0.as_str()));
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
