use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::StatusCode;
use sandbox::people::{UserKind, users};

use crate::{
    house::{House, text, user},
    web::{Answer, Web},
};

/// Signs in and gives the browser, the id of the sign-in and the answer.
async fn sign_in(house: &House, user: &str, changes: &[(&str, &str)]) -> (Web, String, Answer) {
    let mut browser = Web::default();
    let page = browser.get(&house.authorize(changes)).await;
    let id = page.hidden("authorization");
    let answer = browser.post(&house.at("/auth/sign-in"), &[("authorization", &id), ("user", user)]).await;
    (browser, id, answer)
}

fn pick_page(house: &House, id: &str) -> String {
    house.at(&format!("/auth/pick?authorization={id}"))
}

#[tokio::test]
async fn a_clinician_signs_in_and_picks_one_of_the_people() {
    let house = House::open().await;
    let clinician = user("valley-ehr", UserKind::Clinician);
    let (mut browser, id, answer) = sign_in(&house, &clinician, &[]).await;
    assert_eq!(answer.headers["location"], format!("/auth/pick?authorization={id}"));
    let page = browser.get(&pick_page(&house, &id)).await;
    assert!(page.body.contains("Choose a person") && page.body.contains(&house.other_patient()));

    let picked = [("authorization", id.as_str()), ("patient", &house.other_patient())];
    let answer = browser.post(&house.at("/auth/pick"), &picked).await;
    let token = house.redeem(&answer.parameter("code").unwrap(), &[]).await.json();
    assert_eq!(text(&token, "patient"), house.other_patient());

    let again = browser.post(&house.at("/auth/pick"), &picked).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST, "a sign-in gives one code");
}

#[tokio::test]
async fn a_patient_opens_the_own_record_without_a_picker() {
    let house = House::open().await;
    let patient = users("valley-ehr").into_iter().find(|user| user.kind == UserKind::Patient).unwrap();
    let (mut browser, id, _) = sign_in(&house, &patient.id, &[]).await;
    let answer = browser.get(&pick_page(&house, &id)).await;
    let token = house.redeem(&answer.parameter("code").unwrap(), &[]).await.json();
    assert_eq!(text(&token, "patient"), patient.patients[0]);
}

#[tokio::test]
async fn a_coordinator_is_offered_and_given_only_the_people_granted_to_her() {
    let house = House::open().await;
    let (coordinator, hidden) = users("valley-ehr")
        .into_iter()
        .filter(|user| user.kind == UserKind::Coordinator)
        .find_map(|user| {
            let hidden = crate::house::patients("valley-ehr").into_iter().find(|id| !user.patients.contains(id))?;
            Some((user, hidden))
        })
        .expect("a coordinator who may not open everybody's record");
    let (mut browser, id, _) = sign_in(&house, &coordinator.id, &[]).await;
    let page = browser.get(&pick_page(&house, &id)).await;
    assert!(page.body.contains(&coordinator.patients[0]));
    assert!(!page.body.contains(&hidden));
    let answer = browser.post(&house.at("/auth/pick"), &[("authorization", &id), ("patient", &hidden)]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn without_a_person_in_the_scopes_the_sign_in_alone_gives_a_code() {
    let house = House::open().await;
    let coordinator = user("valley-ehr", UserKind::Coordinator);
    let (_, _, answer) = sign_in(&house, &coordinator, &[("scope", "openid fhirUser")]).await;
    let token = house.redeem(&answer.parameter("code").unwrap(), &[]).await.json();
    assert!(token.get("patient").is_none());
    assert_eq!(text(&token, "scope"), "openid fhirUser");
}

#[tokio::test]
async fn a_sign_in_without_a_person_says_who_the_user_is_and_opens_no_record() {
    let house = House::open().await;
    for kind in [UserKind::Coordinator, UserKind::Clinician, UserKind::Patient] {
        let user = users("valley-ehr").into_iter().find(|user| user.kind == kind).unwrap();
        for scope in ["openid fhirUser", "openid fhirUser user/Goal.rs", "openid fhirUser profile online_access"] {
            let (_, _, answer) = sign_in(&house, &user.id, &[("scope", scope)]).await;
            assert_ne!(answer.location().path(), "/auth/pick", "{kind:?} {scope}: nobody's record is asked for");
            let token = house.redeem(&answer.parameter("code").unwrap(), &[]).await.json();
            assert!(token.get("patient").is_none() && token.get("need_patient_banner").is_none(), "{kind:?} {scope}");
            let claims = text(&token, "id_token").split('.').nth(1).map(|part| URL_SAFE_NO_PAD.decode(part).unwrap());
            let claims: serde_json::Value = serde_json::from_slice(&claims.unwrap()).unwrap();
            assert_eq!(text(&claims, "fhirUser"), format!("{}/{}", house.base(), user.fhir_user), "{kind:?}");
        }
        let (_, _, answer) = sign_in(&house, &user.id, &[("scope", "openid fhirUser")]).await;
        let token = house.redeem(&answer.parameter("code").unwrap(), &[]).await.json();
        let read = format!("/Patient/{}", house.patient());
        assert_eq!(house.fhir(&text(&token, "access_token"), &read).await.status, StatusCode::FORBIDDEN, "{kind:?}");
    }
}

#[tokio::test]
async fn the_sign_in_page_groups_users_and_puts_the_hinted_group_first() {
    let house = House::open().await;
    let order = |body: &str, words: [&str; 3]| {
        let places: Vec<usize> = words.iter().map(|word| body.find(&format!(">{word}</h2>")).unwrap()).collect();
        assert!(places.is_sorted(), "{words:?} at {places:?}");
    };
    let plain = Web::default().get(&house.authorize(&[])).await;
    order(&plain.body, ["Patients", "Clinicians", "Care coordinators"]);
    let hinted = Web::default().get(&house.authorize(&[("login_hint", "coordinator")])).await;
    order(&hinted.body, ["Care coordinators", "Patients", "Clinicians"]);
}

#[tokio::test]
async fn another_browser_cannot_go_on_with_a_sign_in() {
    let house = House::open().await;
    let clinician = user("valley-ehr", UserKind::Clinician);
    let (_, id, _) = sign_in(&house, &clinician, &[]).await;
    let mut other = Web::default();
    assert_eq!(other.get(&pick_page(&house, &id)).await.status, StatusCode::BAD_REQUEST);
    let fields = [("authorization", id.as_str()), ("user", &clinician)];
    assert_eq!(other.post(&house.at("/auth/sign-in"), &fields).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_sign_in_ends_after_ten_minutes() {
    let house = House::open().await;
    let clinician = user("valley-ehr", UserKind::Clinician);
    let (mut browser, id, _) = sign_in(&house, &clinician, &[]).await;
    house.clock.forward(601);
    assert_eq!(browser.get(&pick_page(&house, &id)).await.status, StatusCode::BAD_REQUEST);
}
