//! Whose is it: what hangs on persons when two turn out to be one, or one to be two.

mod rounds;
mod settled;
mod unlicensed;

use access::person::{Ending, Joining, WhyEnded};
use access::policy::Operation;
use access::{AuditEvent, PatientAt, PersonId, TenantId};
use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::json;
use server::Follower;
use shared_plan::Who;
use shared_plan::ports::{Kind, Said, Selection};

use crate::care_plans::{PLANS, Program};
use crate::carer::everybody_at_home_is_a_carer;
use crate::shared_plan::stage::{Actor, DOCTOR, actor, patient, send};
use crate::support::browser::{Browser, Page};
use crate::support::form;
use crate::support::world::World;

const HOME: &str = "valley-ehr";
const OTHER: &str = "nephrology";
const OURS: &str = "Diabetes and kidney, together";
const THEIRS: &str = "Dialysis, prepared";

fn tenant() -> TenantId {
    TenantId::new("valley")
}

fn at_home() -> PatientAt {
    PatientAt::new(HOME, patient(0))
}

fn at_other() -> PatientAt {
    PatientAt::new(OTHER, sandbox::people::whereabouts()[0].patient_id(OTHER).expect("known there"))
}

async fn whose(world: &World, at: &PatientAt) -> PersonId {
    world.server.persons.lookup(&tenant(), at).await.expect("the store answers").expect("it is somebody's")
}

/// Starts a plan with nothing but a title; gives its page.
async fn start(actor: &Actor, title: &str) -> Page {
    let new = actor.get("shared-plan/new").await;
    let made = send(actor, &new, "/shared-plan/start", &[("title", title)]).await;
    assert!(made.text.contains("The plan is started."), "{}", made.text);
    made
}

/// Somebody who opens the record at the second EHR by itself.
async fn nephrologist(world: &World) -> Actor {
    let browser = Browser::new();
    let page = world.open(&browser, OTHER, "solberg", &at_other().patient).await;
    world.settled(&page).await;
    Actor { browser, page }
}

/// The doctor at home, who has joined the record of the second EHR.
async fn doctor_of_both(world: &World) -> Actor {
    let doctor = actor(world, DOCTOR).await;
    let joined = world.connect(&doctor.browser, &doctor.page, OTHER, "solberg", &at_other().patient).await;
    assert!(joined.url.path().ends_with("/plan"), "{} {}", joined.url, joined.text);
    world.settled(&doctor.page).await;
    doctor
}

/// A plan written at each of two records, and then one of them taken out.
struct Parted {
    world: World,
    doctor: Actor,
    other: Actor,
    /// What the split has answered.
    asked: Page,
    /// Ids of the two plans.
    ids: [String; 2],
}

async fn parted() -> Parted {
    let world = World::licensed().await;
    let doctor = doctor_of_both(&world).await;
    let other = nephrologist(&world).await;
    let (ours, theirs) = (start(&doctor, OURS).await, start(&other, THEIRS).await);
    let id = |page: &Page| page.url.path().split('/').nth(4).expect("a plan's id").to_owned();
    let ids = [id(&ours), id(&theirs)];
    let split = doctor.get(&format!("split/{OTHER}")).await;
    let asked = send(&doctor, &split, &format!("/split/{OTHER}"), &[("reason", "Two people")]).await;
    Parted { world, doctor, other, asked, ids }
}

/// The answers that a page offers for the entry of this title: document, question and the values of its choices.
fn offered(page: &Page, title: &str) -> Option<(String, String, Vec<String>)> {
    let article = page.text.split("<article").skip(1).find(|article| article.contains(title))?;
    let article = article.split("</article>").next()?;
    let values = |name: &str| {
        let field = format!("name=\"{name}\" value=\"");
        article.split(field.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).map(form::unescape).collect()
    };
    let one = |name: &str| -> Option<String> { Vec::<String>::into_iter(values(name)).next() };
    Some((one("document")?, one("question")?, values("whose")))
}

async fn answer(actor: &Actor, page: &Page, title: &str, whose: &str) -> Page {
    let (document, question, choices) = offered(page, title).unwrap_or_else(|| panic!("{title}: {}", page.text));
    assert!(whose.is_empty() || choices.iter().any(|choice| choice == whose), "{whose} of {choices:?}");
    let fields = [("document", document.as_str()), ("question", question.as_str()), ("whose", whose)];
    actor.browser.post(&page.url, &page.at("whose"), &fields).await
}

