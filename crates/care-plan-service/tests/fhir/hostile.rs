//! Strange requests are refused or answered, and never break anything.

use crate::world::{World, person};

const WORDS: [&str; 24] = [
    "",
    " ",
    "%00",
    "%ff",
    "%F0%9F%92%A5",
    "'%20OR%201=1--",
    "../../etc/passwd",
    "%2e%2e%2f",
    "<script>",
    "Patient/",
    "/17",
    "a|b|c",
    "|",
    "||",
    ",",
    "%2C",
    "%5C",
    "$",
    "ge",
    "ge9999999-99-99",
    "-99999999999999999999",
    "1e999",
    "http://[::1]:x/",
    "%7B%22a%22:1%7D",
];

/// A word as an address carries it; what is encoded already stays so.
fn spelled(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '%' | '-' | '.' | ':' | '/' | ',');
    word.chars().map(|c| if plain(c) { c.to_string() } else { format!("%{:02X}", u32::from(c)) }).collect()
}

#[tokio::test]
async fn no_parameter_makes_a_search_fail() {
    let world = World::new().await;
    let plan = world.plan("north", &person(1), "Diabetes", 1).await;
    let mut names = vec![
        "_id",
        "_lastUpdated",
        "_count",
        "_sort",
        "_include",
        "_include:iterate",
        "_revinclude",
        "_summary",
        "_total",
        "_format",
        "_pretty",
        "_page",
        "_has:Goal:patient:x",
        "_elements",
        "_query",
        "_filter",
        "_profile",
        "patient:missing",
        "status:not",
    ];
    for offer in &care_plan_service::fhir::OFFERS {
        names.extend(offer.params);
    }
    names.sort_unstable();
    names.dedup();
    let leave = [("prefer", "handling=lenient")];
    for kind in ["CarePlan", "Goal", "Task", "CareTeam", "Condition", "Provenance", "Patient"] {
        for (at, name) in names.iter().enumerate() {
            for (word, turn) in WORDS.map(spelled).iter().zip(at..) {
                // Half of them beside a person, the other half without.
                let beside = if turn % 2 == 0 { format!("patient={}&", person(1)) } else { String::new() };
                let query = format!("{beside}{name}={word}");
                let got = world.send("GET", &format!("/{kind}?{query}"), "everybody", &leave, "").await;
                assert!(matches!(got.status, 200 | 400 | 406 | 410), "{kind}?{query}: {} {}", got.status, got.text);
            }
        }
    }
    assert_eq!(world.get(&format!("/CarePlan/{}", plan.id)).await.status, 200);
}

#[tokio::test]
async fn no_path_makes_a_read_fail() {
    let world = World::new().await;
    world.plan("north", &person(1), "Diabetes", 1).await;
    for kind in ["CarePlan", "Goal", "Provenance", "Patient", "metadata", "Nothing", "_history", "$x", "%24x"] {
        for id in [
            "%00",
            "%ff",
            "a%2Fb",
            "..",
            "%2e%2e",
            "Goal.x.1",
            "Goal..",
            "....",
            "Patient.1.1",
            "1;drop",
            &"a".repeat(5000),
        ] {
            for rest in ["", "/", "/_history", "/_history/", "/_history/%00", "/_history/1/2", "/$everything", "//"] {
                let got = world.get(&format!("/{kind}/{id}{rest}")).await;
                assert!(matches!(got.status, 200 | 400 | 404 | 405 | 501), "{kind}/{id}{rest}: {}", got.status);
            }
        }
    }
}

#[tokio::test]
async fn too_many_people_or_ids_in_one_search_are_refused() {
    let world = World::new().await;
    let many: Vec<String> = (0..=100_u8).map(|number| person(number).to_string()).collect();
    for name in ["patient", "_id"] {
        assert_eq!(world.get(&format!("/Goal?{name}={}", many.join(","))).await.refused(400)["code"], "too-costly");
    }
    let hundred = many[..100].join(",");
    assert_eq!(world.get(&format!("/Goal?patient={hundred}")).await.status, 200);
}
