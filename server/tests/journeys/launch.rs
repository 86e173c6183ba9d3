//! A plan opens: from the EHR, by signing in, with further records joined.

use crate::support::browser::Browser;
use crate::support::world::{World, sign_in_at_ehr};

#[tokio::test]
async fn an_ehr_launch_ends_on_the_plan_of_the_person_the_ehr_had_open() {
    let world = World::start().await;
    let browser = Browser::new();
    let people = sandbox::people::whereabouts();
    let patient = people[0].patient_id("valley-ehr").expect("the first person is known at Valley");
    let page = world.open(&browser, "valley-ehr", "castellanos", patient).await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(page.url.path().starts_with("/l/") && page.url.path().ends_with("/plan"), "{}", page.url);
    assert!(page.url.query().is_none(), "neither code nor state stays in the address: {}", page.url);
    assert!(page.text.contains("VEGA-THORNTON"), "the banner names the person");
    for region in ["Health concerns", "Goals", "Interventions", "Outcomes"] {
        assert!(page.text.contains(region), "{region}");
    }
}

#[tokio::test]
async fn three_records_become_one_plan_each_item_with_its_source() {
    let world = World::start().await;
    let browser = Browser::new();
    let people = sandbox::people::whereabouts();
    let at = |ehr| people[0].patient_id(ehr).expect("the first person is known there");
    let first = world.open(&browser, "valley-ehr", "castellanos", at("valley-ehr")).await;
    let second = world.connect(&browser, &first, "nephrology", "solberg", at("nephrology")).await;
    assert_eq!(
        second.launch(),
        first.launch(),
        "the same launch, with one source more: {} {}",
        second.status,
        second.text
    );
    let third = world.connect(&browser, &second, "university", "demirkan", at("university")).await;
    let plan = browser.get(&third.at("plan?show=all")).await;
    for source in ["Valley Primary Care", "Nephrology Associates", "University Hospital"] {
        assert!(plan.text.contains(source), "{source}");
    }
    assert!(plan.text.contains("Connect"), "the fourth can still be connected");
    let data: serde_json::Value = serde_json::from_str(&browser.get(&third.at("plan.json")).await.text).expect("JSON");
    assert_eq!(data["sources"].as_array().map(Vec::len), Some(4));
    assert!(data["plan"]["goals"].as_array().is_some_and(|goals| goals.len() > 5), "{data}");
}

#[tokio::test]
async fn a_patient_signs_in_and_sees_the_own_plan() {
    let world = World::start().await;
    let browser = Browser::new();
    let sign_in = browser.get(&world.accord.join("sign-in?at=valley-ehr").expect("an address")).await;
    let plan = sign_in_at_ehr(&browser, sign_in, "marisol", "").await;
    assert!(plan.url.path().ends_with("/plan"), "{} {}", plan.url, plan.text);
    assert!(plan.text.contains("VEGA-THORNTON"), "{}", plan.text);
}

#[tokio::test]
async fn a_coordinator_signs_in_and_picks_among_the_people_granted() {
    let world = World::start().await;
    let browser = Browser::new();
    let people = sandbox::people::whereabouts();
    let desmond = people.iter().find(|person| person.name.starts_with("Desmond")).expect("one of the people");
    let sign_in = browser.get(&world.accord.join("sign-in?at=valley-ehr").expect("an address")).await;
    let plan =
        sign_in_at_ehr(&browser, sign_in, "okoro", desmond.patient_id("valley-ehr").expect("known at Valley")).await;
    assert!(plan.url.path().ends_with("/plan"), "{} {}", plan.url, plan.text);
    assert!(plan.text.contains("BRANDT"), "{}", plan.text);
    let launch = plan.launch();
    let viewer = world.server.viewer(launch.trim_start_matches("/l/")).expect("the launch is open");
    assert_eq!(viewer.role, access::Role::Coordinator, "the tenant lists this user as a coordinator");
}
