//! The plan page: names that readers of the accessibility tree rely on, the lit thread, the banner.

use std::sync::Arc;

use app::desk::LaunchDesk;
use app::pages::{PlanQuery, board_fragment, plan_document};
use care_plan::decisions::{Basis, Decider, Overlaid, OverlaidField, Overlay, OverlayChange, Signature};
use care_plan::plan::{Deceased, Value};
use fhir::{FhirDate, SourceId};

use crate::support::{Desk, Drawn, draw, picture};

async fn plan(query: PlanQuery) -> String {
    page(Desk::over(picture(str::to_owned)), query).await.html
}

async fn page(desk: Desk, query: PlanQuery) -> Drawn {
    draw(Some(Arc::new(desk)), move || plan_document(query.clone())).await
}

/// The article of an item.
fn article<'a>(html: &'a str, item: &str) -> &'a str {
    let start = html.find(&format!("id=\"{item}\"")).unwrap_or_else(|| panic!("no article {item}"));
    let start = html[..start].rfind("<article").expect("an article");
    &html[start..start + html[start..].find("</article>").expect("its end")]
}

#[tokio::test]
async fn the_four_columns_are_regions_named_by_their_headings() {
    let html = plan(PlanQuery::default()).await;
    for (key, name) in [
        ("concerns", "Health concerns"),
        ("goals", "Goals"),
        ("interventions", "Interventions"),
        ("outcomes", "Outcomes"),
    ] {
        assert!(html.contains(&format!("aria-labelledby=\"heading-{key}\"")), "{name}");
        assert!(html.contains(&format!("<h2 id=\"heading-{key}\">{name}")), "{name}");
    }
}

#[tokio::test]
async fn each_item_is_an_article_named_by_its_title() {
    let html = plan(PlanQuery::default()).await;
    let goal = article(&html, "g-hba1c");
    assert!(goal.contains("aria-labelledby=\"title-g-hba1c\""));
    assert!(goal.contains("id=\"title-g-hba1c\"") && goal.contains("HbA1c below 7.5 %"));
}

#[tokio::test]
async fn each_badge_carries_the_whole_name_of_its_source() {
    let html = plan(PlanQuery::default()).await;
    let badge = "<span aria-hidden=\"true\">NA</span><span class=\"hidden-text\">Nephrology Associates</span>";
    assert!(article(&html, "g-hba1c").replace("<!>", "").contains(badge));
}

#[tokio::test]
async fn the_sources_are_a_list_with_their_states_in_words() {
    let html = plan(PlanQuery::default()).await;
    assert!(html.contains("<ul aria-label=\"Sources\">"));
    for words in ["0 items · 2 min ago", "loading…", "sign-in expired", "not connected", "Reconnect", "Connect"] {
        assert!(html.contains(words), "{words}");
    }
}

#[tokio::test]
async fn without_script_the_address_lights_a_thread() {
    let html = plan(PlanQuery { item: Some("g-hba1c".to_owned()), ..PlanQuery::default() }).await;
    assert!(article(&html, "g-hba1c").contains("card--chosen"));
    assert!(article(&html, "g-hba1c").contains("aria-current=\"true\""));
    for on in ["c-diabetes", "i-metformin", "i-education", "o-hba1c"] {
        assert!(article(&html, on).contains("card--on"), "{on}");
    }
    for off in ["c-ckd", "g-walk", "i-foot", "o-bp"] {
        assert!(article(&html, off).contains("card--off"), "{off}");
    }
}

#[tokio::test]
async fn choosing_the_lit_item_again_puts_its_light_out() {
    let html = plan(PlanQuery { item: Some("g-hba1c".to_owned()), ..PlanQuery::default() }).await;
    let plan = "/l/07070707070707070707070707070707/plan";
    assert!(article(&html, "g-hba1c").contains(&format!("href=\"{plan}#g-hba1c\"")));
    assert!(article(&html, "c-ckd").contains(&format!("href=\"{plan}?item=c-ckd#c-ckd\"")));
}

#[tokio::test]
async fn an_item_that_is_not_there_lights_nothing() {
    let html = plan(PlanQuery { item: Some("g-gone".to_owned()), ..PlanQuery::default() }).await;
    assert!(!html.contains("card--off") && !html.contains("card--on"));
}

#[tokio::test]
async fn an_inferred_link_is_told_in_words_and_kept_apart_from_stated_ones() {
    let html = plan(PlanQuery::default()).await;
    let card = article(&html, "i-education").replace("<!>", "");
    assert!(card.contains("<details class=\"card__links\"><summary>1 link made by us</summary><ul><li>HbA1c below 7.5 %: both name the same condition</li></ul></details>"), "{card}");
    assert!(article(&html, "o-hba1c").contains("1 link made by us"));
    let goal = article(&html, "g-hba1c");
    assert!(goal.contains("data-to=\"i-metformin o-hba1c\"") && goal.contains("data-to-inferred=\"i-education\""));
    assert!(!article(&html, "i-metformin").contains("made by us"));
}

