//! The disk is full: what cannot be written down is neither done nor told.

use std::sync::Arc;

use serde_json::json;

use crate::accord::{Accord, blocks};
use crate::client::Client;
use crate::killed::whole_log;
use crate::writers;

/// How much room there is after the start, in blocks of 512 bytes.
const ROOM: u64 = 600;

#[tokio::test(flavor = "multi_thread")]
async fn with_a_full_disk_a_write_is_refused_and_nothing_is_told_and_afterwards_it_is_done_once() {
    let accord = Arc::new(Accord::prepared("sqlite://accord.db", None).await);
    accord.start(None);
    let client = Client::new(&accord, "writer");
    let on = writers::begin(&client, "One plan").await;
    let path = format!("/api/v1/care-plans/{}/goals/{}/achievement", on.plan, on.goal);
    accord.kill();

    accord.start(Some(blocks(&accord.file("accord.db")).max(blocks(&accord.file("accord.db-wal"))) + ROOM));
    let mut version = on.first;
    let refused = loop {
        let next = ["improving", "worsening"][usize::try_from(version % 2).expect("small")];
        let body = json!({ "version": version, "achievement": next });
        let key = format!("write {version}");
        let answer = client.ask("POST", &path, Some(&key), Some(&body)).await.expect("it answers with a full disk too");
        if answer.status == 429 {
            // So many a minute; with the same key it is the same write.
            client.pause().await;
            continue;
        }
        if answer.status != 200 {
            assert_eq!((answer.status, answer.json["code"].as_str()), (503, Some("UNAVAILABLE")), "{}", answer.json);
            break (key, body);
        }
        version += 1;
        assert!(version < 10_000, "the disk is never full");
    };
    // Reading is noted too: what cannot be noted is not told.
    let read = client.ask("GET", &format!("/api/v1/care-plans/{}", on.plan), None, None).await.expect("an answer");
    assert_eq!(read.status, 503, "{}", read.json);
    assert!(!read.json.to_string().contains("Walk"), "{}", read.json);
    accord.kill();

    accord.start(None);
    let kept = writers::versions(&client, &on.plan).await;
    assert_eq!(kept.last(), Some(&version), "what was accepted is kept, what was refused was not done");
    for _ in 0..2 {
        let again = client.insist("POST", &path, Some(&refused.0), Some(&refused.1)).await;
        assert_eq!((again.status, again.json["version"].as_u64()), (200, Some(version + 1)), "{}", again.json);
    }
    accord.kill();
    whole_log(&accord, version).await;
}
