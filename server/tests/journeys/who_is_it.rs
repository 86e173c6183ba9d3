//! Is it the same person? A second source joins a launch only when that is known, and leaves it again when it was wrong.

use std::sync::Arc;

use access::person::WhyEnded;
use access::policy::Operation;
use access::{AuditEvent, LaunchId, Outcome, PatientAt, PersonId, Proof, TenantId};
use axum::http::StatusCode;
use sandbox::Fault;
use serde_json::{Value, json};
use url::Url;

use crate::support::browser::{Browser, Page};
use crate::support::form;
use crate::support::world::World;

const HOME: &str = "valley-ehr";
const OTHER: &str = "nephrology";

/// The Patient id of the built-in person of that rank at an EHR.
fn patient(rank: usize, ehr: &str) -> String {
    sandbox::people::whereabouts()[rank].patient_id(ehr).expect("known there").to_owned()
}

fn at(rank: usize, ehr: &str) -> PatientAt {
    PatientAt::new(ehr, patient(rank, ehr))
}

fn tenant() -> TenantId {
    TenantId::new("valley")
}

/// A world, and Marisol's plan opened in it.
struct Scene {
    world: World,
    browser: Browser,
    plan: Page,
}

impl Scene {
    async fn open() -> Self {
        Self::with(|_| ()).await
    }

    /// As [`Scene::open`], with her Patient at the second EHR changed before.
    async fn with(change: impl FnOnce(&mut Value)) -> Self {
        let (world, browser) = (World::start().await, Browser::new());
        let store = world.sandbox.ehr(OTHER).store();
        let mut known = Value::clone(&*store.resource("Patient", &patient(0, OTHER)).expect("she is known there"));
        change(&mut known);
        store.load_bundle(&known).expect("it is a Patient");
        let plan = world.open(&browser, HOME, "castellanos", &patient(0, HOME)).await;
        Self { world, browser, plan }
    }

    /// Signs in at the second EHR and chooses a person there.
    async fn choose(&self, rank: usize) -> Page {
        self.world.sign_in_for(&self.browser, &self.plan, OTHER, "solberg", &patient(rank, OTHER)).await
    }

    /// Arrives at the question about another person.
    async fn asked(&self) -> Page {
        let page = self.choose(2).await;
        assert!(page.url.path().contains("/confirm/"), "{} {}", page.url, page.text);
        page
    }

    async fn say(&self, question: &Page, fields: &[(&str, &str)]) -> Page {
        self.browser.post(&question.url, &question.url, fields).await
    }

    fn launch(&self) -> LaunchId {
        launch_of(&self.plan)
    }

    fn is_connected(&self, ehr: &str) -> bool {
        is_connected(&self.world, &self.plan, ehr)
    }

    async fn whose(&self, at: &PatientAt) -> Option<PersonId> {
        self.world.server.persons.lookup(&tenant(), at).await.expect("the store answers")
    }

    async fn proof(&self, at: &PatientAt) -> Proof {
        let person = self.whose(at).await.expect("it is somebody's");
        let links = self.world.server.persons.links(&tenant(), &person).await.expect("the store answers");
        links.into_iter().find(|link| link.at == *at).expect("the link").how
    }

    async fn events(&self, at: &PatientAt, operation: Operation) -> Vec<AuditEvent> {
        let events = self.world.server.trail.of_patient(&tenant(), at).await.expect("the log can be read");
        events.into_iter().filter(|event| event.operation == operation).collect()
    }

    /// Grants that the second EHR still honours.
    fn live_grants(&self) -> usize {
        self.world.sandbox.ehr(OTHER).end_grants()
    }

    async fn stored_grant(&self) -> bool {
        let found = self.world.server.grants.lookup(&tenant(), &self.launch(), OTHER).await;
        found.expect("the store answers").is_some()
    }
}

fn launch_of(page: &Page) -> LaunchId {
    LaunchId::parse(page.launch().trim_start_matches("/l/")).expect("a launch")
}

