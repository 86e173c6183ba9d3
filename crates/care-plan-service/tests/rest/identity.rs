//! Who is admitted.

use access::Role;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::world::{Ask, Got, OTHER, PERSON, World};

async fn ask(world: &World, token: &str) -> Got {
    world.send(Ask::get("").by(token)).await
}

/// Signs claims of which one is changed.
fn claims(world: &World, change: impl FnOnce(&mut Value)) -> Value {
    let mut claims = world.issuer.claims();
    change(&mut claims);
    claims
}

#[tokio::test]
async fn a_token_of_the_identity_service_is_admitted_whichever_way_it_is_signed() {
    let world = World::new().await;
    let claims = world.issuer.claims();
    for token in [world.issuer.sign(&claims), world.issuer.sign_384(&claims)] {
        ask(&world, &token).await.must(200);
    }
    assert_eq!(world.issuer.times_asked(), 1, "the keys are kept");
}

#[tokio::test]
async fn nothing_else_is_admitted_and_nobody_is_told_why() {
    let world = World::new().await;
    let now = 1_772_452_800_i64;
    let long = "s".repeat(256);
    let without = |name: &str| {
        let mut claims = world.issuer.claims();
        claims.as_object_mut().unwrap().remove(name);
        claims
    };
    let changed = [
        claims(&world, |it| it["iss"] = json!("https://id.hill.example")),
        claims(&world, |it| it["iss"] = json!("https://id.valley.example/")),
        claims(&world, |it| it["aud"] = json!("another-service")),
        claims(&world, |it| it["aud"] = json!(["another-service"])),
        claims(&world, |it| it["aud"] = json!(null)),
        claims(&world, |it| it["exp"] = json!(now - 61)),
        claims(&world, |it| it["exp"] = json!("soon")),
        claims(&world, |it| it["nbf"] = json!(now + 61)),
        claims(&world, |it| it["nbf"] = json!("soon")),
        claims(&world, |it| it["sub"] = json!("")),
        claims(&world, |it| it["sub"] = json!(long)),
        claims(&world, |it| it["tenant"] = json!("nowhere")),
        claims(&world, |it| it["tenant"] = json!(["valley"])),
        claims(&world, |it| it["roles"] = json!(["janitor"])),
        claims(&world, |it| it["roles"] = json!("Doctor")),
        // A patient whom nobody knows must not become one who sees all.
        claims(&world, |it| it["roles"] = json!(["patient"])),
        claims(&world, |it| it["roles"] = json!(["carer"])),
        claims(&world, |it| it["person"] = json!("not an id")),
        claims(&world, |it| it["person"] = json!(null)),
        claims(&world, |it| it["patient"] = json!("valley-ehr/nobody")),
        claims(&world, |it| it["patient"] = json!("p1")),
        claims(&world, |it| it["patient"] = json!("")),
        claims(&world, |it| it["patient"] = json!(["valley-ehr/p1"])),
        without("iss"),
        without("aud"),
        without("exp"),
        without("sub"),
        without("tenant"),
        without("roles"),
    ];
    let good = world.issuer.sign(&world.issuer.claims());
    let (head, signature) = good.rsplit_once('.').unwrap();
    let tampered = format!("{head}.{}A", &signature[..signature.len() - 1]);
    let secret = jsonwebtoken::EncodingKey::from_secret(b"shared");
    let shared = jsonwebtoken::encode(&jsonwebtoken::Header::default(), &world.issuer.claims(), &secret).unwrap();
    let unsigned = format!("eyJhbGciOiJub25lIn0.{}.", head.split_once('.').unwrap().1);
    let mut tokens: Vec<String> = changed.iter().map(|claims| world.issuer.sign(claims)).collect();
    let other_key = world.issuer.sign_by(8, &world.issuer.claims());
    tokens.extend([tampered, shared, unsigned, other_key, String::new(), "a.b.c".to_owned(), "x".repeat(20_000)]);
    let mut answers = Vec::new();
    for token in &tokens {
        let got = ask(&world, token).await.refused(401, "UNAUTHENTICATED");
        assert_eq!(got.header("www-authenticate"), "Bearer error=\"invalid_token\"");
        answers.push(got);
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "every refusal reads the same");
    for ask in [
        Ask::get(""),
        Ask::get("").with("authorization", &format!("Basic {good}")),
        Ask::get("").with("authorization", &good),
        Ask::get("").by(&good).by(&good),
    ] {
        world.send(ask).await.refused(401, "UNAUTHENTICATED");
    }
}