async fn shows(actor: &Actor, world: &World, title: &str) -> bool {
    world.settled(&actor.page).await;
    let (list, board) = (actor.get("shared-plan").await, actor.get("plan.json").await);
    assert_eq!((list.status, board.status), (StatusCode::OK, StatusCode::OK));
    let listed = list.text.contains(title);
    assert!(listed || !board.text.contains(title), "what is not listed stands on no board");
    listed
}

async fn events(world: &World, person: &PersonId) -> Vec<AuditEvent> {
    let at = PatientAt::new("shared-plan", person.as_str());
    let events = world.server.trail.of_patient(&tenant(), &at).await.expect("the log can be read");
    events.into_iter().filter(|event| event.operation == Operation::SplitPerson).collect()
}

#[tokio::test]
async fn a_plan_that_was_made_for_the_one_who_leaves_stayed_with_the_one_who_stays() {
    let Parted { world, doctor, other, asked, ids } = parted().await;
    assert!(asked.url.path().ends_with("/whose"), "{} {}", asked.url, asked.text);
    for words in [
        "The record was taken out.",
        OURS,
        THEIRS,
        "at the record of Valley Primary Care",
        "at the record of Nephrology",
    ] {
        assert!(asked.text.contains(words), "{words}: {}", asked.text);
    }
    assert!(!asked.text.contains(" checked"), "nothing is chosen for the user");
    // Nobody sees either, by whatever way.
    let mine = Program::new(&world, "marisol", "patient", &json!({ "patient": patient(0) }));
    for (title, id) in [OURS, THEIRS].iter().zip(&ids) {
        assert!(!shows(&doctor, &world, title).await && !shows(&other, &world, title).await, "{title}");
        for who in [&doctor, &other] {
            assert_eq!(who.get(&format!("shared-plan/{id}")).await.status, StatusCode::NOT_FOUND);
        }
        mine.get(&format!("{PLANS}/{id}")).await.must(404);
        mine.get(&format!("/fhir/r4/CarePlan/{id}")).await.must(404);
    }
    let list = mine.get(PLANS).await.must(200);
    assert!(ids.iter().all(|id| !list.json.to_string().contains(id)), "{}", list.json);
    let found = mine.get("/fhir/r4/CarePlan").await.must(200);
    assert!(ids.iter().all(|id| !found.json.to_string().contains(id)), "{}", found.json);
    // It is no hidden gap: every page says so.
    for page in ["plan", "sources", "shared-plan"] {
        let page = doctor.get(page).await;
        assert!(page.text.contains("2 entries of the shared plan are not shown") && page.text.contains("/whose\""));
        let page = other.get("plan").await;
        assert!(page.text.contains("may be this person") && !page.text.contains("/whose\""), "{}", page.text);
    }

    let stays = answer(&doctor, &asked, OURS, "stays").await;
    assert!(stays.text.contains("is shown here again"), "{}", stays.text);
    let goes = answer(&doctor, &stays, THEIRS, "record-0").await;
    assert!(goes.text.contains("It went to the other person") && goes.text.contains("Nothing waits"), "{}", goes.text);
    assert!(shows(&doctor, &world, OURS).await && !shows(&doctor, &world, THEIRS).await);
    assert!(shows(&other, &world, THEIRS).await && !shows(&other, &world, OURS).await);
    assert!(!doctor.get("plan").await.text.contains("not shown: "));
    mine.get(&format!("{PLANS}/{}", ids[0])).await.must(200);
    mine.get(&format!("{PLANS}/{}", ids[1])).await.must(404);
    // It goes on where it is now.
    let goal = other.get(&format!("shared-plan/{}/goals/new", ids[1])).await;
    let goal = send(&other, &goal, "/write/add-goal", &[("description", "A fistula in time")]).await;
    assert!(goal.text.contains("The goal is added."), "{}", goal.text);
    // In the log of both.
    let (here, there) = (whose(&world, &at_home()).await, whose(&world, &at_other()).await);
    assert_eq!((events(&world, &here).await.len(), events(&world, &there).await.len()), (2, 1));
}

