//! What a terminology server has said, remembered for a while; and that it does not answer, for a moment.

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
/// Text that is longer than this is remembered of nobody: what is kept has a bound.
const LONGEST: usize = 512;
/// How long a server that did not answer is left alone: nobody waits for it at every form.
const LEFT_ALONE: SignedDuration = SignedDuration::from_secs(30);

/// System, code, and what the code was called.
type Key = (String, String, Option<String>);

#[derive(Default)]
struct Held {
    answers: HashMap<Key, (Known, Timestamp)>,
    /// Since when the server does not answer, and what was said of it.
    away: Option<(Unknown, Timestamp)>,
}

/// Asks another terminology once a day for each code, and leaves one that does not answer alone for half a minute.
pub struct Cached<T> {
    inner: T,
    clock: Arc<dyn Clock>,
    held: Mutex<Held>,
}

impl<T> Cached<T> {
    /// Remembers what `inner` says.
    pub fn new(inner: T, clock: Arc<dyn Clock>) -> Self {
        Self { inner, clock, held: Mutex::default() }
    }

    /// How many answers are remembered.
    pub fn remembered(&self) -> usize {
        self.held().answers.len()
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is still good to say.
    fn remember(&self, key: &Key, now: Timestamp) -> Option<Result<Known, Unknown>> {
        let held = self.held();
        if let Some((known, _)) = held.answers.get(key).filter(|(_, at)| now.duration_since(*at) < KEPT) {
            return Some(Ok(known.clone()));
        }
        let away = held.away.as_ref().filter(|(_, since)| now.duration_since(*since) < LEFT_ALONE);
        away.map(|(why, _)| Err(why.clone()))
    }
}

#[async_trait]
impl<T: Terminology> Terminology for Cached<T> {
    async fn known(&self, coding: &Coding) -> Result<Known, Unknown> {
        let now = self.clock.now();
        let key = (coding.system.clone(), coding.code.clone(), coding.display.clone());
        if let Some(known) = self.remember(&key, now) {
            return known;
        }
        let known = self.inner.known(coding).await;
        let mut held = self.held();
        let known = match known {
            Ok(known) => known,
            Err(why) => {
                held.away = Some((why.clone(), self.clock.now()));
                return Err(why);
            }
        };
        held.away = None;
        if held.answers.len() >= MOST {
            held.answers.retain(|_, (_, at)| now.duration_since(*at) < KEPT);
        }
        let length = key.0.len() + key.1.len() + key.2.as_ref().map_or(0, String::len);
        // Full of what is still good: the next day makes room.
        if held.answers.len() < MOST && length <= LONGEST && said(&known) <= LONGEST {
            held.answers.insert(key, (known.clone(), now));
        }
        Ok(known)
    }
}

fn said(known: &Known) -> usize {
    match known {
        Known::Yes { display } => display.as_ref().map_or(0, String::len),
        Known::OtherDisplay { display } => display.len(),
        Known::No | Known::OtherSystem => 0,
    }
}
