//! Whatever a record says, it stays text: on every page, in every field.

use std::sync::Arc;

use app::desk::{Answer, GoalAnswer, GoalFields, LaunchDesk};
use app::pages::{
    PlanQuery, ReconcileQuery, SignInChoice, Trouble, answer_fragment, board_fragment, error_document, goal_document,
    plan_document, reconcile_document, sign_in_document, sources_document, start_document,
};
use app::parts::Badge;
use app::sections::{ProviderChoice, ProviderSheet};
use care_plan::plan::ItemId;

use crate::support::{Desk, draw, picture_with_issues};

const HOSTILE: &str = "</textarea></title></script><script>alert(1)</script><img src=x onerror=1>\" onmouseover=\"1";

fn hostile(_: &str) -> String {
    HOSTILE.to_owned()
}

fn desk() -> Arc<Desk> {
    let mut desk = Desk::over(picture_with_issues(hostile));
    desk.viewer.name = Some(HOSTILE.to_owned());
    desk.unit = Some(HOSTILE.to_owned());
    Arc::new(desk)
}

fn answer(member: &str) -> Answer {
    let fields = || GoalFields {
        achievement: Some(HOSTILE.to_owned()),
        target_value: Some(HOSTILE.to_owned()),
        due: Some(HOSTILE.to_owned()),
    };
    let said = GoalAnswer::Conflict {
        base: fields(),
        theirs: fields(),
        mine: fields(),
        version: Some(HOSTILE.to_owned()),
        source_name: HOSTILE.to_owned(),
    };
    let typed = [("item", "g-hba1c"), ("member", member), ("note", HOSTILE)];
    Answer {
        function: "save_goal".to_owned(),
        said: serde_json::to_string(&said).ok(),
        typed: typed.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
    }
}

/// What stands inside tags but outside attribute values, which are always in double quotes.
fn inside_tags(html: &str) -> String {
    let (mut tag, mut value) = (false, false);
    let keep = |letter: &char| {
        match letter {
            '<' if !value => tag = true,
            '>' if !value => tag = false,
            '"' if tag => value = !value,
            _ => {}
        }
        tag && !value
    };
    html.chars().filter(keep).collect()
}

fn assert_tame(what: &str, html: &str) {
    assert!(html.contains("&lt;img src=x"), "{what}: the text is missing");
    // Our own textarea and title end where we end them; the hostile ends are text.
    for live in ["<script>alert", "<img src=x"] {
        assert!(!html.contains(live), "{what}: {live} is live");
    }
    assert!(!inside_tags(html).contains("onmouseover"), "{what}: a value ends its attribute");
    assert_eq!(html.matches("</textarea>").count(), html.matches("<textarea").count(), "{what}: textarea");
    assert_eq!(html.matches("</title>").count(), html.matches("<title").count(), "{what}: title");
}

#[tokio::test]
async fn no_text_of_a_record_comes_alive_on_a_page() {
    for show in [None, Some("all".to_owned())] {
        let query = PlanQuery { show, item: Some("g-hba1c".to_owned()), ..PlanQuery::default() };
        assert_tame("plan", &draw(Some(desk()), move || plan_document(query.clone())).await.html);
    }
    assert_tame("sources", &draw(Some(desk()), || sources_document(None)).await.html);
    for kind in [None, Some("gap".to_owned()), Some(HOSTILE.to_owned())] {
        let query = ReconcileQuery { kind, answer: None };
        assert_tame("reconcile", &draw(Some(desk()), move || reconcile_document(query.clone(), None)).await.html);
    }
    let desk = desk();
    let sheet = desk.goal(&ItemId("g-hba1c".to_owned())).await.expect("the goal");
    let answer = answer(&sheet.members[0].name);
    assert_tame(
        "goal",
        &draw(Some(desk.clone()), move || goal_document(sheet.clone(), Some(answer.clone()))).await.html,
    );
}

#[tokio::test]
async fn no_text_of_a_record_comes_alive_in_a_fragment() {
    let desk = desk();
    assert_tame("board", &board_fragment(desk.clone(), PlanQuery::default()).await);
    let sheet = desk.goal(&ItemId("g-hba1c".to_owned())).await.expect("the goal");
    let html = answer_fragment(desk, &answer(&sheet.members[0].name)).await.expect("a fragment");
    assert_tame("answer", &html);
}

#[tokio::test]
async fn no_text_of_a_configuration_or_request_comes_alive() {
    let text = || HOSTILE.to_owned();
    let sheet = move || ProviderSheet {
        action: "/sign-in".to_owned(),
        kept: vec![("for".to_owned(), text())],
        sought: text(),
        choices: vec![ProviderChoice {
            name: text(),
            aliases: vec![text(), text()],
            place: Some(text()),
            portal: Some(text()),
            signs_in_at: Some(text()),
            badge: Badge { name: text(), tag: text(), place: 0 },
            href: "/x".to_owned(),
            connected: false,
        }],
        matching: 1,
    };
    assert_tame("sign-in", &draw(None, move || sign_in_document(sheet(), false)).await.html);
    let choice = || SignInChoice { name: HOSTILE.to_owned(), tag: HOSTILE.to_owned(), href: "/x".to_owned() };
    assert_tame("start", &draw(None, move || start_document(Vec::new(), vec![choice()])).await.html);
    let trouble =
        || Trouble { sentence: HOSTILE.to_owned(), reference: Some(HOSTILE.to_owned()), ..Trouble::not_found() };
    assert_tame("error", &draw(None, move || error_document(trouble())).await.html);
}

#[tokio::test]
async fn an_address_of_any_kind_stays_inside_the_page() {
    let said = || Some(HOSTILE.to_owned());
    let query = PlanQuery { item: said(), show: said(), answer: said(), q: said() };
    let html = draw(Some(desk()), move || plan_document(query.clone())).await.html;
    assert_tame("query", &html);
}