#[tokio::test]
async fn the_plan_of_a_person_who_was_joined_was_shown_to_nobody() {
    let world = World::licensed().await;
    let other = nephrologist(&world).await;
    start(&other, THEIRS).await;
    let old = whose(&world, &at_other()).await;
    let doctor = doctor_of_both(&world).await;
    let now = whose(&world, &at_home()).await;
    assert_ne!(old, now);
    assert!(shows(&doctor, &world, THEIRS).await && shows(&other, &world, THEIRS).await);
    // Whoever still has the old id is told who it is by now, and never that nothing is here.
    let mine = Program::new(&world, "marisol", "patient", &json!({ "patient": patient(0) }));
    let replaced = mine.get(&format!("/fhir/r4/Patient/{old}")).await.must(200);
    assert_eq!(replaced.json["link"][0]["other"]["reference"], format!("Patient/{now}"));
    let found = mine.get(&format!("/fhir/r4/CarePlan?patient=Patient/{old}")).await.must(200);
    assert_eq!(found.json["entry"].as_array().map(Vec::len), Some(1), "{}", found.json);
    let by_old = Program::new(&world, "marisol", "patient", &json!({ "person": old.as_str() }));
    assert!(by_old.get(PLANS).await.must(200).json.to_string().contains(THEIRS));

    // Taken out again, it is asked about, and the old id is theirs once more: never the other's.
    let split = doctor.get(&format!("split/{OTHER}")).await;
    let asked = send(&doctor, &split, &format!("/split/{OTHER}"), &[("reason", "Two people")]).await;
    assert!(!shows(&doctor, &world, THEIRS).await && !shows(&other, &world, THEIRS).await);
    mine.get(&format!("/fhir/r4/Patient/{old}")).await.must(404);
    answer(&doctor, &asked, THEIRS, "record-0").await;
    assert!(!shows(&doctor, &world, THEIRS).await && shows(&other, &world, THEIRS).await);
    mine.get(&format!("/fhir/r4/Patient/{old}")).await.must(404);
    let by_old = Program::new(&world, "marisol", "patient", &json!({ "person": old.as_str() }));
    assert!(by_old.get(PLANS).await.must(200).json.to_string().contains(THEIRS));
}

/// The process ends after the persons were joined, and before what hung on one of them has come along.
#[tokio::test]
async fn a_join_that_was_cut_off_orphaned_a_plan() {
    for way in ["a room", "a token", "housekeeping"] {
        let world = World::licensed().await;
        let other = nephrologist(&world).await;
        start(&other, THEIRS).await;
        let doctor = actor(&world, DOCTOR).await;
        let (now, old) = (whose(&world, &at_home()).await, whose(&world, &at_other()).await);
        let user = access::UserKey { issuer: "https://ehr.test".to_owned(), subject: "somebody".to_owned() };
        let joining = Joining { question: "q".to_owned(), who: user, when: Timestamp::UNIX_EPOCH };
        world.server.persons.join(&tenant(), &now, &old, &joining).await.expect("the store answers").expect("joined");
        match way {
            "a room" => {
                let again = actor(&world, DOCTOR).await;
                assert!(shows(&again, &world, THEIRS).await);
            }
            "a token" => {
                let mine = Program::new(&world, "marisol", "patient", &json!({ "patient": patient(0) }));
                assert!(mine.get(PLANS).await.must(200).json.to_string().contains(THEIRS));
            }
            _ => {
                world.server.keep_house().await;
                let selection =
                    Selection { kind: Kind::Plan, person: Some(now), statuses: Vec::new(), changed_since: None };
                let found = world.server.plan_store.documents.list(&tenant(), &selection, None, 9).await;
                assert_eq!(found.expect("the store answers").len(), 1);
            }
        }
        drop(doctor);
    }
}