#[tokio::test]
async fn past_items_are_shown_under_all_statuses_only() {
    let html = plan(PlanQuery::default()).await;
    assert!(!html.contains("Influenza") && !html.contains("Glipizide") && html.contains("3 of 4 shown"));
    let html = plan(PlanQuery { show: Some("all".to_owned()), ..PlanQuery::default() }).await;
    assert!(html.contains("Influenza") && html.contains("Glipizide") && html.contains("Stopped"));
}

#[tokio::test]
async fn what_nothing_leads_to_stands_apart_with_its_number() {
    let html = plan(PlanQuery::default()).await;
    let loose = &html[html.find("<details open data-key=\"loose\"").expect("the loose ones")..];
    assert!(loose.contains("1 without a goal or reason"));
    assert!(loose[..loose.find("</details>").expect("its end")].contains("Foot exam"));
}

#[tokio::test]
async fn a_card_draws_value_trend_and_target_in_figures_and_words() {
    let html = plan(PlanQuery::default()).await;
    let goal = article(&html, "g-hba1c");
    for words in [
        "8.1",
        "12-Oct-2026, before it 8.4",
        "Target: below 7.5 %",
        "Outside target",
        "by 01-Mar-2027",
        "role=\"img\"",
        "trend__band",
    ] {
        assert!(goal.contains(words), "{words}");
    }
    assert!(article(&html, "o-bp").contains("142/84"));
    assert!(article(&html, "o-none").contains("No value: not done"));
}

#[tokio::test]
async fn the_patients_own_words_are_marked() {
    let html = plan(PlanQuery::default()).await;
    let concern = article(&html, "c-tired");
    for words in ["“I get too tired to cook in the evening”", "Patient&#x27;s own concern", "from patient"] {
        assert!(concern.contains(words) || concern.contains(&words.replace("&#x27;", "'")), "{words}");
    }
}

#[tokio::test]
async fn no_goal_yet_is_said_only_where_every_source_was_asked_for_goals() {
    let asked_in_part = plan(PlanQuery::default()).await;
    assert!(!asked_in_part.contains("No goal yet"));
    let mut picture = picture(str::to_owned);
    let mut snapshot = (*picture.snapshot).clone();
    snapshot.records.truncate(2);
    picture.snapshot = Arc::new(snapshot);
    let html = page(Desk::over(picture), PlanQuery::default()).await.html;
    assert!(article(&html, "c-tired").contains("No goal yet"));
    assert!(!article(&html, "c-diabetes").contains("No goal yet"));
}

#[tokio::test]
async fn the_banner_says_who_it_is_and_shows_the_states_of_allergies_apart() {
    let html = plan(PlanQuery::default()).await;
    let banner = &html[html.find("<header").expect("a banner")..html.find("</header>").expect("its end")];
    for words in [
        "SMITH-JOHNSON, Betsy",
        "16-Nov-1950 (76 y)",
        "Female",
        "449-30-221 (VP)",
        "sulfonamide, lisinopril (cough)",
        "none known",
        "not recorded",
        "not available",
        "Also recorded: Nephrology Associates: SMYTH-JOHNSON, Betsy",
    ] {
        assert!(banner.contains(words), "{words}");
    }
}

#[tokio::test]
async fn a_death_is_told_with_the_age_at_death() {
    let mut picture = picture(str::to_owned);
    let mut plan = (*picture.plan).clone();
    plan.people[0].deceased = FhirDate::parse("2026-02-03").map(Deceased::On);
    picture.plan = Arc::new(plan);
    let html = page(Desk::over(picture), PlanQuery::default()).await.html;
    assert!(html.contains("person--died") && html.contains("03-Feb-2026 (75 y)"));
}

#[tokio::test]
async fn a_banner_of_the_ehr_makes_ours_compact_but_never_nothing() {
    let html = page(Desk { banner: false, ..Desk::over(picture(str::to_owned)) }, PlanQuery::default()).await.html;
    assert!(html.contains("banner--compact") && html.contains("SMITH-JOHNSON, Betsy"));
}

#[tokio::test]
async fn the_title_holds_initials_and_no_name() {
    let html = plan(PlanQuery::default()).await;
    assert!(html.contains("<title>BS · Care plan · Accord</title>"));
}

#[tokio::test]
async fn the_policy_allows_nothing_inline_and_nothing_from_elsewhere() {
    let drawn = page(Desk::over(picture(str::to_owned)), PlanQuery::default()).await;
    assert!(drawn.policy.starts_with("default-src 'none'; script-src 'nonce-"), "{}", drawn.policy);
    assert!(!drawn.policy.contains("unsafe-inline") && drawn.policy.contains("base-uri 'none'"));
}

