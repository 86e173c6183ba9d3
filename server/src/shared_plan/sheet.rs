//! What the pages of the shared plan show.

use access::Role;
use app::desk::shared_plan::{Compared, Forms, PlanAnswer, PlanSheet, PlansSheet, Step, VersionsSheet};
use care_plan_service::service::{Caller, Failure};
use jiff::Timestamp;
use jiff::civil::Date;
use shared_plan::compare::summary;
use shared_plan::plan::{Plan, PlanStatus};
use shared_plan::ports::{Kind, Selection, VersionHead};
use shared_plan::{Id, Version};

use super::changes::changes;
use super::{door, may};
use crate::rooms::Room;
use crate::state::Server;

/// Steps that the page of a plan shows.
const STEPS: usize = 6;
/// Versions that are listed, the newest.
const VERSIONS: usize = 200;
/// Plans of one person that are listed; nobody has as many.
const PLANS: usize = 200;

/// The plans of the launch's person.
pub async fn plans(server: &Server, room: &Room, caller: &Caller) -> Result<PlansSheet, Failure> {
    let (door, may) = (door(server, room), may(server, room));
    if !door.leads_somewhere() {
        return Ok(PlansSheet { door, may, plans: Vec::new() });
    }
    let selection = Selection { kind: Kind::Plan, person: None, statuses: Vec::new(), changed_since: None };
    let listed = server.care_plans.list(caller, selection, None, PLANS).await?;
    let mut plans = listed.documents.iter().map(Plan::from_document).collect::<Result<Vec<_>, _>>()?;
    plans.sort_by_key(|plan| (plan.status.is_closed(), plan.status != PlanStatus::Active, std::cmp::Reverse(plan.at)));
    Ok(PlansSheet { door, may, plans })
}

/// One plan of the launch's person.
pub async fn plan(server: &Server, room: &Room, caller: &Caller, id: Id<Plan>) -> Result<PlanSheet, Failure> {
    let plan = server.care_plans.plan(caller, id).await?;
    Ok(of_plan(server, room, plan, Vec::new()))
}

/// One plan with what its newest versions changed.
pub async fn plan_with_steps(
    server: &Server,
    room: &Room,
    caller: &Caller,
    id: Id<Plan>,
) -> Result<PlanSheet, Failure> {
    let history = server.care_plans.history(caller, id, STEPS + 1).await?;
    let now = history.first().map(|(_, plan)| plan.clone()).ok_or(Failure::NotFound)?;
    let summary = match room.launch.viewer.role {
        Role::Patient | Role::Carer => for_the_person(server, caller, &now).await?,
        Role::Clinician | Role::Coordinator => Vec::new(),
    };
    let day_of = |at| server.care_plans.day_of(&caller.tenant, at);
    let steps = steps(&history, room.launch.viewer.role, day_of);
    Ok(PlanSheet { summary, ..of_plan(server, room, now, steps) })
}

/// What changed since the version that was approved before this one, else since the plan was started.
async fn for_the_person(
    server: &Server,
    caller: &Caller,
    now: &Plan,
) -> Result<Vec<(&'static str, Vec<String>)>, Failure> {
    let before = server.care_plans.told_since(caller, now).await?;
    let before = version(server, caller, now.id, before).await?;
    let said = summary(&before, now, server.care_plans.today(&caller.tenant));
    let groups = said.groups().filter(|(_, sentences)| !sentences.is_empty());
    Ok(groups.map(|(heading, sentences)| (heading, sentences.to_vec())).collect())
}

fn of_plan(server: &Server, room: &Room, plan: Plan, steps: Vec<Step>) -> PlanSheet {
    let (door, may) = (door(server, room), may(server, room));
    let (summary, meanwhile, forms) = (Vec::new(), Vec::new(), Forms::default());
    PlanSheet { door, may, plan, steps, summary, meanwhile, base: None, forms }
}

/// Each version with what it changed, for the person in sentences without codes; of the oldest of several that is not
/// known, so it is left out.
fn steps(history: &[(VersionHead, Plan)], reader: Role, day_of: impl Fn(Timestamp) -> Date) -> Vec<Step> {
    let changed = |before: &Plan, after: &Plan| match reader {
        Role::Patient | Role::Carer => {
            let (words, said) = (app::words::words(), summary(before, after, day_of(after.at)));
            let mut lines: Vec<String> = said.groups().flat_map(|(_, sentences)| sentences.to_vec()).collect();
            lines.extend(words.plan_reviewed(before, after));
            // No version stands there without a word.
            if lines.is_empty() {
                lines.push(words.plan_details_changed().to_owned());
            }
            lines
        }
        Role::Clinician | Role::Coordinator => changes(before, after),
    };
    let pairs = history.windows(2).map(|pair| {
        let head = pair[0].0.clone();
        let changes = match head.moved {
            Some(why) => vec![app::words::words().plan_moved(why).to_owned()],
            None => changed(&pair[1].1, &pair[0].1),
        };
        Step { head, changes }
    });
    let first = history.last().filter(|(head, _)| head.version == Version::FIRST);
    pairs.chain(first.map(|(head, _)| Step { head: head.clone(), changes: Vec::new() })).take(STEPS).collect()
}

/// The plan as a form was drawn from it that came too late, and what was changed since.
pub async fn meanwhile(
    server: &Server,
    caller: &Caller,
    now: &Plan,
    said: Option<&PlanAnswer>,
) -> Result<Option<(Plan, Vec<String>)>, Failure> {
    let Some(PlanAnswer::Stale { seen, .. }) = said else { return Ok(None) };
    match version(server, caller, now.id, *seen).await {
        Ok(base) => {
            let changes = changes(&base, now);
            Ok(Some((base, changes)))
        }
        // The form named a version that never was: there is nothing to lay beside what was typed.
        Err(Failure::NotFound) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// The versions of a plan, and two of them compared: the two that were asked for, else the newest with the one before.
pub async fn versions(
    server: &Server,
    caller: &Caller,
    id: Id<Plan>,
    asked: (Option<u64>, Option<u64>),
) -> Result<VersionsSheet, Failure> {
    let plan = server.care_plans.plan(caller, id).await?;
    let key = plan.key();
    let versions = server.care_plans.versions(caller, &key, None, VERSIONS).await?;
    let there =
        |version: Option<u64>| version.map(Version).filter(|asked| (Version::FIRST..=plan.version).contains(asked));
    let to = there(asked.1).unwrap_or(plan.version);
    let before = to.0.checked_sub(1).filter(|before| *before > 0);
    let from = there(asked.0).or(before.map(Version));
    let compared = match from {
        Some(from) if from != to => {
            let (from, to) = (from.min(to), from.max(to));
            let (older, newer) = (version(server, caller, id, from).await?, version(server, caller, id, to).await?);
            Some(Compared { from, to, changes: changes(&older, &newer) })
        }
        _ => None,
    };
    Ok(VersionsSheet { plan: id, title: plan.content.title.clone(), versions, compared })
}

async fn version(server: &Server, caller: &Caller, id: Id<Plan>, version: Version) -> Result<Plan, Failure> {
    let key = server.care_plans.key(&caller.tenant, Kind::Plan, &id.to_string());
    Ok(Plan::from_document(&server.care_plans.version(caller, &key, version).await?)?)
}
