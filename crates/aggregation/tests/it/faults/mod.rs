//! The fault table: each way in which a server misbehaves, at each place where it can be met.
//!
//! Beside the faulty source stands one in order, which must be shown whole in each case. Of the faulty one, all that was
//! not asked for by the request that met the fault must be there, and what is missing must say so. Nothing is waited for:
//! deadlines are rung by hand.

mod bodies;
mod bundles;
mod fault;
mod statuses;
mod transport;
mod wire;

use std::collections::BTreeSet;
use std::sync::Arc;

use aggregation::{Limits, Reading, everything};
use care_plan::snapshot::{Read, Record, Status};
use fhir_client::{FhirServer, Options};
use futures::StreamExt;
use serde_json::Value;
use url::Url;

use self::fault::{Fault, Outcome};
use self::wire::{Case, Wire, held};
use crate::ehr::{Ehr, body, capability_for, records};
use crate::house::{Tokens, names, options, reading, record, source};

/// Where a fault is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// The first page of the goals.
    FirstPage,
    /// Their second page.
    LaterPage,
    /// Practitioners whom the records refer to.
    Reference,
    /// Every request.
    Everywhere,
}

impl Position {
    const ALL: [Self; 4] = [Self::FirstPage, Self::LaterPage, Self::Reference, Self::Everywhere];

    fn is_met_by(self, target: &str) -> bool {
        match self {
            Self::FirstPage => target.starts_with("Goal?patient="),
            Self::LaterPage => target == "Goal?page=2",
            Self::Reference => target.starts_with("Practitioner?") || target.starts_with("Practitioner/"),
            Self::Everywhere => true,
        }
    }

    /// True where the source has said what it can do before: half of the cases are first launches, half later ones.
    fn is_met_in_a_later_launch(self) -> bool {
        matches!(self, Self::LaterPage | Self::Reference)
    }

    /// The type of the read that meets the fault.
    fn kind(self) -> &'static str {
        if self == Self::Reference { "Practitioner" } else { "Goal" }
    }

    /// What is lost with the request.
    fn loses(self, name: &str) -> bool {
        match self {
            Self::FirstPage => name.starts_with("Goal/") || name == "Practitioner/dr1",
            Self::LaterPage => name == "Goal/g2",
            Self::Reference => name.starts_with("Practitioner/"),
            Self::Everywhere => true,
        }
    }
}

fn faults() -> impl Iterator<Item = &'static Fault> {
    [transport::FAULTS, statuses::FAULTS, statuses::WITH_BODY, bodies::FAULTS, bundles::FAULTS].into_iter().flatten()
}

/// Every fault at every position; everywhere only those that leave nothing, and that do not need a Bundle.
fn cases() -> Vec<(&'static Fault, Position)> {
    let at = |fault| Position::ALL.map(|position| (fault, position));
    let of_a_bundle = |fault: &Fault| bundles::FAULTS.iter().any(|other| other.name == fault.name);
    let makes_sense = |(fault, position): &(&'static Fault, Position)| {
        let leaves_nothing = matches!(fault.outcome, Outcome::Lost(_) | Outcome::Late);
        *position != Position::Everywhere || leaves_nothing && !of_a_bundle(fault)
    };
    faults().flat_map(at).filter(makes_sense).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r3_every_fault_at_every_place_loses_only_what_it_hits_and_says_so() {
    let (wire, healthy) = (Wire::start(cases()).await, healthy().await);
    let servers = Servers::of(&wire, &healthy);
    let before = memory();
    let all = futures::stream::iter(wire.cases().iter().enumerate()).map(|(at, case)| {
        let (faulty, healthy) = servers.pair(wire.base(at));
        async move {
            if case.position.is_met_in_a_later_launch() {
                faulty.capability().await.unwrap();
            }
            let wrong = shown(case, faulty, healthy).await.err();
            wrong.map(|what| format!("{} {:?}: {what}", case.fault.name, case.position))
        }
    });
    let wrong: Vec<String> = all.buffer_unordered(8).filter_map(|wrong| async { wrong }).collect().await;
    eprintln!("{} faults, {} cases", faults().count(), wire.cases().len());
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), wire.cases().len(), wrong.join("\n"));
    if let (Some(before), Some(after)) = (before, memory()) {
        assert!(after - before < 200 * 1024, "{} KiB more than before", after - before);
    }
}

/// The source in order, which says what it has, and is asked for nothing else.
async fn healthy() -> Ehr {
    let stated = capability_for(&records("p1"));
    Ehr::with(records("p1"), move |target, _| (target == "metadata").then(|| body(200, &stated))).await
}

/// What the clients of all cases are made of; a way out is made once, for it takes long.
struct Servers {
    faulty: Options,
    healthy: Options,
}

impl Servers {
    fn of(wire: &Wire, healthy: &Ehr) -> Self {
        // Only a revoked token can be refreshed; 401 without end stays one.
        let tokens = Arc::new(Tokens { refreshed: Some("new") });
        let mut faulty = options("faulty", &wire.base(0)).tokens(tokens);
        (faulty.page.body_bytes, faulty.resource.body_bytes) = (400_000, 400_000);
        Self { faulty, healthy: options("healthy", &healthy.base) }
    }

    /// The clients of one case. That of the faulty source knows nothing of the other cases; the source in order has said
    /// what it has in one of them.
    fn pair(&self, base: Url) -> (FhirServer, FhirServer) {
        let (faulty, healthy) = (self.faulty.clone(), self.healthy.clone());
        let faulty = Options { base, health: Arc::default(), remembered: Arc::default(), ..faulty };
        (FhirServer::new(faulty), FhirServer::new(Options { health: Arc::default(), ..healthy }))
    }
}

