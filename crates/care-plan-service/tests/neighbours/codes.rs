//! What becomes of the codes of a plan: refused, called by their name, or marked as nobody's word.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use access::{Audit, AuditEvent, Operation, PersonId, Randomness, Role, StoreError, TenantId};
use async_trait::async_trait;
use care_plan_service::neighbours::terminology::{Terminology, TerminologyServer};
use care_plan_service::service::{Asked, Failure};
use care_plan_service::{Caller, People, Service, Tenant};
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use shared_plan::Who;
use shared_plan::commands::{
    Act, Changed, NewPlan, Noted, Problem, Refusal, Wrong, add_activity, add_goal, add_note, change_goal,
    send_to_review, sign_off,
};
use shared_plan::plan::{ActivityContent, Coded, Coding, GoalContent, GoalStatus, Plan, PlanContent, Priority};
use storage::{Database, Sealer, SealingKey};

use crate::neighbour::{Moved, Neighbour, Says};
use crate::terminology::{Counting, coding};

/// Random bytes that repeat themselves, and look like nothing.
struct Counted(AtomicU64);

impl Randomness for Counted {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let count = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
            chunk.copy_from_slice(
                &(count ^ (count >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9).to_be_bytes()[..chunk.len()],
            );
        }
    }
}

/// An audit log that forgets.
struct Forgets;

#[async_trait]
impl Audit for Forgets {
    async fn write_all(&self, _: &[AuditEvent]) -> Result<(), StoreError> {
        Ok(())
    }
}

struct World {
    service: Service,
    caller: Caller,
    plan: Plan,
    _folder: tempfile::TempDir,
}

impl World {
    /// A plan without codes, at a service that asks this terminology.
    async fn with(terminology: Arc<dyn Terminology>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("accord.db").display());
        let random: Arc<dyn Randomness> = Arc::new(Counted(AtomicU64::new(1)));
        let sealer = Sealer::new(SealingKey::from_bytes([7; 32]), random.clone());
        let database = Database::open(&url, sealer).await.expect("a database");
        let tenant = TenantId::new("valley");
        let tenants = BTreeMap::from([(tenant.clone(), Tenant { licensed: true, time_zone: TimeZone::UTC })]);
        let documents = Arc::new(database.documents());
        let service = Service::new(documents, Arc::new(Forgets), Arc::new(Moved::default()), random, tenants)
            .with_terminology(terminology);
        let person = PersonId::from_random([1; 16]);
        let who = Who { user: None, role: Some(Role::Clinician), name: "Dr. Castellanos".to_owned(), resource: None };
        let people = People::Only(person.clone());
        let caller = Caller {
            tenant: tenant.clone(),
            who,
            role: Role::Clinician,
            people,
            launch: None,
            record: None,
            request: None,
        };
        let content = PlanContent { title: "Diabetes".to_owned(), ..PlanContent::default() };
        let new = NewPlan { tenant, person, content, members: Vec::new() };
        let plan = service.start(&caller, new, &Asked::default()).await.expect("a plan").plan;
        Self { service, caller, plan, _folder: folder }
    }

    async fn goal(&mut self, description: Coded) -> Result<(), Failure> {
        let goal = GoalContent { description, ..GoalContent::default() };
        let asked = Asked { seen: Some(self.plan.version), ..Asked::default() };
        let add = move |plan: &Plan, act: &Act<'_>| add_goal(plan, goal, Vec::new(), GoalStatus::Active, act);
        let saved = self.service.change(&self.caller, Operation::WriteSharedPlan, self.plan.id, &asked, add).await?;
        self.plan = saved.plan;
        Ok(())
    }

    async fn change(&mut self, command: impl FnOnce(&Plan, &Act<'_>) -> Result<Changed, Refusal> + Send) {
        let asked = Asked { seen: Some(self.plan.version), ..Asked::default() };
        let operation = Operation::ReportProgress;
        let saved = self.service.change(&self.caller, operation, self.plan.id, &asked, command).await.expect("saved");
        self.plan = saved.plan;
    }

    /// The code of the newest goal.
    fn code(&self) -> &Coding {
        &self.plan.goals.last().expect("a goal").content.description.codings[0]
    }
}

