//! What a terminology server has said, remembered for a while.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use access::Clock;
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use shared_plan::plan::Coding;

use super::{Known, Terminology, Unknown};

/// Code systems change by releases, twice a year at most.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// About half a megabyte.
const MOST: usize = 4_096;

type Answers = HashMap<(String, String), (Known, Timestamp)>;

/// Asks another terminology once a day for each code. That it could not be asked is not remembered.
pub struct Cached<T> {
    inner: T,
    clock: Arc<dyn Clock>,
    answers: Mutex<Answers>,
}

impl<T> Cached<T> {
    /// Remembers what `inner` says.
    pub fn new(inner: T, clock: Arc<dyn Clock>) -> Self {
        Self { inner, clock, answers: Mutex::default() }
    }

    fn answers(&self) -> std::sync::MutexGuard<'_, Answers> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl<T: Terminology> Terminology for Cached<T> {
    async fn known(&self, coding: &Coding) -> Result<Known, Unknown> {
        let (key, now) = ((coding.system.clone(), coding.code.clone()), self.clock.now());
        let held = self.answers().get(&key).filter(|(_, at)| now.duration_since(*at) < KEPT).cloned();
        if let Some((known, _)) = held {
            return Ok(known);
        }
        let known = self.inner.known(coding).await?;
        let mut answers = self.answers();
        if answers.len() >= MOST {
            answers.retain(|_, (_, at)| now.duration_since(*at) < KEPT);
        }
        // Full of what is still good: the next day makes room.
        if answers.len() < MOST {
            answers.insert(key, (known.clone(), now));
        }
        Ok(known)
    }
}
