//! Secrets are searched for in everything that could be logged (S8).

use std::fmt::Write as _;
use std::io;
use std::sync::{Arc, Mutex, OnceLock};

use access::Secret;
use serde_json::json;
use smart::{Callback, ClientAuth, SigningKey};
use tracing_subscriber::fmt::MakeWriter;

use crate::signer::es384_pem;
use crate::world::{World, parameter, state, token_answer};

/// Takes in what `tracing` and `log` write.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl io::Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("not poisoned").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Buffer {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl log::Log for Buffer {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let line = format!("{} {}\n", record.target(), record.args());
        self.0.lock().expect("not poisoned").extend_from_slice(line.as_bytes());
    }

    fn flush(&self) {}
}

fn listen() -> Buffer {
    static BUFFER: OnceLock<Buffer> = OnceLock::new();
    let buffer = BUFFER.get_or_init(Buffer::default);
    log::set_logger(buffer).expect("no other logger here");
    log::set_max_level(log::LevelFilter::Trace);
    // For all threads: a subscriber of one thread misses events that another thread has met before it.
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(buffer.clone());
    tracing::subscriber::set_global_default(subscriber.finish()).expect("no other subscriber here");
    buffer.clone()
}

#[tokio::test]
async fn s8_no_secret_shows_in_logs_at_trace_in_debug_output_or_in_errors() {
    let buffer = listen();
    let mut shown = String::new();
    let mut secrets = Vec::new();

    let key = SigningKey::from_pkcs8_pem(&es384_pem()).expect("a key");
    let ways = [
        ClientAuth::Public,
        ClientAuth::SecretBasic(Secret::new("client-secret-canary")),
        ClientAuth::SecretPost(Secret::new("client-secret-canary")),
        ClientAuth::PrivateKeyJwt(key),
    ];
    for auth in ways {
        let world = World::new(auth).await;
        write!(shown, "{:?} {:?}", world.client, world.smart).expect("memory");

        // A launch that works, from the first request to a refresh.
        let authorization = world.begin(world.ehr_start()).await;
        let mut answer = token_answer();
        let id_token = world.signer.sign(&world.claims(&authorization));
        answer["id_token"] = json!(id_token);
        world.ehr.answer_json("/token", answer);
        let query = format!("code=code-canary&state={}", state(&authorization));
        let callback = Callback::parse(&query);
        write!(shown, "{authorization:?} {callback:?} {:?}", world.ehr_start()).expect("memory");
        let granted = world.complete(&authorization, &query).await.expect("a grant");
        let renewed = world.smart.refresh(&world.client, &granted.grant).await.expect("a grant");
        write!(shown, "{granted:?} {renewed:?}").expect("memory");
        secrets.extend([state(&authorization), parameter(&authorization, "nonce").expect("a nonce"), id_token]);
        secrets.push(authorization.browser.expose().to_owned());
        for seen in world.ehr.seen("/token") {
            secrets.extend(["code_verifier", "client_assertion"].iter().flat_map(|field| seen.field(field)));
            secrets.extend(
                seen.headers.get("authorization").map(|value| value.to_str().expect("text").replace("Basic ", "")),
            );
        }

        // Answers that go wrong while they hold secrets.
        for (status, body) in [
            (200, r#"{"access_token":"access-canary","token_type":"refresh-canary"}"#.to_owned()),
            (200, r#"{"access_token":"access-canary","expires_in":"#.to_owned()),
            (
                400,
                r#"{"error":"access-canary","error_description":"refresh-canary","error_uri":"code-canary"}"#
                    .to_owned(),
            ),
            (400, r#"{"error":["access-canary"]}"#.to_owned()),
            (500, "access-canary".to_owned()),
            (302, "access-canary".to_owned()),
        ] {
            world.ehr.answer("/token", status, "application/json", body);
            let error = world.launch().await.expect_err("a refusal");
            write!(shown, "{error} {error:?} ").expect("memory");
            let error = world.smart.refresh(&world.client, &granted.grant).await.expect_err("a refusal");
            write!(shown, "{error} {error:?} ").expect("memory");
        }
        let mut answer = token_answer();
        answer["id_token"] = json!(world.signer.sign(&json!({"iss": "x", "sub": "subject-canary"})));
        world.ehr.answer_json("/token", answer);
        let error = world.launch().await.expect_err("a refusal");
        write!(shown, "{error} {error:?} ").expect("memory");
        for more in ["iss=code-canary", "error=code-canary", "code=code-canary-again"] {
            let authorization = world.begin(world.ehr_start()).await;
            let query = format!("code=code-canary&state={}&{more}", state(&authorization));
            let error = world.complete(&authorization, &query).await.expect_err("a refusal");
            write!(shown, "{error} {error:?} ").expect("memory");
            secrets.push(state(&authorization));
        }
    }

    let canaries = ["launch-handle-canary", "code-canary", "access-canary", "refresh-canary", "client-secret-canary"];
    secrets.extend(canaries.map(str::to_owned));
    let logged = String::from_utf8(buffer.0.lock().expect("not poisoned").clone()).expect("text");
    assert!(logged.contains("launch completed"), "the log was listened to");
    assert!(logged.contains("starting new connection"), "the libraries' log was listened to");
    assert!(secrets.len() >= 40, "{} secrets", secrets.len());
    for secret in &secrets {
        assert!(secret.len() > 8);
        assert!(!logged.contains(secret.as_str()), "{secret} was logged");
        assert!(!shown.contains(secret.as_str()), "{secret} is shown in {shown}");
    }
}
