//! What a reading needs around it: a stopped clock, bells for deadlines, tokens.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use access::{Clock, Secret};
use aggregation::{Limits, Reading, everything};
use async_trait::async_trait;
use care_plan::snapshot::{Read, Record, Source};
use fhir::SourceId;
use fhir_client::{AccessTokens, FhirServer, Options, Pace, TokenError};
use jiff::Timestamp;
use outbound::{Client, Origin, Policy, SystemResolver};
use tokio::sync::Notify;
use url::Url;

use crate::ehr::Ehr;

pub struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Timestamp {
        "2026-01-05T10:00:00Z".parse().unwrap()
    }
}

/// Never waits: for retries.
struct Still;

#[async_trait]
impl Pace for Still {
    async fn pause(&self, _: Duration) {}

    fn fraction(&self) -> f64 {
        0.0
    }

    fn request_id(&self) -> String {
        "request".into()
    }
}

/// Waits until the test says that so much time is over.
#[derive(Default)]
pub struct Bells {
    bells: Mutex<HashMap<Duration, Arc<Notify>>>,
}

impl Bells {
    fn bell(&self, how_long: Duration) -> Arc<Notify> {
        Arc::clone(self.bells.lock().unwrap().entry(how_long).or_default())
    }

    /// Lets a wait of this length end, one that begins later too.
    pub fn ring(&self, how_long: Duration) {
        self.bell(how_long).notify_one();
    }
}

#[async_trait]
impl Pace for Bells {
    async fn pause(&self, how_long: Duration) {
        self.bell(how_long).notified().await;
    }

    fn fraction(&self) -> f64 {
        0.0
    }

    fn request_id(&self) -> String {
        "request".into()
    }
}

/// One token, and at most one refresh.
pub struct Tokens {
    pub refreshed: Option<&'static str>,
}

#[async_trait]
impl AccessTokens for Tokens {
    async fn current(&self) -> Result<Secret, TokenError> {
        Ok(Secret::new("old"))
    }

    async fn after_401(&self, _: &Secret) -> Result<Secret, TokenError> {
        self.refreshed.map(Secret::new).ok_or(TokenError::SignInExpired)
    }
}

/// A reading whose deadlines never come unless rung.
pub fn reading() -> (Reading, Arc<Bells>) {
    let bells = Arc::new(Bells::default());
    let pace = Arc::clone(&bells) as Arc<dyn Pace>;
    (Reading::paced(Arc::new(Stopped), Limits::default(), pace), bells)
}

pub fn source(id: &str) -> Source {
    Source { id: SourceId::new(id), name: id.to_uppercase(), tag: id[..2].to_uppercase(), base: None }
}

/// Options with tiny caps, so that what never ends ends soon.
pub fn options(id: &str, base: &Url) -> Options {
    let policy = Policy { origins: vec![Origin::of(base).unwrap()], development: true };
    let outbound = Client::new(policy, Arc::new(SystemResolver)).unwrap();
    let mut options = Options::new(SourceId::new(id), base.clone(), outbound);
    options.clock = Arc::new(Stopped);
    options.pace = Arc::new(Still);
    options.page.body_bytes = 200_000;
    options.pages.pages = 4;
    options
}

pub fn connect(reading: &Reading, id: &str, ehr: &Ehr, patient: &str) {
    reading.connect(source(id), patient, FhirServer::new(options(id, &ehr.base)), everything());
}

/// The record of a source once nothing is pending.
pub async fn record(reading: &Reading, id: &str) -> Record {
    reading.settled().await;
    reading.snapshot().record(&SourceId::new(id)).unwrap().clone()
}

/// Type and id of what a record holds.
pub fn names(record: &Record) -> Vec<String> {
    record.resources.iter().map(|resource| format!("{}/{}", resource.kind(), resource.id())).collect()
}

/// How the reading of a type went.
pub fn read<'a>(record: &'a Record, kind: &str) -> &'a Read {
    record.reads.iter().find(|read| read.kind == kind).unwrap()
}
