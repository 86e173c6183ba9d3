//! A source refuses a change of a goal when it is sent, each in its own way.

use sandbox::{Fault, GoalRefusal};

use super::{GOAL, HOME, card, form_of, goal, opened, send, versions};
use crate::support::browser::{Browser, Page};
use crate::support::form;
use crate::support::world::World;

/// How sources refuse, and what the page says of it.
pub const WAYS: [(GoalRefusal, &str); 5] = [
    (GoalRefusal::Forbidden, "the server does not permit this. It says: Goals are changed in the chart only."),
    (GoalRefusal::ForbiddenPage, "the server does not permit this. What you typed is still here."),
    (GoalRefusal::NotAllowed, "the server does not do this. It says: The interaction update is not offered for Goal."),
    (GoalRefusal::NotAllowedEmpty, "the server does not do this. What you typed is still here."),
    (
        GoalRefusal::Unprocessable,
        "the server rejects this (422). It says: A goal is changed by the care plan that it belongs to.",
    ),
];
const NOTE: &str = "Tires after < 10 minutes & rests";

pub fn refuse(world: &World, how: GoalRefusal) {
    world.sandbox.ehr(HOME).set_fault(Fault::Goals(how));
}

/// What Valley was asked since the last time.
pub fn asked(world: &World) -> Vec<String> {
    world.sandbox.ehr(HOME).take_asked().into_iter().map(|asked| asked.target).collect()
}

/// How often Valley was sent a change since the last time.
pub fn sent(world: &World) -> usize {
    let is_read = |target: &String| target.starts_with("GET ") || target.contains("/_search");
    asked(world).iter().filter(|target| !is_read(target)).count()
}

/// What is kept beside the goal, on its page.
fn kept(page: &Page) -> String {
    let text = page.text.replace("<!>", "");
    let from = text.find("id=\"goal-overlays\"").unwrap_or_else(|| panic!("what is kept: {text}"));
    text[from..].split("</section>").next().expect("its text").to_owned()
}

/// True where a text says that this user did it, and on which day.
fn says_who_and_when(text: &str, user: &str) -> bool {
    let name = sandbox::people::users(HOME).into_iter().find(|known| known.id == user).expect("a user").name;
    let day = text.split(&format!("{name}, ")).nth(1).and_then(|rest| rest.get(..11)).unwrap_or_default();
    let parts: Vec<usize> = day.split('-').map(str::len).collect();
    parts == [2, 3, 4]
}

/// Takes back what is kept.
async fn take_back(browser: &Browser, page: &Page) -> Page {
    let mut back = form::with_action(page, "/overlay/take-back").unwrap_or_else(|| panic!("{}", page.text));
    back.set("reason", "Agreed otherwise");
    browser.post(&page.url, &back.action, &back.pairs()).await
}

#[tokio::test]
async fn a_change_that_is_refused_in_any_way_is_told_in_words_kept_on_the_page_and_laid_beside_the_goal() {
    let world = World::licensed().await;
    for (how, said) in WAYS {
        refuse(&world, how);
        let browser = Browser::new();
        let plan = opened(&world, &browser, "castellanos").await;
        let page = goal(&browser, &plan).await;
        assert!(page.text.contains("Your change is saved in the record of Valley Primary Care"), "{how:?}");
        let mut form = form_of(&page);
        form.set("target_value", "8.0");
        form.set("due", "2031-05-31");
        form.set("note", NOTE);
        asked(&world);
        let told = send(&browser, &page, &form).await;
        assert_eq!(sent(&world), 1, "{how:?}");
        for words in [
            "Not saved: Valley Primary Care does not take this change. Nothing was written: ",
            said,
            "You can keep it in the shared plan instead",
            "Valley Primary Care is not changed.",
        ] {
            assert!(told.text.contains(words), "{how:?} {words}: {}", told.text);
        }
        assert!(!told.text.contains("8731"), "{how:?}: a page of somebody else is not shown");
        let mut form = form_of(&told);
        for (name, typed) in [("target_value", "8.0"), ("due", "2031-05-31"), ("note", NOTE), ("place", "shared-plan")]
        {
            assert_eq!(form.get(name), Some(typed), "{how:?} {name}: {}", told.text);
        }
        browser.get(&told.url).await;
        form.set("reason", "Low sugar at night");
        let told = send(&browser, &told, &form).await;
        assert!(told.text.contains("Kept in the shared plan. Valley Primary Care is not changed."), "{}", told.text);
        assert_eq!(sent(&world), 0, "{how:?}: neither a reload nor keeping it sends it once more");
        assert_eq!(versions(&world), 1, "{how:?}");
        world.settled(&plan).await;
        let board = browser.get(&plan.at("plan?show=all")).await;
        for shown in [kept(&told), card(&board)] {
            assert!(shown.contains("Target value: 8.0 (at Valley Primary Care: 7.0)"), "{how:?}: {shown}");
            assert!(says_who_and_when(&shown, "castellanos"), "{how:?}: {shown}");
        }
        assert!(kept(&told).contains("Tires after") && kept(&told).contains("Low sugar at night"), "{}", told.text);
        let told = take_back(&browser, &told).await;
        assert!(told.text.contains("Taken back: the shared plan says nothing beside this goal"), "{}", told.text);
        assert_eq!((sent(&world), versions(&world)), (0, 1), "{how:?}");
    }
}