fn is_connected(world: &World, page: &Page, ehr: &str) -> bool {
    let snapshot = world.snapshot(page).expect("the launch is open");
    let record = snapshot.records.iter().find(|record| record.source.id.as_str() == ehr);
    let connected = record.is_some_and(|record| record.patient.is_some());
    let empty = record.is_none_or(|record| record.resources.is_empty());
    assert!(connected || empty, "what is not connected shows nothing");
    connected
}

const YES: [(&str, &str); 2] = [("answer", "yes"), ("checked", "yes")];

#[tokio::test]
async fn p9_a_spelling_difference_is_joined_and_shown_without_a_question() {
    let scene = Scene::open().await;
    let page = scene.choose(0).await;
    assert!(page.url.path().ends_with("/plan"), "{} {}", page.url, page.text);
    assert!(scene.is_connected(OTHER));
    assert!(matches!(scene.proof(&at(0, OTHER)).await, Proof::Grant { .. }));
    assert_eq!(scene.whose(&at(0, OTHER)).await, scene.whose(&at(0, HOME)).await);
    scene.world.settled(&page).await;
    let sources = scene.browser.get(&page.at("sources")).await;
    assert!(sources.text.contains("written differently: family name and given names"), "{}", sources.text);
}

#[tokio::test]
async fn p9_two_of_one_name_with_two_birth_dates_are_asked_about_and_nothing_is_joined_before() {
    let scene = Scene::with(|patient| patient["birthDate"] = json!("1975-05-23")).await;
    let page = scene.choose(0).await;
    assert!(page.url.path().contains("/confirm/"), "{} {}", page.url, page.text);
    for words in ["23-May-1957", "23-May-1975", "Valley Primary Care", "Nephrology Associates", "Different"] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    assert!(!page.text.contains("NA0058213"), "no whole number");
    assert!(!scene.is_connected(OTHER) && !scene.stored_grant().await);
    assert_eq!(scene.whose(&at(0, OTHER)).await, None);
    let plan = scene.browser.get(&page.at("plan.json")).await;
    assert!(!plan.text.contains("below 8.0 %"), "nothing of the other record is in the plan");
}

#[tokio::test]
async fn p9_yes_is_taken_with_its_box_only_and_joins_by_the_question() {
    let scene = Scene::with(|patient| patient["birthDate"] = json!("1975-05-23")).await;
    let question = scene.choose(0).await;
    let empty = scene.say(&question, &[]).await;
    assert!(empty.text.contains("Choose one of the answers"), "{}", empty.text);
    let unchecked = scene.say(&question, &[("answer", "yes")]).await;
    assert!(unchecked.text.contains("only with the box below it checked"), "{}", unchecked.text);
    assert_eq!(scene.whose(&at(0, OTHER)).await, None);
    let plan = scene.say(&question, &YES).await;
    assert!(plan.url.path().ends_with("/plan"), "{} {}", plan.url, plan.text);
    assert!(scene.is_connected(OTHER) && scene.stored_grant().await);
    let Proof::Confirmed { question: name } = scene.proof(&at(0, OTHER)).await else { panic!("confirmed") };
    let events = scene.events(&at(0, OTHER), Operation::ConfirmPerson).await;
    let told = |answer: &str| format!("question {name}: {answer}");
    let yes = events.last().expect("an event");
    assert_eq!(yes.reason.as_deref(), Some(&*told("yes, the same person")));
    assert!(events.iter().any(|event| event.reason.as_deref() == Some(&told("shown"))), "{events:?}");
    assert_eq!((yes.outcome, yes.launch.as_ref()), (Outcome::Done, Some(&scene.launch())));
    // What was confirmed is not asked again.
    let again = scene.choose(0).await;
    assert!(again.url.path().ends_with("/plan"), "{}", again.url);
    assert!(scene.live_grants() > 0, "what was joined is still granted");
}

