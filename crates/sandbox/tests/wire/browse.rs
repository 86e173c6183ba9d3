use http::StatusCode;
use sandbox::EhrConfig;
use serde_json::{Value, json};

use crate::{house::House, web::Web};

#[tokio::test]
async fn the_records_are_listed_by_type_and_by_id() {
    let house = House::open().await;
    let mut web = Web::default();
    let index = web.get(&house.at("/browse")).await;
    assert!(index.body.contains("<a href=\"/browse/Patient\">Patient</a>"));
    let list = web.get(&house.at("/browse/Patient")).await;
    assert!(list.body.contains(&format!("/browse/Patient/{}", house.patient())));
    let record = web.get(&house.at(&format!("/browse/Patient/{}", house.patient()))).await;
    assert!(record.body.contains(">Version 1<"), "{}", record.body);
    assert!(record.body.contains("Simulated EHR, invented people"));
    assert_eq!(web.get(&house.at("/browse/Patient/nobody")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_changed_goal_shows_version_2_and_only_the_paths_that_changed() {
    let house = House::open().await;
    let goal = house.ehr().store().list("Goal").into_iter().find(|goal| goal.pointer("/target/0/dueDate").is_some());
    let mut goal = Value::clone(&goal.expect("a goal with a due date"));
    let id = goal["id"].as_str().unwrap().to_owned();
    goal["target"][0]["dueDate"] = json!("2031-01-31");
    house.clock.forward(60);
    house.ehr().store().load_bundle(&goal).unwrap();

    let page = Web::default().get(&house.at(&format!("/browse/Goal/{id}"))).await.body;
    assert!(page.contains(">Version 2<") && page.contains("Changed from version 1 to version 2"), "{page}");
    let rows = page.split_once("class=\"changes\"").unwrap().1.split_once("</table>").unwrap().0;
    let mut paths: Vec<&str> = rows.split("<tr><td><code>").skip(1).map(|row| row.split('<').next().unwrap()).collect();
    paths.sort_unstable();
    assert_eq!(paths, ["/meta/lastUpdated", "/meta/versionId", "/target/0/dueDate"]);
    assert!(rows.contains("&quot;2031-01-31&quot;"));
}

#[tokio::test]
async fn markup_in_a_record_is_shown_and_never_obeyed() {
    let mut ehr = EhrConfig::new("bare", "Bare <b>Clinic</b>");
    ehr.people = sandbox::People::None;
    let house = House::of(vec![ehr]).await;
    let name = json!([{ "text": "<script>alert(1)</script>" }]);
    let patient = json!({ "resourceType": "Patient", "id": "x", "name": name, "gender": "\"><img src=x>" });
    house.ehr().store().load_bundle(&patient).unwrap();
    for path in ["/", "/launcher", "/browse", "/browse/Patient", "/browse/Patient/x", "/browse/%3Cimg%3E/x"] {
        let page = Web::default().get(&house.at(path)).await;
        for live in ["<script", "<img", "<b>Clinic"] {
            assert!(!page.body.contains(live), "{path}: {}", page.body);
        }
        assert!(page.headers["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
    }
}