/// The process ends after everything is in doubt, before or after the record is taken out.
#[tokio::test]
async fn a_split_that_was_cut_off_showed_a_plan_to_the_wrong_person() {
    for is_split in [false, true] {
        let world = World::licensed().await;
        let doctor = doctor_of_both(&world).await;
        let other = nephrologist(&world).await;
        start(&other, THEIRS).await;
        let person = whose(&world, &at_home()).await;
        let said = Said { by: Who::clock(), at: Timestamp::UNIX_EPOCH };
        let doubted = world.server.plan_store.whose.doubt(&tenant(), &person, &at_other(), &said).await;
        assert_eq!(doubted.expect("the store answers"), 1);
        if is_split {
            let why = WhyEnded::Wrong { reason: "two people".to_owned() };
            let ending = Ending { who: None, when: Timestamp::UNIX_EPOCH, why };
            let split = world.server.persons.split(&tenant(), &person, &at_other(), &at_home(), &ending).await;
            assert!(split.expect("the store answers").is_some());
        }
        // Another process goes on: every room is opened anew.
        let (doctor, other) = {
            let rooms: Vec<_> = world.server.rooms.all().iter().map(|room| room.launch.id.clone()).collect();
            world.server.rooms.close_launches(&rooms);
            (doctor, other)
        };
        doctor.get("plan").await;
        other.get("plan").await;
        assert!(!shows(&doctor, &world, THEIRS).await && !shows(&other, &world, THEIRS).await, "{is_split}");
        let asked = doctor.get("whose").await;
        let (_, _, choices) = offered(&asked, THEIRS).expect("it is asked");
        if is_split {
            assert_eq!(choices, ["stays", "record-0", "not-known"]);
            answer(&doctor, &asked, THEIRS, "record-0").await;
            assert!(!shows(&doctor, &world, THEIRS).await && shows(&other, &world, THEIRS).await);
        } else {
            // Nobody was taken out, so there is nobody else whose it could be; the split is sent once more.
            assert_eq!(choices, ["stays", "not-known"]);
            let split = doctor.get(&format!("split/{OTHER}")).await;
            let asked = send(&doctor, &split, &format!("/split/{OTHER}"), &[("reason", "Two people")]).await;
            let (_, _, choices) = offered(&asked, THEIRS).expect("it is asked");
            assert_eq!(choices, ["stays", "record-0", "not-known"]);
        }
    }
}

#[tokio::test]
async fn who_does_not_know_whose_it_is_leaves_it_hidden() {
    let Parted { world, doctor, asked, .. } = parted().await;
    let told = answer(&doctor, &asked, THEIRS, "not-known").await;
    assert!(told.text.contains("stays hidden until somebody knows"), "{}", told.text);
    let told = answer(&doctor, &told, THEIRS, "").await;
    assert!(told.text.contains("Nothing was chosen"), "{}", told.text);
    assert!(!shows(&doctor, &world, THEIRS).await);
    assert!(doctor.get("plan").await.text.contains("2 entries of the shared plan are not shown"));
    assert_eq!(events(&world, &whose(&world, &at_home()).await).await, [], "nothing was answered");
    // Nor does an answer that the page never offered do anything.
    let (document, question, _) = offered(&told, THEIRS).expect("it is asked");
    for (document, question, whose) in [
        (document.as_str(), question.as_str(), "record-7"),
        (document.as_str(), "99", "stays"),
        ("plan-00000000000000000000000000000000", question.as_str(), "stays"),
    ] {
        let fields = [("document", document), ("question", question), ("whose", whose)];
        let page = doctor.browser.post(&told.url, &told.at("whose"), &fields).await;
        assert!(page.text.contains("not shown: they wait"), "{}", page.text);
    }
}

#[tokio::test]
async fn of_two_who_answer_at_once_one_is_told_that_it_was_answered() {
    let Parted { world, doctor, other, asked, .. } = parted().await;
    let second = actor(&world, DOCTOR).await;
    let there = second.get("whose").await;
    let (one, two) =
        tokio::join!(answer(&doctor, &asked, THEIRS, "record-0"), answer(&second, &there, THEIRS, "stays"),);
    let before = |page: &Page| page.text.contains("Somebody else has answered this before");
    assert!(before(&one) != before(&two), "{} {}", one.text, two.text);
    assert_eq!(shows(&other, &world, THEIRS).await, before(&two));
    assert_eq!(shows(&doctor, &world, THEIRS).await, before(&one));
    // Sent again, it changes nothing.
    let again = answer(&doctor, &asked, THEIRS, "record-0").await;
    assert!(before(&again), "{}", again.text);
    assert_eq!(shows(&other, &world, THEIRS).await, before(&two));
}