#[tokio::test]
async fn what_was_known_by_a_grant_and_then_confirmed_was_asked_again_at_every_connection() {
    let scene = Scene::open().await;
    scene.choose(0).await;
    assert!(matches!(scene.proof(&at(0, OTHER)).await, Proof::Grant { .. }));
    // Then the other place writes another birth date.
    let store = scene.world.sandbox.ehr(OTHER).store();
    let mut known = Value::clone(&*store.resource("Patient", &patient(0, OTHER)).expect("she is known there"));
    known["birthDate"] = json!("1975-05-23");
    store.load_bundle(&known).expect("it is a Patient");
    let question = scene.choose(0).await;
    assert!(question.url.path().contains("/confirm/"), "{}", question.url);
    scene.say(&question, &YES).await;
    let Proof::Confirmed { question: name } = scene.proof(&at(0, OTHER)).await else { panic!("confirmed") };
    assert!(question.url.path().ends_with(&name));
    let again = scene.choose(0).await;
    assert!(again.url.path().ends_with("/plan"), "{}", again.url);
    let person = scene.whose(&at(0, OTHER)).await.expect("known");
    let history = scene.world.server.persons.history(&tenant(), &person).await.expect("the store answers");
    let ended: Vec<_> = history.iter().filter_map(|held| Some(&held.ended.as_ref()?.why)).collect();
    assert_eq!(ended, [&WhyEnded::Confirmed { question: name }], "how it was known before is kept");
}

#[tokio::test]
async fn p9_no_and_i_do_not_know_join_nothing_and_give_the_sign_in_back() {
    for answer in ["no", "unknown"] {
        let scene = Scene::open().await;
        let question = scene.asked().await;
        let sources = scene.say(&question, &[("answer", answer), ("checked", "yes")]).await;
        assert!(sources.url.path().ends_with("/sources"), "{}", sources.url);
        assert!(sources.text.contains("Nothing was joined. The record at Nephrology Associates"), "{}", sources.text);
        assert!(!scene.is_connected(OTHER) && !scene.stored_grant().await);
        assert_eq!(scene.whose(&at(2, OTHER)).await, None);
        let events = scene.events(&at(2, OTHER), Operation::ConfirmPerson).await;
        assert_eq!(events.last().expect("an event").outcome, Outcome::PatientMismatch);
        assert_eq!(scene.live_grants(), 0, "the grant was given back");
    }
}

#[tokio::test]
async fn an_answer_counts_once() {
    let scene = Scene::open().await;
    let question = scene.asked().await;
    scene.say(&question, &[("answer", "no")]).await;
    for fields in [&YES[..], &[("answer", "no")], &[]] {
        let second = scene.say(&question, fields).await;
        assert_eq!(second.status, StatusCode::GONE);
        assert!(second.text.contains("This question is over"), "{}", second.text);
    }
    assert_eq!(scene.browser.get(&question.url).await.status, StatusCode::GONE);
    assert_eq!(scene.whose(&at(2, OTHER)).await, None);
}

#[tokio::test]
async fn an_answer_after_ten_minutes_joins_nothing() {
    let scene = Scene::open().await;
    let question = scene.asked().await;
    scene.world.clock.by_seconds(601);
    let late = scene.say(&question, &YES).await;
    assert_eq!(late.status, StatusCode::GONE, "{}", late.text);
    assert_eq!(scene.whose(&at(2, OTHER)).await, None);
}

#[tokio::test]
async fn a_question_that_a_restart_has_lost_is_told_so() {
    let scene = Scene::open().await;
    let question = scene.asked().await;
    // What a restart takes with it: the questions are in memory only.
    let lost = scene.world.server.questions.take_of(|_| true);
    assert_eq!(lost.len(), 1);
    let page = scene.say(&question, &YES).await;
    assert_eq!(page.status, StatusCode::GONE, "{}", page.text);
    assert!(page.text.contains("connect the source again"));
    assert_eq!(scene.whose(&at(2, OTHER)).await, None);
}

