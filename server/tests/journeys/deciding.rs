//! A difference is settled: the decision is kept in the shared plan, every open screen follows, and no record is changed.

use access::policy::Operation;
use access::{Outcome, PatientAt, TenantId};
use axum::http::StatusCode;

use crate::support::browser::{Browser, Page};
use crate::support::form::{self, Form};
use crate::support::world::{World, sign_in_at_ehr};

const HOME: &str = "valley-ehr";
const OTHER: (&str, &str) = ("nephrology", "solberg");
const REASON: &str = "Low sugar at night; she lives alone";

/// Marisol's Patient at an EHR.
fn patient(ehr: &str) -> String {
    sandbox::people::whereabouts()[0].patient_id(ehr).expect("known there").to_owned()
}

/// Marisol's plan of two records, by a clinician or a coordinator.
async fn of_two_records(world: &World, browser: &Browser, user: &str) -> Page {
    let plan = world.open(browser, HOME, user, &patient(HOME)).await;
    let plan = world.connect(browser, &plan, OTHER.0, OTHER.1, &patient(OTHER.0)).await;
    world.settled(&plan).await;
    plan
}

async fn reconcile(world: &World, browser: &Browser, plan: &Page) -> Page {
    world.settled(plan).await;
    browser.get(&plan.at("reconcile")).await
}

/// The article of the two targets, and whether it stands among what was settled.
fn targets(page: &Page) -> (String, bool) {
    let text = page.text.replace("<!>", "");
    let at = text.match_indices("<article id=\"").map(|(at, _)| at).find(|at| {
        let article = text[*at..].split("</article>").next().unwrap_or_default();
        article.contains(">Contradictory targets</span>") && article.contains("below 7.0 %")
    });
    let at = at.unwrap_or_else(|| panic!("the targets: {text}"));
    let settled = text.find("issues--decided").is_some_and(|decided| decided < at);
    (text[at..].split("</article>").next().unwrap_or_default().to_owned(), settled)
}

/// A form of the targets, as the page filled it.
fn form_of(page: &Page, ending: &str) -> Form {
    let (article, _) = targets(page);
    let alone = Page { text: article, ..page.clone() };
    form::with_action(&alone, ending).unwrap_or_else(|| panic!("{ending}: {}", alone.text))
}

/// The value of the choice whose words hold this.
fn choice(page: &Page, words: &str) -> String {
    let (article, _) = targets(page);
    let label = article
        .split("<label class=\"decide__choice\">")
        .find(|label| label.split("</label>").next().unwrap_or_default().contains(words));
    let value = label.and_then(|label| label.split("value=\"").nth(1)).and_then(|rest| rest.split('"').next());
    value.unwrap_or_else(|| panic!("{words}: {article}")).to_owned()
}

async fn settle(browser: &Browser, page: &Page, chosen: &str, reason: &str) -> Page {
    let mut form = form_of(page, "/decide");
    form.set("choice", &choice(page, chosen));
    form.set("reason", reason);
    browser.post(&page.url, &form.action, &form.pairs()).await
}

async fn take_back(browser: &Browser, page: &Page) -> Page {
    let mut form = form_of(page, "/decide/take-back");
    form.set("reason", "Not agreed after all");
    browser.post(&page.url, &form.action, &form.pairs()).await
}

#[tokio::test]
async fn two_targets_are_settled_stay_settled_and_no_record_is_changed() {
    let world = World::licensed().await;
    let browser = Browser::new();
    let plan = of_two_records(&world, &browser, "castellanos").await;
    let versions = |page: &Page| {
        let snapshot = world.snapshot(page).expect("open");
        let goals = snapshot.records.iter().flat_map(|record| &record.resources).filter(|one| one.kind() == "Goal");
        let mut seen: Vec<String> = goals.map(|goal| format!("{} {:?}", goal.key(), goal.version())).collect();
        seen.sort();
        seen
    };
    let before = versions(&plan);
    let page = reconcile(&world, &browser, &plan).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!targets(&page).1 && !page.text.contains(" checked"), "nothing is chosen: {}", page.text);
    let told = settle(&browser, &page, "What Nephrology Associates says: at most 8.0 %", REASON).await;
    assert!(told.text.contains("Kept in the shared plan"), "{}", told.text);
    let page = reconcile(&world, &browser, &plan).await;
    let (article, is_settled) = targets(&page);
    assert!(is_settled && article.contains("What Nephrology Associates says counts"), "{article}");
    assert!(article.contains(REASON), "{article}");
    assert_eq!(versions(&plan), before, "no record was written");
    // The card says nothing of it any more.
    let board = browser.get(&plan.at("plan")).await.text;
    assert!(!board.contains("Contradictory targets"), "{board}");
    // Another launch, opened later, by somebody else.
    let other = Browser::new();
    let theirs = of_two_records(&world, &other, "okoro").await;
    let page = reconcile(&world, &other, &theirs).await;
    assert!(targets(&page).1, "what was settled is settled for everybody");
    let told = take_back(&other, &page).await;
    assert!(told.text.contains("Taken back; it is open again"), "{}", told.text);
    assert!(!targets(&reconcile(&world, &browser, &plan).await).1, "the first screen follows");
    let at = PatientAt::new("shared-plan", of_shared_plan(&world, &plan));
    let log = world.server.trail.of_patient(&TenantId::new("valley"), &at).await.expect("the log can be read");
    let decided =
        log.iter().filter(|event| (event.operation, event.outcome) == (Operation::DecideIssue, Outcome::Done));
    assert_eq!(decided.count(), 2, "the decision and its end are in the log");
}