#[tokio::test]
async fn clocks_may_differ_by_a_minute() {
    let world = World::new().await;
    let token = world.issuer.sign(&world.issuer.claims());
    world.clock.by(SignedDuration::from_secs(300 + 59));
    ask(&world, &token).await.must(200);
    world.clock.by(SignedDuration::from_secs(1));
    ask(&world, &token).await.refused(401, "UNAUTHENTICATED");
}

#[tokio::test]
async fn a_new_key_is_asked_for_once_a_minute_at_most() {
    let world = World::new().await;
    ask(&world, &world.issuer.sign(&world.issuer.claims())).await.must(200);
    world.issuer.published.lock().unwrap().push(8);
    let claims = world.issuer.claims();
    ask(&world, &world.issuer.sign_by(8, &claims)).await.refused(401, "UNAUTHENTICATED");
    assert_eq!(world.issuer.times_asked(), 1, "asked a moment ago");
    world.clock.by(SignedDuration::from_secs(60));
    ask(&world, &world.issuer.sign_by(8, &claims)).await.must(200);
    for seed in 9..30 {
        ask(&world, &world.issuer.sign_by(seed, &claims)).await.refused(401, "UNAUTHENTICATED");
    }
    assert_eq!(world.issuer.times_asked(), 2, "strangers do not make us ask");
}

#[tokio::test]
async fn a_key_that_was_withdrawn_is_believed_for_an_hour_at_most() {
    let world = World::new().await;
    ask(&world, &world.issuer.sign(&world.issuer.claims())).await.must(200);
    *world.issuer.published.lock().unwrap() = vec![8];
    world.clock.by(SignedDuration::from_mins(59));
    ask(&world, &world.issuer.sign_by(7, &world.issuer.claims())).await.must(200);
    world.clock.by(SignedDuration::from_mins(1));
    ask(&world, &world.issuer.sign_by(7, &world.issuer.claims())).await.refused(401, "UNAUTHENTICATED");
}

#[tokio::test]
async fn without_keys_it_is_not_known_who_calls_and_known_keys_go_on() {
    let world = World::new().await;
    *world.issuer.down.lock().unwrap() = true;
    let token = || world.issuer.sign(&world.issuer.claims());
    ask(&world, &token()).await.refused(503, "UNAVAILABLE");
    ask(&world, &token()).await.refused(503, "UNAVAILABLE");
    assert_eq!(world.issuer.times_asked(), 1, "a service that is down is not asked by every request");
    *world.issuer.down.lock().unwrap() = false;
    world.clock.by(SignedDuration::from_mins(1));
    ask(&world, &token()).await.must(200);
    *world.issuer.down.lock().unwrap() = true;
    world.clock.by(SignedDuration::from_hours(3));
    ask(&world, &token()).await.must(200);
}

#[tokio::test]
async fn a_token_about_one_person_reaches_this_person_only() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let mine = world.plan(&doctor, "Of the person").await.id();
    let body = json!({ "person": OTHER, "title": "Of somebody else" });
    let theirs = world.send(Ask::post("").by(&doctor).json(&body)).await.must(201).id();
    let by_patient = json!({ "patient": "valley-ehr/p1" });
    for token in [
        world.patient(PERSON),
        world.token("valley", "patient-1", "patient", by_patient.clone()),
        // A doctor who has chosen a person has chosen one.
        world.token("valley", "doctor-1", "doctor", by_patient),
    ] {
        world.send(Ask::get(&format!("/{mine}")).by(&token)).await.must(200);
        world.send(Ask::get(&format!("/{theirs}")).by(&token)).await.refused(404, "NOT_FOUND");
        let listed = world.send(Ask::get("").by(&token)).await.must(200);
        assert_eq!(listed.json["plans"].as_array().unwrap().len(), 1);
        let listed = world.send(Ask::get(&format!("?person={OTHER}")).by(&token)).await.must(200);
        assert_eq!(listed.json["plans"], json!([]));
    }
}

#[tokio::test]
async fn of_several_roles_the_one_with_the_widest_duties_counts() {
    let world = World::new().await;
    let token = world.token("valley", "nurse-1", "patient", json!({ "roles": "patient coordinator" }));
    world.plan(&token, "By a coordinator").await;
}