#[tokio::test]
async fn p2_another_launch_and_another_browser_cannot_answer() {
    let scene = Scene::open().await;
    let question = scene.asked().await;
    let id = question.url.path().rsplit('/').next().expect("its name").to_owned();
    let second = scene.world.open(&scene.browser, HOME, "castellanos", &patient(1, HOME)).await;
    let foreign = second.at(&format!("confirm/{id}"));
    assert_eq!(scene.browser.post(&second.url, &foreign, &YES).await.status, StatusCode::GONE);
    let stranger = Browser::new();
    assert_eq!(stranger.post(&question.url, &question.url, &YES).await.status, StatusCode::NOT_FOUND);
    assert_eq!(scene.whose(&at(2, OTHER)).await, None);
    let mine = scene.say(&question, &[("answer", "no")]).await;
    assert!(mine.url.path().ends_with("/sources"), "it still waited for its own launch: {}", mine.url);
}

#[tokio::test]
async fn a_patient_that_cannot_be_read_is_not_joined() {
    let scene = Scene::open().await;
    let sign_in = scene.browser.get(&scene.plan.at(&format!("connect/{OTHER}"))).await;
    scene.world.sandbox.ehr(OTHER).set_fault(Fault::Status500);
    let page = crate::support::world::sign_in_at_ehr(&scene.browser, sign_in, "solberg", &patient(0, OTHER)).await;
    assert_eq!(page.status, StatusCode::BAD_GATEWAY, "{} {}", page.url, page.text);
    assert!(page.text.contains("It could not be seen whose record this is"), "{}", page.text);
    assert!(page.text.contains("Nephrology Associates did not give"), "{}", page.text);
    assert!(!scene.is_connected(OTHER) && !scene.stored_grant().await);
    assert_eq!(scene.whose(&at(0, OTHER)).await, None);
    assert_eq!(scene.live_grants(), 0, "the grant was given back");
}

#[tokio::test]
async fn t8_a_sign_in_for_a_launch_that_is_not_open_any_more_is_given_back() {
    let scene = Scene::open().await;
    let sign_in = scene.browser.get(&scene.plan.at(&format!("connect/{OTHER}"))).await;
    let sign_out = scene.plan.url.join("/sign-out").expect("an address");
    scene.browser.twin().post(&scene.plan.url, &sign_out, &[]).await;
    let page = crate::support::world::sign_in_at_ehr(&scene.browser, sign_in, "solberg", &patient(0, OTHER)).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND, "{} {}", page.url, page.text);
    assert_eq!(scene.live_grants(), 0, "the grant was given back");
}

#[tokio::test]
async fn p6_a_question_of_the_user_before_is_given_back_when_another_one_signs_in() {
    let scene = Scene::open().await;
    scene.asked().await;
    let next = scene.world.open(&scene.browser, HOME, "whitfield", &patient(1, HOME)).await;
    assert_eq!(next.status, StatusCode::OK, "{}", next.text);
    assert_eq!(scene.live_grants(), 0, "the grant was given back");
}

#[tokio::test]
async fn a_source_that_is_known_and_cannot_be_read_now_is_connected_and_named_with_its_reason() {
    let scene = Scene::open().await;
    scene.choose(0).await;
    let sources = scene.browser.get(&scene.plan.at("sources")).await;
    let form = posted(&sources, &format!("disconnect/{OTHER}"));
    scene.browser.post(&sources.url, &form.action, &form.pairs()).await;
    scene.world.sandbox.ehr(OTHER).set_fault(Fault::Status500);
    let page = scene.choose(0).await;
    assert!(page.url.path().ends_with("/plan"), "{} {}", page.url, page.text);
    scene.world.settled(&page).await;
    let plan = scene.browser.get(&page.url).await;
    assert!(plan.text.contains("answered with error 500"), "{}", plan.text);
}

#[tokio::test]
async fn p12_a_patient_that_was_merged_into_another_is_not_joined() {
    let scene = Scene::with(|patient| {
        patient["link"] = json!([{ "other": { "reference": "Patient/elsewhere" }, "type": "replaced-by" }]);
    })
    .await;
    let page = scene.choose(0).await;
    assert_eq!(page.status, StatusCode::CONFLICT, "{} {}", page.url, page.text);
    assert!(page.text.contains("was merged into another one"), "{}", page.text);
    assert!(!scene.is_connected(OTHER) && scene.whose(&at(0, OTHER)).await.is_none());
    assert_eq!(scene.live_grants(), 0, "the grant was given back");
}

