//! `accord check` and the neighbours: each that does not answer is named, with what follows from it.

use std::process::Command;

use tokio::net::TcpListener;

use crate::support::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn every_neighbour_that_does_not_answer_is_named_and_the_check_fails() {
    // Nobody listens there any more.
    let nobody = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address");
    let secret = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(secret.path(), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("a file");
    let lines = format!(
        "[[care_plan_service.webhooks]]\nid = \"portal\"\ntenant = \"valley\"\nurl = \"http://{nobody}/hooks?key=in-the-address\"\nsecret_file = \"{}\"\n\
         [[care_plan_service.issuers]]\nissuer = \"https://other.example\"\naudience = \"accord\"\ntenant = \"valley\"\njwks_url = \"http://{nobody}/keys\"\nroles = {{ nurse = \"clinician\" }}\n\
         [care_plan_service]\ndirectory_url = \"http://{nobody}/fhir\"\n",
        secret.path().display()
    );
    let world = World::with_lines(World::ehrs(), &lines).await;
    let (config, url) = (world.config_file(), format!("http://{nobody}/tx"));
    let nats = format!("nats://operator:a-password@{nobody}");
    let output = tokio::task::spawn_blocking(move || {
        Command::new(env!("CARGO_BIN_EXE_accord"))
            .args(["check", "--config"])
            .arg(&config)
            .env("ACCORD__NATS_URL", nats)
            .env("ACCORD__TERMINOLOGY_URL", url)
            .output()
            .expect("the program runs")
    });
    let output = output.await.expect("it ends");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!output.status.success(), "{said}");
    let flat = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "events: WRONG: nats_url: no server answers there",
        "tokens https://other.example: WRONG: its key set could not be fetched",
        "tokens https://id.valley.example: keys for ES256",
        "terminology: WRONG: no CapabilityStatement",
        "directory: WRONG: no CapabilityStatement",
        "webhook portal: WRONG: no connection could be made; events wait until it does",
    ] {
        assert!(flat.contains(words), "{words}: {said}");
    }
    for secret in ["a-password", "in-the-address", "MfKQ9r8"] {
        assert!(!said.contains(secret), "{secret}: {said}");
    }
}
