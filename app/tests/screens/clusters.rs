//! Cards of clusters: every record's word is seen, and why they are one.

use std::sync::Arc;

use app::pages::{PlanQuery, plan_document};
use care_plan::plan::{Band, Component, GoalTarget, TargetDetail};
use care_plan::plan::{Confidentiality, Evidence, IssueCode, Severity};

use crate::support::issues::issue;
use crate::support::{Desk, draw, picture, picture_with_issues};

async fn plan(desk: Desk, show: Option<&str>) -> String {
    let query = PlanQuery { show: show.map(str::to_owned), ..PlanQuery::default() };
    draw(Some(Arc::new(desk)), move || plan_document(query.clone())).await.html.replace("<!>", "")
}

async fn differing() -> String {
    plan(Desk::over(picture_with_issues(str::to_owned)), None).await
}

/// The article of an item.
fn article<'a>(html: &'a str, item: &str) -> &'a str {
    let start = html.find(&format!("id=\"{item}\"")).unwrap_or_else(|| panic!("no article {item}"));
    let start = html[..start].rfind("<article").expect("an article");
    &html[start..start + html[start..].find("</article>").expect("its end")]
}

/// What is read, without tags and without what is read out only.
fn read(html: &str) -> String {
    let html = html.replace("<span class=\"hidden-text\">", "<span>⟨").replace("</span>", "⟩");
    let mut text = String::new();
    let mut tag = false;
    for letter in html.chars() {
        match letter {
            '<' => tag = true,
            '>' => tag = false,
            letter if !tag => text.push(letter),
            _ => {}
        }
    }
    text
}

#[tokio::test]
async fn a_status_that_differs_is_told_for_each_record_and_hides_none() {
    let html = differing().await;
    let card = article(&html, "c-diabetes");
    let differ = &card[card.find("card__differ").expect("both statuses")..];
    for words in ["Active", "Resolved", "Valley Primary Care", "Nephrology Associates"] {
        assert!(differ.contains(words), "{words}: {differ}");
    }
    let alike = plan(Desk::over(picture(str::to_owned)), None).await;
    let card = article(&alike, "c-diabetes");
    assert!(
        !card.contains("card__differ") && card.matches("class=\"chip chip--info\">Active").count() == 3,
        "one, and one for each record in the fold: {card}"
    );
}

#[tokio::test]
async fn a_cluster_says_why_it_is_one_with_every_members_word() {
    let html = differing().await;
    let card = article(&html, "c-diabetes");
    let why = &card[card.find("<summary>2 entries as one: why</summary>").expect("why")..];
    for words in [
        "“Type 2 diabetes with diabetic CKD”",
        "“Diabetes mellitus type 2”",
        "Mar-2014, version 1",
        "Their codes mean the same: type 2 diabetes.",
        "University Hospital says that they are the same.",
        "They carry the same code, SNOMED 44054006 (Type 2 diabetes mellitus).",
    ] {
        assert!(why.contains(words), "{words}: {why}");
    }
    assert!(!article(&html, "c-ckd").contains("entries as one"), "one member needs no reason");
}

#[test]
fn every_kind_of_evidence_has_its_words() {
    let own = str::to_owned;
    let key = fhir::ResourceKey { source: fhir::SourceId::new("a"), kind: own("Linkage"), id: own("l") };
    let all = [
        Evidence::SameIdentifier { system: own("urn:x"), value: own("17") },
        Evidence::Linked { by: key },
        Evidence::SameCode { system: own("urn:y"), code: own("c"), display: None },
        Evidence::SameConcept { concept: own("asthma") },
        Evidence::SameMedication { medication: own("metformin 500 MG") },
        Evidence::SameGoalMeasure { measure: own("HbA1c") },
        Evidence::SameMeasure,
        Evidence::SamePractitioner { system: own("npi"), value: own("1") },
        Evidence::ByHand,
    ];
    let said: std::collections::BTreeSet<String> =
        all.iter().map(|evidence| app::words::Words::English.evidence(evidence, "A")).collect();
    assert_eq!(said.len(), all.len());
    assert!(said.iter().all(|sentence| sentence.ends_with('.')));
}

#[tokio::test]
async fn a_difference_stands_on_its_card_with_what_each_record_says_and_the_way_to_it() {
    let html = differing().await;
    let goal = article(&html, "g-hba1c");
    for words in [
        "Contradictory targets",
        "below 8.0 %",
        "href=\"/l/07070707070707070707070707070707/reconcile#d-targets\"",
        ">Reconcile<span class=\"hidden-text\">: Contradictory targets, HbA1c below 7.5 %</span>",
    ] {
        assert!(goal.contains(words), "{words}: {goal}");
    }
    let metformin = article(&html, "i-metformin");
    assert!(metformin.contains("measured eGFR 27, limit below 30"), "{metformin}");
    assert!(article(&html, "i-foot").contains("card__issue--gap"));
    assert!(!article(&html, "c-diabetes").contains("card__issue\""), "what was settled is not told again");
}