#[tokio::test]
async fn a_record_that_does_not_say_who_it_is_about_is_asked_about() {
    let scene = Scene::with(|patient| {
        let patient = patient.as_object_mut().expect("a Patient");
        patient.remove("birthDate");
        patient.remove("name");
    })
    .await;
    let page = scene.choose(0).await;
    assert!(page.text.contains("says too little to tell who it is about"), "{} {}", page.url, page.text);
}

#[tokio::test]
async fn a_record_that_is_known_as_another_persons_is_asked_about_and_joined_by_name() {
    let scene = Scene::open().await;
    // Somebody opened her record there by itself, so it is a person of its own until now.
    let there = Browser::new();
    scene.world.open(&there, OTHER, "solberg", &patient(0, OTHER)).await;
    let before = scene.whose(&at(0, OTHER)).await.expect("known");
    assert_ne!(Some(&before), scene.whose(&at(0, HOME)).await.as_ref());
    let question = scene.choose(0).await;
    assert!(question.text.contains("as that of another person until now"), "{} {}", question.url, question.text);
    let plan = scene.say(&question, &YES).await;
    assert!(plan.url.path().ends_with("/plan"), "{} {}", plan.url, plan.text);
    assert_eq!(scene.whose(&at(0, OTHER)).await, scene.whose(&at(0, HOME)).await);
}

#[tokio::test]
async fn what_became_another_persons_while_the_question_waited_is_asked_about_anew() {
    let scene = Scene::open().await;
    let question = scene.asked().await;
    let there = Browser::new();
    scene.world.open(&there, OTHER, "solberg", &patient(2, OTHER)).await;
    let again = scene.say(&question, &YES).await;
    assert!(again.url.path().contains("/confirm/") && again.url != question.url, "{}", again.url);
    assert!(again.text.contains("as that of another person until now"), "{}", again.text);
    assert!(!scene.is_connected(OTHER));
}

/// The form on the page of the sources or of a split, with its record as the page has it.
fn posted(page: &Page, ending: &str) -> form::Form {
    form::with_action(page, ending).unwrap_or_else(|| panic!("no form to {ending}: {}", page.text))
}

#[tokio::test]
async fn a_split_needs_a_reason_and_takes_the_record_from_every_open_screen_of_the_person() {
    let scene = Scene::open().await;
    let (world, browser) = (&scene.world, &scene.browser);
    world.connect(browser, &scene.plan, OTHER, "solberg", &patient(0, OTHER)).await;
    // The same person at another desk, and in a launch of the second EHR that has joined the first.
    let (desk, there) = (Browser::new(), Browser::new());
    let desk_plan = world.open(&desk, HOME, "whitfield", &patient(0, HOME)).await;
    world.connect(&desk, &desk_plan, OTHER, "solberg", &patient(0, OTHER)).await;
    let there_plan = world.open(&there, OTHER, "solberg", &patient(0, OTHER)).await;
    world.connect(&there, &there_plan, HOME, "castellanos", &patient(0, HOME)).await;
    assert!(is_connected(world, &desk_plan, OTHER) && is_connected(world, &there_plan, HOME));

    let page = browser.get(&scene.plan.at(&format!("split/{OTHER}"))).await;
    assert!(page.text.contains("from every other open plan of this person"), "{}", page.text);
    let mut split = posted(&page, &format!("split/{OTHER}"));
    split.set("reason", "  ");
    let refused = browser.post(&page.url, &split.action, &split.pairs()).await;
    assert!(refused.text.contains("Say why."), "{}", refused.text);
    split.set("reason", &"x".repeat(2001));
    let long = browser.post(&page.url, &split.action, &split.pairs()).await;
    assert!(long.text.contains("too long") && long.text.contains("xxxx"), "what was typed is kept");
    assert!(scene.is_connected(OTHER), "nothing has changed yet");

    split.set("reason", "Two people share this name; the nurse asked.");
    let told = browser.post(&page.url, &split.action, &split.pairs()).await;
    assert!(told.text.contains("was taken out: it is not this person"), "{} {}", told.url, told.text);
    assert!(!scene.is_connected(OTHER) && !scene.stored_grant().await);
    assert!(!is_connected(world, &desk_plan, OTHER), "the other desk has lost it too");
    assert!(is_connected(world, &there_plan, OTHER), "its own launch keeps it");
    assert!(!is_connected(world, &there_plan, HOME), "and loses the rest");
    let plan = browser.get(&scene.plan.at("plan.json")).await;
    assert!(!plan.text.contains("below 8.0 %"), "its items are gone");

    let (mine, theirs) = (scene.whose(&at(0, HOME)).await, scene.whose(&at(0, OTHER)).await);
    assert!(mine.is_some() && theirs.is_some() && mine != theirs);
    let history = world.server.persons.history(&tenant(), &mine.expect("known")).await.expect("the store answers");
    let ended = history.iter().find_map(|held| held.ended.as_ref()).expect("the link has ended");
    let reason = "Two people share this name; the nurse asked.".to_owned();
    assert_eq!(ended.why, WhyEnded::Wrong { reason: reason.clone() });
    let events = scene.events(&at(0, OTHER), Operation::SplitPerson).await;
    assert_eq!(events.iter().map(|event| event.reason.clone()).collect::<Vec<_>>(), [Some(reason)]);
    // What was split is never joined again without a question.
    let question = scene.choose(0).await;
    assert!(question.url.path().contains("/confirm/"), "{}", question.url);
}

