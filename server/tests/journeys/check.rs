//! `accord check`: a broken configuration is told in a sentence, a good one is answered with what each source offers.

use std::process::{Command, Output};

use sandbox::EhrConfig;
use sandbox::hostile::Step;

use crate::support::world::World;

fn check(config: &std::path::Path) -> Output {
    check_as(config, "text")
}

fn check_as(config: &std::path::Path, format: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_accord"))
        .args(["check", "--format", format, "--config"])
        .arg(config)
        .output()
        .expect("the program runs")
}

/// What is printed, with the addresses of this run's EHRs exchanged for their names.
async fn said_of(world: &World, format: &'static str) -> (Output, String) {
    let config = world.config_file();
    let output = tokio::task::spawn_blocking(move || check_as(&config, format)).await.expect("it ends");
    let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
    for ehr in world.sandbox.ehrs() {
        said = said.replace(ehr.origin(), &format!("http://{}.test", ehr.id()));
    }
    if world.shared.is_some() && format == "text" {
        let line = "database: PostgreSQL, up to date, keeps tenants apart\n";
        assert!(said.contains(line), "{said}");
        said = said.replace(line, "");
    }
    (output, said)
}

/// One EHR that differs from the built-in ones.
async fn one(change: impl FnOnce(&mut EhrConfig)) -> World {
    let mut ehr = EhrConfig::new("university", "University Hospital");
    change(&mut ehr);
    World::with(vec![ehr]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn d8_a_good_source_is_told_with_what_it_offers_what_we_use_and_what_is_missing() {
    let world = one(|_| {}).await;
    let (output, said) = said_of(&world, "text").await;
    assert!(output.status.success(), "{said}");
    insta::assert_snapshot!(said);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_shares_little_is_told_with_what_its_users_miss() {
    let world = one(|ehr| {
        ehr.unsupported_types = ["Goal", "CareTeam", "Linkage"].map(str::to_owned).to_vec();
        ehr.patient_match = false;
        ehr.brands = sandbox::ListedBrands::None;
    })
    .await;
    let (_, said) = said_of(&world, "text").await;
    for words in [
        "no Goal: goals of this source are not seen",
        "no CareTeam: care teams of this source are not seen",
        "no Linkage: not seen; the sources page says so",
        "no $match: people are found here by their number only, or connect it",
        "no brands: ",
        "no Goal update: goals of this source cannot be changed from here",
    ] {
        assert!(said.contains(words), "{words} is missing in {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_lie_of_discovery_leaves_a_report_that_a_terminal_can_show() {
    let world = one(|_| {}).await;
    // What hangs is cut off by the client's own time limits, which the client's tests show.
    let hanging = |way: &str| way.starts_with("endless") || way == "never";
    for lie in Step::Discovery.ways().filter(|lie| !hanging(lie.way())) {
        world.sandbox.ehr("university").set_hostility(Some(lie));
        let (output, said) = said_of(&world, "text").await;
        assert!(output.status.code().is_some_and(|code| code < 2), "{lie}: {said}");
        assert!(said.contains("University Hospital (university)") && said.contains("  Accord uses"), "{lie}: {said}");
        assert!(said.chars().all(|letter| letter == '\n' || !letter.is_control()), "{lie}: {said}");
        let long: Vec<&str> = said.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(long.iter().all(|line| !line.trim().contains(' ')), "{lie}: {long:?}");
        assert!(!said.contains("collector.example"), "{lie}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_read_the_check_as_json() {
    let world = World::start().await;
    let (_, said) = said_of(&world, "json").await;
    let json: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    let sources = json["sources"].as_array().expect("sources");
    assert_eq!(sources.len(), 4);
    assert_eq!(sources[0]["uses"]["client_auth"], "private_key_jwt");
    assert_eq!(sources[0]["offers"]["fhir"]["match"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_source_is_asked_and_what_it_offers_is_printed() {
    let world = World::start().await;
    let config = world.config_file();
    let output = tokio::task::spawn_blocking(move || check(&config)).await.expect("it ends");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said} {}", String::from_utf8_lossy(&output.stderr));
    for words in [
        "4 sources",
        "Valley Primary Care",
        "private_key_jwt, ES384",
        "client_secret_basic",
        "version 4.0",
        "reads, changes",
    ] {
        assert!(said.contains(words), "{words} is missing in {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_does_not_answer_is_named_and_the_check_fails() {
    let world = World::start().await;
    world.sandbox.ehr("university").stop().await;
    let config = world.config_file();
    let output = tokio::task::spawn_blocking(move || check(&config)).await.expect("it ends");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success());
    assert!(said.contains("University Hospital") && said.contains("cannot be read"), "{said}");
}

#[test]
fn a_broken_configuration_is_one_sentence_and_an_exit_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("accord.toml");
    std::fs::write(&file, "listen = \"here\"\n").expect("a file");
    let output = check(&file);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(said.lines().count() == 1 && said.contains("listen"), "{said}");
}