fn of_shared_plan(world: &World, plan: &Page) -> String {
    let snapshot = world.snapshot(plan).expect("open");
    let record = snapshot.records.iter().find(|record| record.source.id.as_str() == "shared-plan");
    record.and_then(|record| record.patient.clone()).expect("the shared plan is read")
}

#[tokio::test]
async fn whoever_settles_after_somebody_else_is_told_and_loses_nothing_typed() {
    let world = World::licensed().await;
    let (first, second) = (Browser::new(), Browser::new());
    let plan = of_two_records(&world, &first, "castellanos").await;
    let theirs = of_two_records(&world, &second, "okoro").await;
    let (seen_by_first, seen_by_second) =
        (reconcile(&world, &first, &plan).await, reconcile(&world, &second, &theirs).await);
    settle(&first, &seen_by_first, "Keep both", REASON).await;
    let late = settle(&second, &seen_by_second, "What Valley Primary Care says", "my typed reason").await;
    assert!(late.text.contains("somebody else settled this meanwhile"), "{}", late.text);
    assert!(late.text.contains("my typed reason") && late.text.contains(REASON), "{}", late.text);
    let page = reconcile(&world, &second, &theirs).await;
    assert!(targets(&page).0.contains("Left as it is, on purpose"), "the first one holds: {}", targets(&page).0);
}

/// A second click would have been told that somebody else was first.
#[tokio::test]
async fn a_form_that_is_sent_twice_settles_once() {
    let world = World::licensed().await;
    let browser = Browser::new();
    let plan = of_two_records(&world, &browser, "castellanos").await;
    let page = reconcile(&world, &browser, &plan).await;
    for _ in 0..2 {
        let told = settle(&browser, &page, "Keep both", REASON).await;
        assert!(told.text.contains("Kept in the shared plan"), "{}", told.text);
    }
    let page = reconcile(&world, &browser, &plan).await;
    take_back(&browser, &page).await;
    // The same words once more are a new decision, for the issue is open again.
    let page = reconcile(&world, &browser, &plan).await;
    settle(&browser, &page, "Keep both", REASON).await;
    assert!(targets(&reconcile(&world, &browser, &plan).await).1);
}

#[tokio::test]
async fn what_is_missing_is_said_at_the_form_and_what_was_not_offered_is_not_taken() {
    let world = World::licensed().await;
    let browser = Browser::new();
    let plan = of_two_records(&world, &browser, "castellanos").await;
    let page = reconcile(&world, &browser, &plan).await;
    let refused = settle(&browser, &page, "Keep both", " ").await;
    assert!(targets(&refused).0.contains("This must not be empty."), "{}", targets(&refused).0);
    let mut form = form_of(&page, "/decide");
    form.set("choice", "adopt-m0000000000000000");
    form.set("reason", REASON);
    let refused = browser.post(&page.url, &form.action, &form.pairs()).await;
    assert!(targets(&refused).0.contains("This cannot be chosen here."), "{}", targets(&refused).0);
    form.set("choice", &choice(&page, "Keep both"));
    let seen = form.get("seen").expect("the evidence").replace("7.0", "6.0");
    form.set("seen", &seen);
    let changed = browser.post(&page.url, &form.action, &form.pairs()).await;
    let (article, _) = targets(&changed);
    assert!(article.contains("the records say something else than when you opened this"), "{article}");
    assert!(article.contains("now “below 7.0 %”, before “below 6.0 %”") && article.contains(REASON), "{article}");
    assert!(!targets(&reconcile(&world, &browser, &plan).await).1, "nothing was kept");
}

