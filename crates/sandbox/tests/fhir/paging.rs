//! Pages: each match once, whatever happens between them.

use sandbox::fhir::{Access, Behaviour};

use crate::harness::{Ehr, goal};

async fn all_pages(ehr: &Ehr, first: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut url = Some(first.to_owned());
    while let Some(page) = url {
        let answer = ehr.get(&page).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        found.extend(answer.matches());
        url = answer.next();
    }
    found
}

#[tokio::test]
async fn pages_of_any_size_hold_each_match_once() {
    let ehr = Ehr::peopled();
    let whole = all_pages(&ehr, "/Observation?patient=ada,ben&_sort=-date").await;
    assert_eq!(whole.len(), 6);
    for size in 1..8 {
        assert_eq!(
            all_pages(&ehr, &format!("/Observation?patient=ada,ben&_sort=-date&_count={size}")).await,
            whole,
            "{size}"
        );
    }
}

#[tokio::test]
async fn rows_that_come_and_go_between_pages_neither_repeat_nor_hide_others() {
    let ehr = Ehr::peopled();
    let first = ehr.get("/Observation?patient=ada&_count=2").await;
    assert_eq!(first.matches(), ["Observation/ada-a1c-0", "Observation/ada-a1c-1"]);
    ehr.send("DELETE", "/Observation/ada-a1c-0", &[], None).await;
    let second = ehr.get(&first.next().expect("a next page")).await;
    assert_eq!(second.matches(), ["Observation/ada-a1c-2"]);
    assert_eq!(second.next(), None);
}

#[tokio::test]
async fn a_page_belongs_to_the_patient_it_was_begun_for() {
    let ehr = Ehr::peopled();
    ehr.let_in(Access::to_patient("ada"));
    let next = ehr.get("/Observation?_count=1").await.next().expect("a next page");
    ehr.let_in(Access::to_patient("ben"));
    ehr.get(&next).await.refused(403);
    ehr.let_in(Access::everything());
    ehr.get(&next).await.refused(403);
    ehr.let_in(Access::to_patient("ada"));
    assert_eq!(ehr.get(&next).await.matches(), ["Observation/ada-a1c-1"]);
    ehr.get(&format!("{next}&patient=ben")).await.refused(400);
    ehr.get("/Observation?_page=made-up").await.refused(410);
}

#[tokio::test]
async fn the_server_caps_the_size_of_a_page() {
    let ehr = Ehr::with(Behaviour { page_size_default: 3, page_size_max: 4, ..Behaviour::default() });
    ehr.load((0..10).map(|number| goal(&format!("g{number}"), "ada")).collect());
    assert_eq!(ehr.get("/Goal?patient=ada").await.matches().len(), 3);
    let capped = ehr.get("/Goal?patient=ada&_count=1000").await;
    assert_eq!((capped.matches().len(), &capped.body["total"]), (4, &10.into()));
    assert_eq!(all_pages(&ehr, "/Goal?patient=ada&_count=1000").await.len(), 10);
}