#[tokio::test]
async fn a_carer_is_told_that_a_plan_waits_and_does_not_answer() {
    let world = World::licensed_and_altered(everybody_at_home_is_a_carer).await;
    let carer = doctor_of_both(&world).await;
    let other = nephrologist(&world).await;
    start(&other, THEIRS).await;
    let person = whose(&world, &at_home()).await;
    let said = Said { by: Who::clock(), at: Timestamp::UNIX_EPOCH };
    world.server.plan_store.whose.doubt(&tenant(), &person, &at_other(), &said).await.expect("the store answers");
    let plan = carer.get("plan").await;
    assert!(plan.text.contains("1 entry of the shared plan is not shown"), "{}", plan.text);
    assert!(plan.text.contains("can say it") && !plan.text.contains("/whose\""), "{}", plan.text);
    let page = carer.get("whose").await;
    assert!(page.status == StatusCode::FORBIDDEN && !page.text.contains(THEIRS), "{}", page.text);
    let fields = [("document", "plan-1"), ("question", "1"), ("whose", "stays")];
    let posted = carer.browser.post(&plan.url, &plan.at("whose"), &fields).await;
    assert_eq!(posted.status, StatusCode::FORBIDDEN);
}

/// Where several processes serve one organisation, the other ones are told by nobody.
#[tokio::test]
async fn a_screen_went_on_showing_what_another_process_had_put_in_doubt() {
    for at_once in [true, false] {
        put_in_doubt_elsewhere(at_once).await;
    }
}

async fn put_in_doubt_elsewhere(at_once: bool) {
    let world = World::licensed().await;
    let doctor = doctor_of_both(&world).await;
    let other = nephrologist(&world).await;
    start(&other, THEIRS).await;
    assert!(shows(&doctor, &world, THEIRS).await);
    let person = whose(&world, &at_home()).await;
    let said = Said { by: Who::clock(), at: world.server.clock.now() };
    world.server.plan_store.whose.doubt(&tenant(), &person, &at_other(), &said).await.expect("the store answers");
    let why = WhyEnded::Wrong { reason: "two people".to_owned() };
    let ending = Ending { who: None, when: world.server.clock.now(), why };
    world.server.persons.split(&tenant(), &person, &at_other(), &at_home(), &ending).await.expect("the store answers");
    // It looks every few seconds, and once more when it keeps house.
    if at_once {
        Follower::default().look(&world.server).await.expect("the store answers");
    } else {
        world.server.keep_house().await;
    }
    for actor in [&doctor, &other] {
        world.settled(&actor.page).await;
        let plan = world.server.plan(actor.page.launch().trim_start_matches("/l/")).expect("it is open");
        assert!(!format!("{plan:?}").contains(THEIRS));
    }
    let snapshot = world.snapshot(&doctor.page).expect("the launch is open");
    let record = snapshot.records.iter().find(|record| record.source.id.as_str() == OTHER);
    assert!(record.is_none_or(|record| record.patient.is_none()), "nor the record");
}

/// As above, for a person on whom nothing of the shared plan hangs.
#[tokio::test]
async fn without_a_shared_plan_a_record_that_another_process_took_out_stayed_on_the_screen() {
    let world = World::licensed().await;
    let doctor = doctor_of_both(&world).await;
    let person = whose(&world, &at_home()).await;
    let ending =
        Ending { who: None, when: world.server.clock.now(), why: WhyEnded::Wrong { reason: "two people".to_owned() } };
    let mut follower = Follower::default();
    let shows = || {
        let snapshot = world.snapshot(&doctor.page).expect("the launch is open");
        let record = snapshot.records.iter().find(|record| record.source.id.as_str() == OTHER);
        record.is_some_and(|record| record.patient.is_some())
    };
    follower.look(&world.server).await.expect("the store answers");
    assert!(shows());
    world.server.persons.split(&tenant(), &person, &at_other(), &at_home(), &ending).await.expect("the store answers");
    follower.look(&world.server).await.expect("the store answers");
    assert!(!shows());
}