fn coded(code: Coding) -> Coded {
    Coded { text: Some("In somebody's own words".to_owned()), codings: vec![code] }
}

fn problems(failure: Failure) -> Vec<Problem> {
    match failure {
        Failure::Plan(Refusal::Invalid(problems)) => problems,
        other => panic!("{other}"),
    }
}

/// Over HTTP: 44054006 is "Diabetes mellitus type 2", everything else is nothing.
async fn snomed() -> (Neighbour, Arc<dyn Terminology>) {
    let neighbour = Neighbour::start(|question| {
        let is_named = |name: &str| !question.contains("display=") || question.contains(name);
        let parameters: Value = match question.contains("code=44054006") {
            true => json!([{ "name": "result", "valueBoolean": is_named("Diabetes") },
                { "name": "display", "valueString": "Diabetes mellitus type 2" }]),
            false => json!([{ "name": "result", "valueBoolean": false }]),
        };
        Says::Json(200, json!({ "resourceType": "Parameters", "parameter": parameters }))
    })
    .await;
    let server = TerminologyServer::new(neighbour.client.clone(), neighbour.base.clone());
    (neighbour, Arc::new(server))
}

#[tokio::test]
async fn a_code_that_its_system_does_not_have_is_refused_by_its_field() {
    let (_neighbour, terminology) = snomed().await;
    let mut world = World::with(terminology).await;
    let refused = world.goal(coded(coding("44054007"))).await.expect_err("no such code");
    let field = "/description/codings/0/code".to_owned();
    assert_eq!(problems(refused), [Problem { field, wrong: Wrong::NotACode }]);
    world.goal(Coded::text("Walks to the shop again")).await.expect("free text is always possible");
}

#[tokio::test]
async fn a_code_is_called_what_its_system_calls_it_and_the_words_stay() {
    let (_neighbour, terminology) = snomed().await;
    let mut world = World::with(terminology).await;
    world.goal(coded(coding("44054006"))).await.expect("a code");
    assert_eq!(world.code().display.as_deref(), Some("Diabetes mellitus type 2"));
    assert!(!world.code().unverified);
    let wrong = Coding { display: Some("Hypertension".to_owned()), ..coding("44054006") };
    world.goal(coded(wrong)).await.expect("a code");
    assert_eq!(world.code().display.as_deref(), Some("Diabetes mellitus type 2"), "nobody reads another concept");
    let goal = world.plan.goals.last().expect("a goal");
    assert_eq!(goal.content.description.title(), "In somebody's own words");
}

#[tokio::test]
async fn while_the_server_is_away_a_code_is_taken_and_says_that_nobody_vouched_for_it() {
    let server = Arc::new(Counting::default());
    let mut world = World::with(server.clone()).await;
    server.away.store(true, Ordering::SeqCst);
    world.goal(coded(coding("1"))).await.expect("it is taken");
    assert!(world.code().unverified);
    let asked = server.asked.load(Ordering::SeqCst);
    let two = Coded { text: None, codings: vec![coding("2"), coding("3")] };
    world.goal(two).await.expect("they are taken");
    assert_eq!(server.asked.load(Ordering::SeqCst), asked + 1, "nobody waits for each code of a plan");

    // At the next change of its goal it is asked again.
    server.away.store(false, Ordering::SeqCst);
    let (first, content) = (world.plan.goals[0].id, world.plan.goals[0].content.clone());
    let content = GoalContent { priority: Some(Priority::High), ..content };
    world.change(|plan, act| change_goal(plan, first, content, Vec::new(), act)).await;
    let code = &world.plan.goals[0].content.description.codings[0];
    assert!(!code.unverified && code.display.is_some(), "{code:?}");
}

