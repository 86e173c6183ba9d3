//! `accord check`: a broken configuration is told in a sentence, a good one is answered with what each source offers.

use std::process::{Command, Output};

use crate::support::world::World;

fn check(config: &std::path::Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_accord"))
        .arg("check")
        .arg("--config")
        .arg(config)
        .output()
        .expect("the program runs")
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
        "is written back here",
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
