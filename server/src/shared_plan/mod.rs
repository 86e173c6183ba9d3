//! The shared plan in the screens: one more source of a launch, and the pages that start, change, review and read it.
//!
//! - Everything goes through the care plan service, which asks the licence, the policy and the version, and writes the
//!   audit event; nothing here knows a store.
//! - *Invariant:* a launch reaches the plans of its own person only, and who that is is asked at every request.
//! - *Invariant:* after each write every open launch of the person reads the shared plan again.

mod changes;
pub mod commands;
mod directory;
mod fields;
mod follow;
mod kept;
mod lay;
mod once;
mod record;
mod refusal;
mod screens;
mod settle;
mod sheet;
mod whose;

use access::policy::{Context, Decision, LaunchOf, Way};
use access::{Operation, PersonId, StoreError, Viewer, decide};
use app::desk::shared_plan::{May, SharedPlanDoor};
use app::words::words;
use care_plan_service::service::{Caller, People, SOURCE};
use fhir::SourceId;
use shared_plan::{Foreign, Who};

use crate::person;
use crate::rooms::Room;
use crate::state::Server;

pub use directory::{Chosen, chosen, look, open as open_directory};
pub use fields::Fields;
pub use follow::Follower;
pub use kept::KeptHere;
pub use lay::{lay, unlay};
pub use once::once;
pub use record::{begin_where_none, connect, disconnect, follow_its_person, read_again};
pub use refusal::{answer_of, problems};
pub use screens::Screens;
pub use settle::{settle, take_back};
pub use sheet::{meanwhile, plan, plan_with_steps, plans, versions};
pub use whose::withheld;

/// Whether the tenant has the licence, and where it has not, whether the launch shows what was kept while it had.
pub fn door(server: &Server, room: &Room) -> SharedPlanDoor {
    if server.care_plans.is_licensed(&room.launch.tenant) {
        SharedPlanDoor::Open
    } else if room.reading.patient(&SourceId::new(SOURCE)).is_some() {
        SharedPlanDoor::ReadOnly
    } else {
        SharedPlanDoor::NotLicensed
    }
}

/// The user of a launch, as the service knows callers.
pub async fn caller(server: &Server, room: &Room, request: Option<String>) -> Result<Caller, StoreError> {
    Ok(caller_for(room, person::of_launch(server, room).await?, request))
}

fn caller_for(room: &Room, person: PersonId, request: Option<String>) -> Caller {
    let launch = &room.launch;
    let viewer = &launch.viewer;
    let name = viewer.name.clone().unwrap_or_else(|| words().role(viewer.role).to_owned());
    let resource = viewer.fhir_user.as_deref().and_then(|user| own_resource(&launch.source, user));
    Caller {
        tenant: launch.tenant.clone(),
        who: Who { user: viewer.user.clone(), role: Some(viewer.role), name, resource },
        role: viewer.role,
        people: People::Only(person),
        launch: Some(launch.id.clone()),
        record: Some(person::home(room)),
        request,
    }
}

/// The user's own resource at the source that the launch was made from.
fn own_resource(source: &str, fhir_user: &str) -> Option<Foreign> {
    let (kind, id) = match fhir::Target::parse(fhir_user) {
        fhir::Target::Relative { kind, id, .. } | fhir::Target::Absolute { kind, id, .. } => (kind, id),
        _ => return None,
    };
    Some(Foreign { source: source.to_owned(), kind, id, version: None, display: None })
}

/// What the user of a launch may do to the shared plan, as the licence and the one policy say.
pub fn may(server: &Server, room: &Room) -> May {
    let viewer: &Viewer = &room.launch.viewer;
    if !server.care_plans.is_licensed(&room.launch.tenant) {
        return May::default();
    }
    let context = Context { session: true, launch: LaunchOf::ThisSession, way: Way::OwnGrant };
    let may = |operation| decide(Some(viewer), operation, &context) == Decision::Allowed;
    May {
        write: may(Operation::WriteSharedPlan),
        sign: may(Operation::SignSharedPlan),
        report: may(Operation::ReportProgress),
        answer: may(Operation::AnswerGoal),
        concern: may(Operation::AddConcern),
    }
}

/// True where the user of a launch may change goals, as the one policy says, at their sources or in the shared plan.
pub fn may_change_goals(room: &Room) -> bool {
    let context = Context { session: true, launch: LaunchOf::ThisSession, way: Way::OwnGrant };
    decide(Some(&room.launch.viewer), Operation::ChangeGoal, &context) == Decision::Allowed
}

/// True where the user of a launch may settle a detected issue, as the licence and the one policy say.
pub fn may_decide(server: &Server, room: &Room) -> bool {
    let context = Context { session: true, launch: LaunchOf::ThisSession, way: Way::OwnGrant };
    server.care_plans.is_licensed(&room.launch.tenant)
        && decide(Some(&room.launch.viewer), Operation::DecideIssue, &context) == Decision::Allowed
}