#[tokio::test]
async fn a_launch_that_was_not_open_when_its_record_was_split_does_not_read_it_when_it_comes_back() {
    let scene = Scene::open().await;
    let (world, desk) = (&scene.world, Browser::new());
    world.connect(&scene.browser, &scene.plan, OTHER, "solberg", &patient(0, OTHER)).await;
    let desk_plan = world.open(&desk, HOME, "whitfield", &patient(0, HOME)).await;
    world.connect(&desk, &desk_plan, OTHER, "solberg", &patient(0, OTHER)).await;
    world.server.rooms.close_launches(&[launch_of(&desk_plan)]);
    let page = scene.browser.get(&scene.plan.at(&format!("split/{OTHER}"))).await;
    let mut split = posted(&page, &format!("split/{OTHER}"));
    split.set("reason", "another person");
    scene.browser.post(&page.url, &split.action, &split.pairs()).await;
    let back = desk.get(&desk_plan.url).await;
    assert_eq!(back.status, StatusCode::OK);
    assert!(!is_connected(world, &desk_plan, OTHER));
    let kept = world.server.grants.lookup(&tenant(), &launch_of(&desk_plan), OTHER).await.expect("the store answers");
    assert!(kept.is_none(), "its grant is forgotten");
}

#[tokio::test]
async fn a_split_ends_what_was_shared_from_there() {
    let scene = Scene::open().await;
    scene.world.connect(&scene.browser, &scene.plan, OTHER, "solberg", &patient(0, OTHER)).await;
    let server: &Arc<server::Server> = &scene.world.server;
    let person = scene.whose(&at(0, OTHER)).await.expect("known");
    let now = access::Clock::now(&*scene.world.clock);
    let grant =
        server.grants.lookup(&tenant(), &scene.launch(), OTHER).await.expect("the store answers").expect("a grant");
    let consent = share(server, &person, now).await;
    let key = access::StandingKey { tenant: tenant(), person: person.clone(), source: OTHER.to_owned() };
    let standing = access::StandingGrant { consent, content: grant.to_bytes() };
    assert!(server.standing.put(&key, &standing, now).await.expect("the store answers"));
    let page = scene.browser.get(&scene.plan.at(&format!("split/{OTHER}"))).await;
    let mut split = posted(&page, &format!("split/{OTHER}"));
    split.set("reason", "another person");
    scene.browser.post(&page.url, &split.action, &split.pairs()).await;
    assert!(server.standing.lookup(&key, now).await.expect("the store answers").is_none());
}