#[tokio::test]
async fn a_source_that_said_405_is_not_asked_again_in_this_launch() {
    let world = World::licensed().await;
    refuse(&world, GoalRefusal::NotAllowedEmpty);
    let browser = Browser::new();
    let plan = opened(&world, &browser, "castellanos").await;
    let page = goal(&browser, &plan).await;
    let mut form = form_of(&page);
    form.set("target_value", "8.0");
    send(&browser, &page, &form).await;
    let page = goal(&browser, &plan).await;
    assert!(page.text.contains("The server of Valley Primary Care takes no changes of goals."), "{}", page.text);
    let mut form = form_of(&page);
    assert_eq!((form.get("place"), form.get("target_value")), (Some("shared-plan"), Some("7.0")));
    form.set("target_value", "8.5");
    asked(&world);
    let told = send(&browser, &page, &form).await;
    assert!(told.text.contains("Kept in the shared plan."), "{}", told.text);
    assert_eq!(sent(&world), 0);
}

#[tokio::test]
async fn an_edit_that_was_kept_is_revised_by_a_colleague_whose_change_is_refused_too() {
    let world = World::licensed().await;
    refuse(&world, GoalRefusal::Forbidden);
    let keep = async |user: &str, fields: &[(&str, &str)]| {
        let browser = Browser::new();
        let plan = opened(&world, &browser, user).await;
        let page = goal(&browser, &plan).await;
        let mut form = form_of(&page);
        fields.iter().for_each(|(name, text)| form.set(name, text));
        asked(&world);
        let told = send(&browser, &page, &form).await;
        assert_eq!(sent(&world), 1, "{user}");
        let told = send(&browser, &told, &form_of(&told)).await;
        assert_eq!(sent(&world), 0, "{user}");
        assert!(told.text.contains("Kept in the shared plan."), "{user}: {}", told.text);
        (browser, told)
    };
    keep("castellanos", &[("target_value", "8.0"), ("note", "Agreed by phone")]).await;
    let (browser, told) = keep("whitfield", &[("due", "2031-05-31")]).await;
    let shown = kept(&told);
    for words in ["Target value: 8.0 (at Valley Primary Care: 7.0)", "31-May-2031", "Agreed by phone"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(says_who_and_when(&shown, "whitfield"), "{shown}");
    assert_eq!(shown.matches("class=\"overlaid\"").count(), 1, "one edit stands beside a target: {shown}");
    let told = take_back(&browser, &told).await;
    assert!(told.text.contains("Taken back"), "{}", told.text);
    assert_eq!(versions(&world), 1);
}

#[tokio::test]
async fn when_the_source_says_the_same_later_the_edit_beside_it_is_found_taken() {
    let world = World::licensed().await;
    refuse(&world, GoalRefusal::Unprocessable);
    let (browser, taken) = (Browser::new(), "Valley Primary Care says the same now: this can be taken back.");
    let plan = opened(&world, &browser, "castellanos").await;
    let page = goal(&browser, &plan).await;
    let mut form = form_of(&page);
    form.set("target_value", "8.0");
    let told = send(&browser, &page, &form).await;
    let told = send(&browser, &told, &form_of(&told)).await;
    assert!(told.text.contains("Kept in the shared plan.") && !told.text.contains(taken), "{}", told.text);
    // From now on Valley takes changes: the form of a page that is opened anew goes there.
    world.sandbox.ehr(HOME).set_fault(Fault::Off);
    let page = goal(&browser, &plan).await;
    let mut form = form_of(&page);
    assert_eq!((form.get("place"), form.get("target_value")), (Some("source"), Some("7.0")), "{}", page.text);
    form.set("target_value", "8.0");
    let told = send(&browser, &page, &form).await;
    assert!(told.text.contains("Saved at Valley Primary Care as version 2"), "{}", told.text);
    assert!(kept(&told).contains(taken), "{}", kept(&told));
    // Whoever reads it from Valley only finds the same.
    let other = Browser::new();
    let theirs = opened(&world, &other, "okoro").await;
    assert!(card(&theirs).contains(taken), "{}", card(&theirs));
    let page = goal(&other, &theirs).await;
    assert!(kept(&page).contains(taken), "{}", kept(&page));
    let told = take_back(&other, &page).await;
    assert!(told.text.contains("Taken back"), "{}", told.text);
    assert_eq!(versions(&world), 2);
}

/// It was read anew as a whole: until it had come, there was no such goal, no form, and nothing that was typed.
#[tokio::test]
async fn a_refused_change_took_the_goal_off_the_screen_until_its_source_had_been_read_again() {
    let world = World::licensed().await;
    for (how, _) in WAYS {
        refuse(&world, how);
        let browser = Browser::new();
        let plan = opened(&world, &browser, "castellanos").await;
        let page = goal(&browser, &plan).await;
        let mut form = form_of(&page);
        form.set("target_value", "8.0");
        asked(&world);
        send(&browser, &page, &form).await;
        world.settled(&plan).await;
        let asked = asked(&world);
        assert!(asked.len() == 2 && asked.iter().all(|target| !target.contains('?')), "{how:?}: {asked:?}");
    }
}

#[tokio::test]
async fn a_conflict_read_a_whole_source_anew_and_shows_its_other_side_without() {
    let world = World::licensed().await;
    let browser = Browser::new();
    let plan = opened(&world, &browser, "castellanos").await;
    let page = goal(&browser, &plan).await;
    let mut form = form_of(&page);
    form.set("target_value", "6.8");
    form.set("note", NOTE);
    let store = world.sandbox.ehr(HOME).store();
    let mine = store.list("Goal").into_iter().find(|goal| goal["description"]["text"] == GOAL).expect("the goal");
    let mut changed = (*mine).clone();
    changed["target"][0]["detailQuantity"]["value"] = 7.7.into();
    store.load_bundle(&changed).expect("a resource");
    asked(&world);
    let told = send(&browser, &page, &form).await;
    world.settled(&plan).await;
    let asked = asked(&world);
    assert!(asked.iter().all(|target| target.starts_with("GET /Goal/") && !target.contains('?')), "{asked:?}");
    assert!(told.text.contains("Now at Valley Primary Care") && told.text.contains("7.7"), "{}", told.text);
    let form = form_of(&told);
    assert_eq!((form.get("target_value"), form.get("note")), (Some("6.8"), Some(NOTE)));
}

#[tokio::test]
async fn what_was_typed_for_a_source_that_had_just_stopped_was_gone_with_its_goal() {
    let world = World::licensed().await;
    let browser = Browser::new();
    let plan = opened(&world, &browser, "castellanos").await;
    let page = goal(&browser, &plan).await;
    let mut form = form_of(&page);
    form.set("target_value", "8.0");
    form.set("note", NOTE);
    world.sandbox.ehr(HOME).stop().await;
    let told = send(&browser, &page, &form).await;
    world.settled(&plan).await;
    assert!(told.text.contains("Not saved: Nothing was written at Valley Primary Care"), "{}", told.text);
    let form = form_of(&told);
    assert_eq!((form.get("target_value"), form.get("note")), (Some("8.0"), Some(NOTE)));
    assert_eq!(form.get("place"), Some("source"), "a source that is away has refused nothing");
    world.sandbox.ehr(HOME).restart().await.expect("the port is free again");
    let told = send(&browser, &told, &form).await;
    assert!(told.text.contains("Saved at Valley Primary Care as version 2"), "{}", told.text);
}