#[test]
fn r3_there_are_more_than_forty_faults_and_each_has_its_own_name() {
    let names: BTreeSet<&str> = faults().map(|fault| fault.name).collect();
    assert_eq!(names.len(), faults().count());
    assert!(names.len() >= 40, "{}", names.len());
}

/// Reads the faulty source beside the healthy one; says what is not as it must be.
async fn shown(case: &Case, faulty: FhirServer, healthy: FhirServer) -> Result<(), String> {
    let Case { fault, position, hits } = case;
    let (fault, position) = (*fault, *position);
    let (reading, bells) = reading();
    reading.connect(source("faulty"), "p1", faulty, everything());
    reading.connect(source("healthy"), "p1", healthy, everything());
    if matches!(fault.outcome, Outcome::Late) {
        let mut hits = hits.subscribe();
        hits.wait_for(|hits| *hits > 0).await.map_err(|_| "was never met")?;
        // All that does not wait for it must be in before it is overdue, and all but itself before time is up.
        let is_in = |is_late: fn(&str, Position) -> bool| {
            let record = of_faulty(&reading);
            let is_open = |read: &Read| read.status == Status::Pending && !is_late(&read.kind, position);
            !record.reads.iter().any(is_open) && missing(fault, position, &record, is_late).is_none()
        };
        let is_first_in = || is_in(is_after) && !is_pending(&reading, "healthy");
        reading.watch().wait_for(|_| is_first_in()).await.map_err(|_| "ended")?;
        bells.ring(Limits::default().overdue());
        reading.watch().wait_for(|_| is_in(is_hit)).await.map_err(|_| "ended")?;
        bells.ring(Limits::default().soft);
        reading.watch().wait_for(|_| !is_pending(&reading, "faulty")).await.map_err(|_| "ended")?;
    }
    let whole = record(&reading, "healthy").await;
    same("the healthy source", &whole.status(), &Status::Complete)?;
    same("what the healthy source has", &names(&whole).len(), &records("p1").len())?;
    if *hits.borrow() == 0 {
        return Err("was never met".into());
    }
    let record = record(&reading, "faulty").await;
    if position == Position::Everywhere { lost(&record) } else { hit(fault, position, &record) }
}

/// Nothing of the source can be read, and that is said.
fn lost(record: &Record) -> Result<(), String> {
    same("resources", &names(record), &Vec::new())?;
    if !matches!(record.status(), Status::Failed(_)) {
        return Err(format!("the source is {:?}", record.status()));
    }
    match record.reads.iter().find(|read| read.status == Status::Complete) {
        Some(read) => Err(format!("{} is shown as complete", read.kind)),
        None => Ok(()),
    }
}

/// One request met the fault: its part is named, the rest is there, and nothing that came is lost.
fn hit(fault: &Fault, position: Position, record: &Record) -> Result<(), String> {
    let read = record.reads.iter().find(|read| read.kind == position.kind()).ok_or("its read is missing")?;
    same("the read", &read.status, &fault.outcome.status(position))?;
    let is_named = read.status == Status::Complete || matches!(read.status, Status::NotSupported);
    same("the source is complete", &(record.status() == Status::Complete), &is_named)?;

    if let Some(name) = missing(fault, position, record, is_hit) {
        return Err(format!("{name} is missing"));
    }
    let there = names(record);
    let is_lost = |name: &String| position.loses(name) && position != Position::FirstPage && fault.outcome.is_loss();
    if let Some(name) = there.iter().find(|name| is_lost(name)) {
        return Err(format!("{name} came all the same"));
    }
    let entries = record.reads.iter().map(|read| read.count).sum();
    same("entries accounted for", &(there.len() + record.problems.len() + fault.outcome.idle()), &entries)
}

/// What is not there and must be: all that the request which met the fault was not about, and that is not late for it.
fn missing(fault: &Fault, position: Position, record: &Record, is_late: fn(&str, Position) -> bool) -> Option<String> {
    let there = names(record);
    let may_be_missing = |name: &String| {
        // What the page would have led to is not found where its link is broken.
        let is_cut = matches!(fault.outcome, Outcome::More(_)) && name == "Goal/g2" && position == Position::FirstPage;
        let may_be_late =
            |kind| matches!(fault.outcome, Outcome::Late) && kind != position.kind() && is_late(kind, position);
        let is_late = name.split('/').next().is_some_and(may_be_late);
        is_cut || fault.outcome.is_loss() && (position.loses(name) || is_late)
    };
    let name = |held: &Value| format!("{}/{}", held["resourceType"].as_str().unwrap(), held["id"].as_str().unwrap());
    held().iter().map(name).find(|name| !there.contains(name) && !may_be_missing(name))
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, is: &T, must_be: &T) -> Result<(), String> {
    if is == must_be { Ok(()) } else { Err(format!("{what}: {is:?}, not {must_be:?}")) }
}

fn of_faulty(reading: &Reading) -> Record {
    reading.snapshot().record(&source("faulty").id).unwrap().clone()
}

fn is_pending(reading: &Reading, id: &str) -> bool {
    reading.snapshot().record(&source(id).id).unwrap().status() == Status::Pending
}

/// True for the read that the fault holds back: all that may be late when time is up.
fn is_hit(kind: &str, position: Position) -> bool {
    position == Position::Everywhere || kind == position.kind()
}

/// True for the read that the fault holds back, and for what is asked for only when the searches before it are done or
/// overdue.
fn is_after(kind: &str, position: Position) -> bool {
    let is_next = match position {
        Position::Reference => kind == "Organization",
        _ => matches!(kind, "Practitioner" | "PractitionerRole" | "Organization" | "Provenance"),
    };
    is_next || is_hit(kind, position)
}

/// The most memory that this process has had, in KiB, where the system tells it.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