/// The role in which somebody with these roles acts, in a token about the Patient p1; `None` where they are not admitted.
async fn acts_as(world: &World, roles: &str, fhir_user: Option<&str>) -> Option<Role> {
    let mut more = json!({ "roles": roles, "patient": "p1" });
    if let Some(fhir_user) = fhir_user {
        more["fhirUser"] = json!(fhir_user);
    }
    let got = ask(world, &world.token("valley", "somebody-1", "none", more)).await;
    if got.status == 401 {
        return None;
    }
    got.must(200);
    world.log.events.lock().unwrap().last().unwrap().role
}

/// Whose patient claims are ids of one source, of which the address is known.
async fn at_one_source() -> World {
    World::with(|setting, _| {
        setting.trust.patient_source = Some("valley-ehr".to_owned());
        let base = "https://ehr.valley.example/fhir".parse().unwrap();
        setting.trust.bases.insert("valley-ehr".to_owned(), base);
    })
    .await
}

#[tokio::test]
async fn a_nurse_who_is_a_member_too_acted_as_the_patient_of_whatever_chart_was_open() {
    let world = at_one_source().await;
    for fhir_user in [
        None,
        Some("Practitioner/9"),
        Some("https://ehr.valley.example/fhir/PractitionerRole/9"),
        Some("Patient/p2"),
        Some("RelatedPerson/p1"),
        Some("Person/p1"),
        Some("https://elsewhere.example/fhir/Patient/p1"),
        Some("p1"),
        Some(""),
    ] {
        assert_eq!(acts_as(&world, "patient doctor", fhir_user).await, Some(Role::Clinician), "{fhir_user:?}");
    }
    let token = world.token("valley", "nurse-1", "none", json!({ "roles": "patient doctor", "patient": "p1" }));
    world.plan(&token, "By a clinician").await;
}

#[tokio::test]
async fn a_nurse_who_is_the_patient_signed_their_own_plan_as_a_clinician() {
    let world = at_one_source().await;
    for fhir_user in ["Patient/p1", "Patient/p1/_history/3", "https://ehr.valley.example/fhir/Patient/p1"] {
        assert_eq!(acts_as(&world, "patient doctor", Some(fhir_user)).await, Some(Role::Patient), "{fhir_user}");
    }
    let own = json!({ "roles": "patient doctor", "person": PERSON, "fhirUser": format!("Patient/{PERSON}") });
    let token = world.token("valley", "nurse-1", "patient", own);
    let ask = Ask::post("").by(&token).json(&json!({ "person": PERSON, "title": "By the person" }));
    assert_eq!(world.send(ask).await.status, 403, "the person writes no plan, whatever else they are");
}

#[tokio::test]
async fn an_id_without_its_server_proved_who_somebody_is_where_patients_of_several_sources_are_named() {
    let world = World::new().await;
    let more = json!({ "roles": "patient doctor", "patient": "valley-ehr/p1", "fhirUser": "Patient/p1" });
    ask(&world, &world.token("valley", "nurse-1", "none", more)).await.must(200);
    assert_eq!(world.log.events.lock().unwrap().last().unwrap().role, Some(Role::Clinician));
}

#[tokio::test]
async fn a_mother_with_an_account_of_her_own_acted_as_her_child() {
    let world = at_one_source().await;
    for related in ["RelatedPerson/r1", "Patient/p2"] {
        assert_eq!(acts_as(&world, "patient carer", Some(related)).await, Some(Role::Carer), "{related}");
        assert_eq!(acts_as(&world, "carer doctor", Some(related)).await, Some(Role::Carer), "{related}");
        assert_eq!(acts_as(&world, "patient", Some(related)).await, None, "{related}: the token says who she is not");
    }
    assert_eq!(acts_as(&world, "patient", Some("Practitioner/9")).await, None);
    // A carer signs nothing: who may be either is taken for the one who may do less.
    assert_eq!(acts_as(&world, "patient carer", None).await, Some(Role::Carer));
    assert_eq!(acts_as(&world, "patient carer", Some("Patient/p1")).await, Some(Role::Patient));
    assert_eq!(acts_as(&world, "carer doctor", None).await, Some(Role::Clinician));
    for fhir_user in [None, Some("Patient/p1"), Some("Person/1"), Some("https://elsewhere.example/fhir/Patient/x")] {
        assert_eq!(acts_as(&world, "patient", fhir_user).await, Some(Role::Patient), "{fhir_user:?}");
    }
}
