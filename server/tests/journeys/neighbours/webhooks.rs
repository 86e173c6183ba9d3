//! A receiver of webhooks is told of a plan while another one is away.

use std::process::Command;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use care_plan_service::neighbours::webhook::SigningSecret;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::operators::asked;
use crate::shared_plan::stage::{COORDINATOR, actor, add_goal, start};
use crate::support::world::World;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// Nobody has to wait so long, unless something is broken.
const PATIENCE: Duration = Duration::from_secs(30);

type Message = (HeaderMap, Bytes);

/// A receiver, and what comes to it.
async fn receiver() -> (String, mpsc::UnboundedReceiver<Message>) {
    let (told, heard) = mpsc::unbounded_channel();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/hooks", listener.local_addr().expect("an address"));
    let take = |State(told): State<mpsc::UnboundedSender<Message>>, headers: HeaderMap, body: Bytes| async move {
        let _ = told.send((headers, body));
        StatusCode::NO_CONTENT
    };
    let router = Router::new().route("/hooks", post(take)).with_state(told);
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, heard)
}

#[tokio::test]
async fn a_receiver_is_told_with_a_signature_while_another_is_away_and_neither_learns_what_is_in_the_plan() {
    let (url, mut heard) = receiver().await;
    let away = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address");
    let folder = tempfile::tempdir().expect("a folder");
    let secret = folder.path().join("webhook.secret");
    std::fs::write(&secret, SECRET).expect("a file");
    let webhook = |id: &str, url: &str, more: &str| {
        format!(
            "[[care_plan_service.webhooks]]\nid = \"{id}\"\ntenant = \"valley\"\nurl = \"{url}\"\nsecret_file = \"{}\"\n{more}",
            secret.display()
        )
    };
    let lines = [
        webhook("portal", &url, "events = [\"plan-created\", \"goal-changed\"]\n"),
        webhook("away", &format!("http://{away}/hooks"), ""),
    ];
    let world = World::with_lines(World::ehrs(), &lines.concat()).await;
    let stream = server::start_events(&world.server).await.expect("it starts");
    let coordinator = actor(&world, COORDINATOR).await;
    let plan = start(&coordinator).await;
    add_goal(&coordinator, &plan, "HbA1c that both can live with", "7.5").await;
    let mut kinds = Vec::new();
    for _ in 0..2 {
        let (headers, body) = tokio::time::timeout(PATIENCE, heard.recv()).await.expect("in time").expect("a message");
        let header = |name: &str| headers[name].to_str().expect("text").to_owned();
        let (id, time, signatures) = (header("webhook-id"), header("webhook-timestamp"), header("webhook-signature"));
        let secret = SigningSecret::parse(SECRET).expect("long enough");
        let now = access::Clock::now(&*world.clock);
        assert!(secret.vouches_for(&id, &time, &body, &signatures, now));
        let event: Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(event["id"], id.as_str());
        let text = event.to_string();
        assert!(!text.contains("HbA1c") && !text.contains("Diabetes"), "ids only: {text}");
        kinds.push(event["type"].as_str().unwrap_or_default().to_owned());
    }
    assert!(kinds[0].contains("plan-created") && kinds[1].contains("goal-changed"), "{kinds:?}");
    let (_, figures) = asked(&world, "/metrics", stream).await;
    let line = |name: &str| figures.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
    assert_ne!(line("accord_webhook_waiting{tenant=\"valley\",receiver=\"away\"}").split(' ').nth(1), Some("0"));
    assert!(line("accord_webhook_dead{tenant=\"valley\",receiver=\"away\"}").ends_with(" 0"), "{figures}");
    let (fine, said) = outbox(&world, &[]).await;
    assert!(fine && said.contains("receiver away\nwaiting: ") && said.contains("receiver portal\n"), "{said}");
    const AGAIN: [&str; 4] = ["--replay-since", "2026-01-01T00:00:00Z", "--receiver", "away"];
    let (fine, said) = outbox(&world, &AGAIN).await;
    assert!(fine && said.contains("wait to be told again"), "{said}");
    let (fine, said) = outbox(&world, &["--replay-since", "2026-01-01T00:00:00Z", "--receiver", "nobody"]).await;
    assert!(!fine && said.contains("names none of"), "{said}");
}

/// `accord outbox`: whether it went well, and what it said.
async fn outbox(world: &World, more: &'static [&'static str]) -> (bool, String) {
    let config = world.config_file();
    let output = tokio::task::spawn_blocking(move || {
        Command::new(env!("CARGO_BIN_EXE_accord")).args(["outbox", "--config"]).arg(&config).args(more).output()
    });
    let output = output.await.expect("it ends").expect("the program runs");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}