/// Whoever signed, or wrote a note, had the codes of all goals checked again. What was signed was called otherwise than what
/// the others had read, in a goal whose version had not changed.
#[tokio::test]
async fn a_signature_and_a_note_changed_the_codes_of_what_was_signed() {
    let server = Arc::new(Counting::default());
    let mut world = World::with(server.clone()).await;
    server.away.store(true, Ordering::SeqCst);
    world.goal(coded(coding("1"))).await.expect("it is taken");
    world.change(|plan, act| send_to_review(plan, vec![Role::Clinician, Role::Patient], act)).await;
    server.away.store(false, Ordering::SeqCst);
    let (asked, signed) = (server.asked.load(Ordering::SeqCst), world.plan.goals.clone());
    world.change(|plan, act| sign_off(plan, Role::Clinician, act)).await;
    let goal = world.plan.goals[0].id;
    let activity = ActivityContent { description: Coded::text("Foot exam"), ..ActivityContent::default() };
    let stands = |world: &World| {
        let goal = &world.plan.goals[0];
        (goal.content.description.codings[0].unverified, goal.content == signed[0].content)
    };
    assert_eq!(stands(&world), (true, true));
    world.change(|plan, act| add_note(plan, Noted::Goal(goal), "Going well", act)).await;
    assert_eq!((stands(&world), world.plan.review.signed.len()), ((true, true), 1));
    world.change(|plan, act| add_activity(plan, activity, act)).await;
    assert_eq!((&world.plan.goals[0].version, stands(&world)), (&signed[0].version.next(), (true, true)));
    assert_eq!(server.asked.load(Ordering::SeqCst), asked, "of what did not change nobody was asked");
}

/// The form does not know who has vouched for a code: what it sent back was a change “from X to X”, and signatures were void.
#[tokio::test]
async fn a_goal_that_was_sent_back_as_it_stood_voided_signatures_because_of_an_unchecked_code() {
    let server = Arc::new(Counting::default());
    let mut world = World::with(server.clone()).await;
    server.away.store(true, Ordering::SeqCst);
    world.goal(coded(coding("1"))).await.expect("it is taken");
    let (id, mut content) = (world.plan.goals[0].id, world.plan.goals[0].content.clone());
    content.description.codings[0].unverified = false;
    let before = world.plan.clone();
    world.change(|plan, act| change_goal(plan, id, content, Vec::new(), act)).await;
    assert_eq!(world.plan, before);
    assert!(world.code().unverified, "nobody has vouched for it since");
}

#[tokio::test]
async fn a_code_that_turns_out_to_be_none_holds_up_no_other_change_and_stays_marked() {
    let neighbour = Neighbour::start({
        let first = AtomicU64::new(0);
        move |_| match first.fetch_add(1, Ordering::SeqCst) {
            0 => Says::Text(502, "Bad Gateway"),
            _ => Says::Json(
                200,
                json!({ "resourceType": "Parameters",
                "parameter": [{ "name": "result", "valueBoolean": false }] }),
            ),
        }
    })
    .await;
    let server = TerminologyServer::new(neighbour.client.clone(), neighbour.base.clone());
    let mut world = World::with(Arc::new(server)).await;
    world.goal(coded(coding("44054007"))).await.expect("it is taken");
    let goal = world.plan.goals[0].id;
    let asked = Asked { seen: Some(world.plan.version), ..Asked::default() };
    let note = move |plan: &Plan, act: &Act<'_>| add_note(plan, Noted::Goal(goal), "Going well", act);
    let operation = Operation::ReportProgress;
    let saved = world.service.change(&world.caller, operation, world.plan.id, &asked, note).await.expect("saved");
    assert!(saved.plan.goals[0].content.description.codings[0].unverified);
}

#[tokio::test]
async fn what_a_program_says_of_a_codes_verification_is_not_believed() {
    let server = Arc::new(Counting::default());
    let mut world = World::with(server.clone()).await;
    world.goal(coded(Coding { unverified: true, ..coding("1") })).await.expect("a code");
    assert!(!world.code().unverified);
}
