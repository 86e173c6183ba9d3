//! The panel.

use access::{PersonSummary, Role};
use app::pages::{Panel, PanelPerson, PanelRecord, panel_document};
use app::parts::Badge;
use jiff::tz::TimeZone;

use crate::support::draw;

fn person(id: &str, name: &str, born: &str) -> PanelPerson {
    let badge = Badge { name: "Valley Primary Care".to_owned(), tag: "VP".to_owned(), place: 0 };
    PanelPerson {
        id: id.to_owned(),
        summary: Some(PersonSummary {
            name: name.to_owned(),
            birth_date: Some(born.to_owned()),
            sex: Some("female".to_owned()),
        }),
        shared: vec![PanelRecord { badge, since: "2026-11-20T05:00:00Z".parse().expect("a time"), is_read: true }],
    }
}

fn panel(people: Vec<PanelPerson>) -> Panel {
    Panel {
        tenant_name: "Valley Primary Care".to_owned(),
        user_name: Some("Graciela Moon".to_owned()),
        role: Role::Coordinator,
        sought: String::new(),
        all: people.len(),
        people,
        now: "2026-11-21T12:00:00Z".parse().expect("a time"),
        zone: TimeZone::get("America/Los_Angeles").expect("a zone"),
    }
}

fn two() -> Panel {
    panel(vec![person("p1", "KEALOHA, Ruth", "1950-11-16"), person("p2", "VEGA, Marisol Müller", "1957")])
}

#[tokio::test]
async fn each_row_says_who_it_is_what_is_shared_and_since_when() {
    let html = draw(None, || panel_document(two())).await.html;
    for words in [
        "KEALOHA, Ruth",
        "Born 16-Nov-1950 (76 y) · Female",
        "Born 1957 · Female",
        "Valley Primary Care",
        "19-Nov-2026",
        "2 people",
        "name=\"person\" value=\"p1\"",
        "action=\"/panel/open\"",
        " of KEALOHA, Ruth",
    ] {
        assert!(html.contains(words), "{words}");
    }
}

#[tokio::test]
async fn a_record_whose_access_had_ended_at_its_source_was_listed_as_if_it_were_read() {
    let mut panel = two();
    assert!(!draw(None, || panel_document(two())).await.html.contains("nothing is read"));
    panel.people[0].shared[0].is_read = false;
    let html = draw(None, move || panel_document(panel.clone())).await.html;
    assert_eq!(html.matches("agreed, but nothing is read").count(), 1, "{html}");
}

#[tokio::test]
async fn an_empty_panel_says_how_people_get_there() {
    let html = draw(None, || panel_document(panel(Vec::new()))).await.html;
    assert!(html.contains("Nobody shares with the care team yet.") && html.contains("A person appears here when"));
    assert!(!html.contains("<table") && !html.contains("type=\"search\""));
}

#[tokio::test]
async fn a_search_finds_by_name_and_birth_date_whatever_case_and_accents() {
    let found = |typed: &str| two().find(Some(typed)).people.into_iter().map(|person| person.id).collect::<Vec<_>>();
    assert_eq!(found("kealoha"), ["p1"]);
    assert_eq!(found(" muller VEGA "), ["p2"]);
    assert_eq!(found("1950-11"), ["p1"]);
    assert_eq!(found("ruth marisol"), Vec::<String>::new());
    assert_eq!(found("").len(), 2);
    let html = draw(None, || panel_document(two().find(Some("ruth")))).await.html;
    assert!(html.contains("1 of 2 people matching") && html.contains("value=\"ruth\"") && !html.contains("VEGA"));
    let html = draw(None, || panel_document(two().find(Some("zebra")))).await.html;
    assert!(html.contains("Nobody here matches") && html.contains("Show everybody"), "{html}");
}

#[tokio::test]
async fn a_person_about_whom_nothing_is_kept_is_listed_all_the_same() {
    let unknown = PanelPerson { summary: None, ..person("p3", "", "") };
    let html = draw(None, move || panel_document(panel(vec![unknown.clone()]))).await.html;
    assert!(html.contains("Name not kept") && html.contains("Born not recorded"));
}

#[tokio::test]
async fn a_hostile_name_or_search_stays_text() {
    let hostile = "<script>alert(1)</script>\"'";
    let people = vec![person("p1", hostile, hostile)];
    let html = draw(None, move || panel_document(panel(people.clone()).find(Some(hostile)))).await.html;
    assert!(!html.contains("<script>alert") && html.contains("&lt;script&gt;"), "{html}");
}