async fn share(server: &server::Server, person: &PersonId, now: jiff::Timestamp) -> access::ConsentId {
    let id = access::ConsentId::from_random([9; 16]);
    let consent = access::Consent {
        id: id.clone(),
        person: person.clone(),
        source: OTHER.to_owned(),
        purpose: access::Purpose::CareTeam,
        by: access::UserKey { issuer: "i".into(), subject: "s".into() },
        role: access::Role::Patient,
        given: now,
        until: None,
        revoked: None,
    };
    server.consents.give(&tenant(), &consent).await.expect("the store answers");
    id
}

#[tokio::test]
async fn disconnecting_ends_the_reading_here_and_keeps_who_is_who() {
    let scene = Scene::open().await;
    scene.world.connect(&scene.browser, &scene.plan, OTHER, "solberg", &patient(0, OTHER)).await;
    let sources = scene.browser.get(&scene.plan.at("sources")).await;
    let form = posted(&sources, &format!("disconnect/{OTHER}"));
    let told = scene.browser.post(&sources.url, &form.action, &form.pairs()).await;
    assert!(told.text.contains("Nephrology Associates is disconnected"), "{} {}", told.url, told.text);
    assert!(told.text.contains("Known as this person"), "{}", told.text);
    assert!(!scene.is_connected(OTHER) && !scene.stored_grant().await);
    assert_eq!(scene.whose(&at(0, OTHER)).await, scene.whose(&at(0, HOME)).await);
    let events = scene.events(&at(0, OTHER), Operation::DisconnectSource).await;
    assert_eq!(events.len(), 1);
    let again = scene.choose(0).await;
    assert!(again.url.path().ends_with("/plan") && scene.is_connected(OTHER), "{}", again.url);
}

#[tokio::test]
async fn the_plans_own_record_is_neither_split_off_nor_disconnected_from_inside() {
    let scene = Scene::open().await;
    for path in ["split/valley-ehr", "disconnect/valley-ehr"] {
        let page = scene.browser.post(&scene.plan.url, &scene.plan.at(path), &[("reason", "x")]).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{path}");
        assert!(page.text.contains("sign out: that ends this plan"), "{}", page.text);
    }
    assert_eq!(scene.browser.get(&scene.plan.at("split/valley-ehr")).await.status, StatusCode::CONFLICT);
    assert!(scene.is_connected(HOME));
}

#[tokio::test]
async fn p3_a_screen_that_showed_another_record_changes_nothing() {
    let scene = Scene::open().await;
    scene.world.connect(&scene.browser, &scene.plan, OTHER, "solberg", &patient(0, OTHER)).await;
    for (path, operation) in [("split", Operation::SplitPerson), ("disconnect", Operation::DisconnectSource)] {
        let fields = [("record", "m0000000000000000"), ("reason", "x")];
        let url = scene.plan.at(&format!("{path}/{OTHER}"));
        let page = scene.browser.post(&scene.plan.url, &url, &fields).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{path}: {}", page.text);
        let events = scene.events(&at(0, OTHER), operation).await;
        assert_eq!(events.last().expect("an event").outcome, Outcome::PatientMismatch);
    }
    assert!(scene.is_connected(OTHER));
    assert_eq!(scene.whose(&at(0, OTHER)).await, scene.whose(&at(0, HOME)).await);
}

#[tokio::test]
async fn p4_nothing_of_another_person_enters_the_plan_while_a_question_waits() {
    let scene = Scene::open().await;
    let question = scene.asked().await;
    let paths = ["plan?show=all", "plan/board?show=all", "plan.json", "sources"];
    for path in paths {
        let page = scene.browser.get(&question.at(path)).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.text.to_uppercase().contains("NGUY"), "{path}");
    }
    assert!(question.text.to_uppercase().contains("NGUY"), "the question itself shows who it is: {}", question.text);
}

#[tokio::test]
async fn signing_out_gives_a_waiting_sign_in_back() {
    let scene = Scene::open().await;
    let question = scene.asked().await;
    let out: Url = question.url.join("/sign-out").expect("an address");
    scene.browser.post(&question.url, &out, &[]).await;
    assert_eq!(scene.live_grants(), 0);
}