#[tokio::test]
async fn a_medication_is_settled_by_a_message_to_copy_and_no_order_is_written() {
    let world = World::licensed().await;
    let browser = Browser::new();
    let plan = of_two_records(&world, &browser, "castellanos").await;
    let page = reconcile(&world, &browser, &plan).await;
    let text = page.text.replace("<!>", "");
    let articles = text.split("<article id=\"").skip(1).filter_map(|rest| rest.split("</article>").next());
    let of_order = |article: &&str| article.contains("value=\"ask-prescriber\"");
    let article = articles.clone().find(of_order).unwrap_or_else(|| panic!("a medication: {text}")).to_owned();
    let id = article.split('"').next().expect("its id").to_owned();
    let alone = Page { text: article, ..page.clone() };
    let mut form = form::with_action(&alone, "/decide").expect("its form");
    form.set("choice", "ask-prescriber");
    form.set("reason", REASON);
    browser.post(&page.url, &form.action, &form.pairs()).await;
    let page = reconcile(&world, &browser, &plan).await;
    let settled =
        page.text.split(&format!("<article id=\"{id}\"")).nth(1).and_then(|rest| rest.split("</article>").next());
    let settled = settled.expect("it is listed").to_owned();
    assert!(settled.contains("Message to the prescriber, to copy and send"), "{settled}");
    assert!(settled.contains("Please look at the order") && settled.contains(REASON), "{settled}");
}

/// The first matter of safety that the page shows as open.
fn first_of_safety(page: &Page) -> String {
    let text = page.text.replace("<!>", "");
    let open = text.split("issues--decided").next().unwrap_or_default();
    let articles = open.split("<article id=\"").skip(1).filter_map(|rest| rest.split("</article>").next());
    let form = |article: &&str| article.contains("value=\"not-relevant\"");
    articles.clone().find(form).unwrap_or_else(|| panic!("a matter of safety: {text}")).to_owned()
}

/// It was gone from the cards, the count and the safety filter of everybody who treats her.
#[tokio::test]
async fn a_patient_settled_a_medication_away_for_the_clinician() {
    let world = World::licensed().await;
    let (own, theirs) = (Browser::new(), Browser::new());
    let sign_in = own.get(&world.accord.join("sign-in?at=valley-ehr").expect("an address")).await;
    let mine = sign_in_at_ehr(&own, sign_in, "marisol", "").await;
    let mine = world.connect(&own, &mine, OTHER.0, "marisol", &patient(OTHER.0)).await;
    world.settled(&mine).await;
    let page = own.get(&mine.at("reconcile?kind=safety")).await;
    let article = first_of_safety(&page);
    assert!(article.contains("shown to your care team"), "said before it is sent: {article}");
    let id = article.split('"').next().expect("its id").to_owned();
    let mut form = form::with_action(&Page { text: article, ..page.clone() }, "/decide").expect("its form");
    form.set("choice", "not-relevant");
    form.set("reason", "I have always taken it");
    let told = own.post(&page.url, &form.action, &form.pairs()).await;
    assert!(told.text.contains("It stays open until one of them has settled it"), "{}", told.text);

    let plan = of_two_records(&world, &theirs, "castellanos").await;
    let safety = async || theirs.get(&plan.at("reconcile?kind=safety")).await;
    let page = safety().await;
    let article = |page: &Page| {
        let text = page.text.replace("<!>", "");
        let at = text.find(&format!("<article id=\"{id}\"")).unwrap_or_else(|| panic!("{id}: {text}"));
        let is_settled = text.find("issues--decided").is_some_and(|decided| decided < at);
        (text[at..].split("</article>").next().unwrap_or_default().to_owned(), is_settled)
    };
    let (of_patient, is_settled) = article(&page);
    assert!(!is_settled && of_patient.contains("(patient) said"), "{of_patient}");
    assert!(of_patient.contains("I have always taken it"), "{of_patient}");
    let mut form = form::with_action(&Page { text: of_patient, ..page.clone() }, "/decide").expect("its form");
    form.set("choice", "keep");
    form.set("reason", REASON);
    let told = theirs.post(&page.url, &form.action, &form.pairs()).await;
    assert!(told.text.contains("Kept in the shared plan; it stands among what was settled"), "{}", told.text);
    world.settled(&plan).await;
    assert!(article(&safety().await).1, "a clinician settles it");
}

#[tokio::test]
async fn without_the_licence_the_page_says_so_and_takes_nothing() {
    let world = World::start().await;
    let browser = Browser::new();
    let plan = of_two_records(&world, &browser, "castellanos").await;
    let page = reconcile(&world, &browser, &plan).await;
    let (article, _) = targets(&page);
    assert!(article.contains("no licence") && !article.contains("<form"), "{article}");
    let issue = article.split('"').nth(1).expect("its id").to_owned();
    let typed = [("issue", issue.as_str()), ("choice", "keep"), ("reason", REASON), ("seen", "{}"), ("version", "")];
    let told = browser.post(&page.url, &plan.at("decide"), &typed).await;
    assert!(told.text.contains("has no licence") && told.text.contains(REASON), "{}", told.text);
}