#[tokio::test]
async fn the_fragment_holds_the_live_parts_with_keys_and_versions() {
    let desk: Arc<dyn LaunchDesk> = Arc::new(Desk::over(picture(str::to_owned)));
    let html = board_fragment(desk, PlanQuery::default()).await;
    for id in ["person", "allergies", "sources", "board"] {
        assert!(html.contains(&format!("id=\"{id}\" data-live")), "{id}");
    }
    assert!(html.contains("data-revision=\"7\" data-pending=\"1\""));
    assert!(!html.contains("<html") && !html.contains("<script"));
}

#[tokio::test]
async fn lighting_a_thread_does_not_change_a_cards_version() {
    let version = |html: &str| {
        let card = article(html, "g-hba1c");
        let start = card.find("data-version=\"").expect("a version") + 14;
        card[start..start + 12].to_owned()
    };
    let lit = plan(PlanQuery { item: Some("c-ckd".to_owned()), ..PlanQuery::default() }).await;
    assert_eq!(version(&plan(PlanQuery::default()).await), version(&lit));
}

#[tokio::test]
async fn a_reading_that_was_taken_back_is_neither_drawn_nor_the_last_value() {
    let mut picture = picture(str::to_owned);
    let plan = Arc::make_mut(&mut picture.plan);
    for (status, when) in [("entered-in-error", "2026-11-01"), ("cancelled", "2026-11-02")] {
        let mut void = plan.outcomes[0].readings[4].clone();
        void.key.source = SourceId::new("homehealth");
        void.when = FhirDate::parse(when);
        void.status = Some(status.to_owned());
        void.value =
            Value::Quantity { text: "81".to_owned(), number: 81.into(), comparator: None, unit: "%".to_owned() };
        plan.outcomes[0].readings.push(void);
    }
    let html = page(Desk::over(picture), PlanQuery::default()).await.html.replace("<!>", "");
    for card in ["g-hba1c", "o-hba1c"] {
        let card = article(&html, card);
        assert!(card.contains("<p class=\"value\">8.1 ") && card.contains("12-Oct-2026, before it 8.4"), "{card}");
        assert_eq!(card.matches("<circle").count(), 5, "{card}");
    }
    assert!(article(&html, "o-hba1c").contains("5 results from 3 records"));
}

#[tokio::test]
async fn codes_are_shown_as_words_where_there_is_one() {
    let mut picture = picture(str::to_owned);
    let plan = Arc::make_mut(&mut picture.plan);
    plan.goals[0].priority = Some("high-priority".to_owned());
    plan.goals[1].statements[0].lifecycle_status = Some("on-hold".to_owned());
    plan.goals[1].statements[0].achievement_status = None;
    plan.interventions[0].statements[0].status = Some("on-hold".to_owned());
    plan.interventions[3].kind = "DiagnosticReport".to_owned();
    plan.outcomes[3].readings[0].value = Value::Absent(Some("not-performed".to_owned()));
    let html = page(Desk::over(picture), PlanQuery::default()).await.html;
    assert!(article(&html, "g-hba1c").contains("High priority"));
    assert!(article(&html, "g-walk").contains("On hold") && article(&html, "i-metformin").contains("On hold"));
    assert!(article(&html, "i-foot").contains("Planned · report"));
    assert!(article(&html, "o-none").contains("No value: not performed"));
}

/// "at Valley: 7.5" stood on the board for what Valley said once; it says 8 today.
#[tokio::test]
async fn the_former_value_of_a_source_stood_on_the_board_as_what_it_says() {
    let board = async |basis, now: &str| {
        let mut picture = picture(str::to_owned);
        let goal = &mut Arc::make_mut(&mut picture.plan).goals[0];
        let by = Decider { id: "x".to_owned(), name: "Tamsin Okoro".to_owned(), role: None };
        let at = "2026-11-20T09:00:00Z".parse().expect("an instant");
        let (from, to) = (Some("7.5".to_owned()), Some("7.0".to_owned()));
        let overlay = Overlay {
            target: goal.item.members[0].key.clone(),
            index: 0,
            version: None,
            changes: vec![OverlayChange { field: OverlaidField::TargetValue, from, to }],
            note: None,
            signature: Signature { by, at, reason: None },
        };
        goal.overlays = vec![Overlaid { overlay, basis, now: vec![Some(now.to_owned())] }];
        page(Desk::over(picture), PlanQuery::default()).await.html.replace("<!>", "")
    };
    let moved = board(Basis::OlderVersion, "8").await;
    assert!(moved.contains("7.0 (at Valley Primary Care: 8, was 7.5)"), "{moved}");
    assert!(moved.contains("has changed this goal since"), "{moved}");
    let same = board(Basis::SameVersion, "7.5").await;
    assert!(same.contains("7.0 (at Valley Primary Care: 7.5)"), "{same}");
    assert!(!same.contains("has changed this goal since"), "{same}");
}