#[tokio::test]
async fn two_issues_are_told_on_a_card_and_the_others_are_counted() {
    let mut picture = picture(str::to_owned);
    let issues = [
        (IssueCode::ContradictoryTargets, "d-1"),
        (IssueCode::GoalWithoutActivity, "d-2"),
        (IssueCode::OverdueGoal, "d-3"),
        (IssueCode::GoalWithoutConcern, "d-4"),
    ];
    Arc::make_mut(&mut picture.plan).issues =
        issues.map(|(code, id)| issue(str::to_owned, id, code, Severity::Moderate, "g-hba1c")).to_vec();
    let html = plan(Desk::over(picture), None).await;
    let card = article(&html, "g-hba1c");
    assert!(card.contains("#d-1") && card.contains("#d-2") && !card.contains("#d-4"), "{card}");
    assert!(card.contains("reconcile#d-3\">2 more<span"), "{card}");
}

#[tokio::test]
async fn every_plans_target_is_on_the_goals_card_with_whose_it_is() {
    let html = differing().await;
    let card = article(&html, "g-hba1c");
    let line = &card[card.find("card__targets").expect("the targets")..];
    let line = read(&line[..line.find("</p>").expect("its end")]);
    assert!(line.contains("below 7.5 % by 01-Mar-2027") && line.contains("below 8.0 % by 01-Jun-2027"), "{line}");
    let valley = line.find("Valley Primary Care").expect("Valley");
    assert!(valley < line.find("below 8.0").expect("the other"), "{line}");
    let outcome = article(&html, "o-hba1c");
    assert!(outcome.contains("card__targets") && outcome.contains("below 7.5 %"), "{outcome}");
}

#[tokio::test]
async fn a_blood_pressure_target_of_two_records_is_one_line_and_not_four() {
    let mut picture = picture(str::to_owned);
    let goal = &mut Arc::make_mut(&mut picture.plan).goals[0];
    let target = |component, high: i64| GoalTarget {
        measure: None,
        detail: TargetDetail::Band(Band {
            low: None,
            high: Some(high.into()),
            comparator: Some("<".to_owned()),
            single: true,
            unit: "mmHg".to_owned(),
            unit_code: None,
            component: Some(component),
        }),
        due: None,
    };
    for statement in &mut goal.statements {
        statement.targets = vec![target(Component::Systolic, 130), target(Component::Diastolic, 80)];
    }
    let html = plan(Desk::over(picture), None).await;
    let card = article(&html, "g-hba1c");
    assert!(card.contains("Target: below 130/80 mmHg</p>"), "{card}");
    assert_eq!(card.matches("130/80").count(), 1);
}

#[tokio::test]
async fn what_may_be_the_same_is_proposed_on_both_cards_and_joined_on_none() {
    let html = differing().await;
    assert!(read(article(&html, "i-education")).contains("May be the same as Foot exam"));
    assert!(read(article(&html, "i-foot")).contains("May be the same as Diabetes self-management education"));
    assert!(!html.contains("May be the same as</p>"));
}

#[tokio::test]
async fn a_confidential_entry_is_marked_in_words() {
    let html = differing().await;
    assert!(article(&html, "i-foot").contains("Restricted") && !article(&html, "i-metformin").contains("Restricted"));
    let mut picture = picture(str::to_owned);
    Arc::make_mut(&mut picture.plan).goals[1].item.confidentiality = Confidentiality::Unknown;
    let html = plan(Desk::over(picture), None).await;
    assert!(article(&html, "g-walk").contains("Restricted: label not known"));
}

#[tokio::test]
async fn overdue_and_needs_a_link_are_filters_of_the_address_offered_where_there_is_something() {
    let html = differing().await;
    let address = "/l/07070707070707070707070707070707/plan?show=overdue";
    assert!(html.contains(&format!("href=\"{address}\"")) && html.contains(">Overdue <b>1</b></a>"), "{html}");
    assert!(!html.contains("Needs a link"));
    let html = plan(Desk::over(picture_with_issues(str::to_owned)), Some("overdue")).await;
    let cards: Vec<&str> =
        html.split("<article").skip(1).filter_map(|card| card.split("id=\"").nth(1)?.split('"').next()).collect();
    assert_eq!(cards, ["i-foot"]);
    assert!(html.contains("None overdue.") && html.contains("name=\"show\" value=\"overdue\""));
}
