//! The page of the sources.

use std::sync::Arc;

use app::desk::Answer;
use app::pages::sources_document;
use app::sections::{Cell, cell};
use care_plan::plan::{Aside, AsideReason};
use care_plan::snapshot::{Reason, Status};
use fhir::{ResourceKey, SourceId};

use crate::support::{Desk, draw, picture};

async fn page(answer: Option<Answer>) -> String {
    draw(Some(Arc::new(Desk::over(picture(str::to_owned)))), move || sources_document(answer.clone()))
        .await
        .html
        .replace("<!>", "")
}

#[tokio::test]
async fn each_source_shows_each_kind_with_its_state() {
    let html = page(None).await;
    let table = &html[html.find("class=\"matrix\"").expect("the table")..];
    let table = &table[..table.find("</table>").expect("its end")];
    for words in [
        "<th scope=\"row\">Prescriptions</th>",
        "<th scope=\"row\">Allergies</th>",
        "<td data-label=\"Nephrology Associates\"><span class=\"chip chip--warn\">not shared with us: refused: not for apps</span>",
        "<td data-label=\"Valley Primary Care\"><span class=\"matrix__whole\">3, complete</span>",
        "<td data-label=\"University Hospital\"><span class=\"muted\">loading…</span>",
    ] {
        assert!(table.contains(words), "{words}: {table}");
    }
    assert!(!table.contains("MedicationRequest") && !table.contains("HomeHealth"), "nothing was asked there");
}

#[tokio::test]
async fn each_source_has_a_region_with_its_state_its_reasons_and_what_can_be_done() {
    let html = page(None).await;
    let region = |place: usize| {
        let start = html.find(&format!("aria-labelledby=\"source-{place}\"")).expect("its region");
        html[start..start + html[start..].find("</section>").expect("its end")].to_owned()
    };
    let nephrology = region(1);
    assert!(nephrology.contains("<li>Prescriptions: not shared with us: refused: not for apps.</li>"), "{nephrology}");
    assert!(nephrology.contains("Retry") && nephrology.contains("source-report--warn"));
    let homehealth = region(3);
    for words in ["sign-in expired", "Reconnect", "Nothing has been asked here.", "source-report--bad"] {
        assert!(homehealth.contains(words), "{words}: {homehealth}");
    }
}

#[test]
fn the_worst_part_of_a_kind_speaks_for_it() {
    let picture = picture(str::to_owned);
    let mut record = picture.snapshot.records[0].clone();
    let mut part = record.reads[5].clone();
    part.part = Some("laboratory".to_owned());
    part.status = Status::Partial(Reason::TimedOut);
    record.reads.push(part);
    let of = |kind| cell(&record, kind).expect("a cell");
    let Cell { status, count, parts, truncated, .. } = of("Observation");
    assert_eq!((status, count, truncated), (Status::Partial(Reason::TimedOut), 6, false));
    assert_eq!(parts, [("laboratory".to_owned(), Status::Partial(Reason::TimedOut), 3)]);
    assert_eq!((of("Goal").status, of("Goal").count), (Status::Complete, 3));
    assert_eq!(cell(&record, "Device"), None);
}

#[tokio::test]
async fn entries_that_could_not_be_used_are_named() {
    let html = page(None).await;
    for words in [
        "2 entries that could not be used",
        "Goal/17 is about another patient and was kept out of the plan.",
        "The source says: slow today",
    ] {
        assert!(html.contains(words), "{words}");
    }
}

#[tokio::test]
async fn a_linkage_is_shown_as_evidence() {
    let html = page(None).await;
    assert!(html.contains(
        "University Hospital says that these are the same person: Patient/1 (main entry) and Patient/2 (other entry)."
    ));
    assert!(html.contains("One of them is a record of this launch."));
}

#[tokio::test]
async fn what_can_be_done_is_offered_where_it_helps() {
    let html = page(None).await;
    assert!(html.contains("href=\"/l/x/connect/homehealth\"") && html.contains("href=\"/l/x/connect/clinic\""));
    assert!(html.contains("action=\"/l/07070707070707070707070707070707/api/retry_source\""));
}

#[tokio::test]
async fn a_retry_without_script_is_answered() {
    let answer =
        Answer { function: "retry_source".to_owned(), said: Some("\"Started\"".to_owned()), typed: Vec::new() };
    assert!(page(Some(answer)).await.contains("Reading this record again."));
}

#[tokio::test]
async fn a_cell_says_how_much_how_long_and_how_fresh() {
    let mut picture = picture(str::to_owned);
    let snapshot = Arc::make_mut(&mut picture.snapshot);
    let read = &mut snapshot.records[0].reads[5];
    (read.count, read.pages, read.took_ms) = (480, 5, 1_340);
    read.as_of = "2026-11-21T09:58:00Z".parse().ok();
    read.status = Status::Partial(Reason::TooManyPages);
    let html = draw(Some(Arc::new(Desk::over(picture))), || sources_document(None)).await.html.replace("<!>", "");
    for words in ["480, not all: too many pages", "cut short · 5 pages · 1.3 s · 2 min ago"] {
        assert!(html.contains(words), "{words}");
    }
}

#[tokio::test]
async fn what_is_no_part_of_the_plan_is_told_by_reason_and_source() {
    let mut picture = picture(str::to_owned);
    let plan = Arc::make_mut(&mut picture.plan);
    let aside = |kind: &str, id: &str, because| Aside {
        key: ResourceKey { source: SourceId::new("nephrology"), kind: kind.to_owned(), id: id.to_owned() },
        because,
    };
    plan.aside = vec![
        aside("Practitioner", "1", AsideReason::NamesSomeone),
        aside("Practitioner", "2", AsideReason::NamesSomeone),
        aside("Coverage", "3", AsideReason::Administration),
    ];
    let html = draw(Some(Arc::new(Desk::over(picture))), || sources_document(None)).await.html.replace("<!>", "");
    for words in [
        "3 entries that are no part of the plan",
        "<summary>They say who or where; the names stand at the entries of the plan: 2</summary>",
        "Practitioners 2",
        "<summary>Payment and administration: 1</summary>",
    ] {
        assert!(html.contains(words), "{words}");
    }
    assert!(page(None).await.contains("Everything that was read has its place in the plan."));
}
