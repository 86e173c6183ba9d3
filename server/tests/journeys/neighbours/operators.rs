//! `/readyz` and `/metrics`: which part does not answer, and what an alarm belongs on.

use std::sync::Arc;

use access::{Audit, AuditEvent, StoreError};
use async_trait::async_trait;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use server::Stream;
use tower::ServiceExt;

use crate::shared_plan::stage::Broken;
use crate::support::world::World;

pub async fn asked(world: &World, path: &str, stream: Stream) -> (StatusCode, String) {
    let request = Request::get(path).body(Body::empty()).expect("a request");
    let answer = server::operators(world.server.clone(), stream).oneshot(request).await.expect("an answer");
    let (head, body) = answer.into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes();
    (head.status, String::from_utf8(bytes.to_vec()).expect("text"))
}

#[tokio::test]
async fn every_store_is_asked_and_one_that_does_not_answer_is_named() {
    let world = World::licensed().await;
    let (status, body) = asked(&world, "/readyz", Stream::default()).await;
    assert_eq!((status, body.lines().next()), (StatusCode::OK, Some("ready")), "{body}");
    for part in ["sessions", "persons", "consents", "audit log", "shared plans", "outbox"] {
        assert!(body.contains(&format!("\n{part}: ok\n")), "{part}: {body}");
    }
    let world = World::licensed_and_altered(|server| server.plan_store.documents = Arc::new(Broken)).await;
    let (status, body) = asked(&world, "/readyz", Stream::default()).await;
    assert_eq!((status, body.lines().next()), (StatusCode::SERVICE_UNAVAILABLE, Some("not ready")), "{body}");
    assert!(body.contains("\nshared plans: does not answer\n") && body.contains("\nsessions: ok\n"), "{body}");
    assert!(!body.contains("the disk is gone"), "causes are in the log: {body}");
    let (_, figures) = asked(&world, "/metrics", Stream::default()).await;
    assert!(figures.contains("\naccord_part_answers{part=\"shared plans\"} 0\n"), "{figures}");
    assert!(figures.contains("\naccord_audit_failures_total 0\n"), "{figures}");
    assert!(figures.contains("\naccord_outbox_oldest_seconds 0\n"), "{figures}");
}

/// An audit log whose volume is full.
struct Full;

#[async_trait]
impl Audit for Full {
    async fn write_all(&self, _: &[AuditEvent]) -> Result<(), StoreError> {
        Err(StoreError("the volume is full".into()))
    }
}

#[tokio::test]
async fn each_answer_that_was_refused_for_a_full_audit_log_is_counted() {
    let world = World::licensed().await;
    let counted = server::CountedAudit::new(Arc::new(Full), world.server.audit_failures.clone());
    let _ = counted.write_all(&[]).await;
    let (_, figures) = asked(&world, "/metrics", Stream::default()).await;
    assert!(figures.contains("\naccord_audit_failures_total 1\n"), "{figures}");
}
