//! How long an EHR's FHIR server takes for an answer, to order, and what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use tokio::time::Instant;

/// A tail never makes an answer later than so many times the ordinary one.
const LONGEST: f64 = 10.0;
/// Requests that are remembered; older ones are forgotten.
const REMEMBERED: usize = 10_000;

/// How long each answer takes at least.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Latency {
    /// Milliseconds before an answer.
    #[serde(default)]
    pub milliseconds: u32,
    /// Shape of a Pareto tail upon them: the smaller, the more answers are late. None makes all equally late.
    #[serde(default)]
    pub tail: Option<f64>,
    /// Seed of the tail.
    #[serde(default)]
    pub seed: u64,
}

impl Latency {
    /// How long the answer to a request takes: always equally long for the same request, in whatever order they come, so
    /// that two clients can be compared.
    pub fn of(&self, target: &str) -> Duration {
        let ordinary = f64::from(self.milliseconds) / 1_000.0;
        let times = self.tail.filter(|shape| *shape > 0.0).map_or(1.0, |shape| {
            let mut hash = Sha256::new();
            hash.update(self.seed.to_le_bytes());
            hash.update(target.as_bytes());
            let first: [u8; 4] = hash.finalize()[..4].try_into().expect("a digest has 32 bytes");
            // Above 0, up to 1.
            let chance = (f64::from(u32::from_le_bytes(first)) + 1.0) / (f64::from(u32::MAX) + 1.0);
            chance.powf(-1.0 / shape).min(LONGEST)
        });
        Duration::from_secs_f64(ordinary * times)
    }
}

/// One request that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Method and target below the FHIR base, such as `GET /Goal?patient=p1`.
    pub target: String,
    /// When it came, counted from the first that is remembered.
    pub after: Duration,
}

/// The latency that an EHR has at present, and what it was asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gauge(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    latency: Latency,
    asked: VecDeque<(String, Instant)>,
}

impl Gauge {
    pub(crate) fn of(latency: Latency) -> Self {
        let gauge = Self::default();
        gauge.set(latency);
        gauge
    }

    pub(crate) fn set(&self, latency: Latency) {
        self.inner().latency = latency;
    }

    /// What was asked since the last call, in the order in which it came.
    pub(crate) fn take(&self) -> Vec<Asked> {
        let asked = std::mem::take(&mut self.inner().asked);
        let first = asked.front().map(|(_, at)| *at);
        let after = |at: Instant| first.map(|first| at.duration_since(first)).unwrap_or_default();
        asked.into_iter().map(|(target, at)| Asked { target, after: after(at) }).collect()
    }

    fn note(&self, target: String) -> Duration {
        let mut inner = self.inner();
        let wait = inner.latency.of(&target);
        if inner.asked.len() == REMEMBERED {
            inner.asked.pop_front();
        }
        inner.asked.push_back((target, Instant::now()));
        wait
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Notes a request and lets it wait; the FHIR routes lie behind it.
pub(crate) async fn delay(State(gauge): State<Gauge>, request: Request, next: Next) -> Response {
    let wait = gauge.note(format!("{} {}", request.method(), request.uri()));
    if !wait.is_zero() {
        tokio::time::sleep(wait).await;
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, http::Request, middleware, routing::get};
    use tower::ServiceExt;

    use super::*;

    #[test]
    fn the_same_request_waits_equally_long_and_most_wait_little() {
        let latency = Latency { milliseconds: 100, tail: Some(1.5), seed: 7 };
        let mut waits: Vec<u128> = (0..1_000).map(|at| latency.of(&format!("GET /Goal?{at}")).as_millis()).collect();
        assert_eq!(waits[3], latency.of("GET /Goal?3").as_millis());
        waits.sort_unstable();
        assert!((100..=1_000).contains(&waits[0]) && waits[999] <= 1_000, "{waits:?}");
        // The median of a Pareto distribution is the smallest value times 2^(1/shape).
        assert!((145..175).contains(&waits[500]), "{}", waits[500]);
        assert!(waits[990] > 900, "one in a hundred is very late: {}", waits[990]);
    }

    #[test]
    fn without_a_tail_every_answer_takes_the_same() {
        let latency = Latency { milliseconds: 150, ..Latency::default() };
        assert_eq!(latency.of("GET /Goal"), latency.of("GET /Task"));
        assert_eq!(Latency::default().of("GET /Goal"), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn requests_are_delayed_and_remembered_once() {
        let gauge = Gauge::of(Latency { milliseconds: 150, ..Latency::default() });
        let router = Router::new()
            .route("/Goal", get(|| async { "right" }))
            .layer(middleware::from_fn_with_state(gauge.clone(), delay));
        let before = Instant::now();
        for target in ["/Goal?patient=1", "/Goal?patient=2"] {
            let request = Request::get(target).body(Body::empty()).expect("a request");
            router.clone().oneshot(request).await.expect("an answer");
        }
        assert_eq!(before.elapsed(), Duration::from_millis(300));
        let asked = gauge.take();
        assert_eq!(
            asked.iter().map(|asked| asked.target.as_str()).collect::<Vec<_>>(),
            ["GET /Goal?patient=1", "GET /Goal?patient=2"]
        );
        assert_eq!((asked[0].after, asked[1].after), (Duration::ZERO, Duration::from_millis(150)));
        assert_eq!(gauge.take(), []);
    }
}
