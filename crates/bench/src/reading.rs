//! Accord's own reading: all sources at once, into one plan, in this process.

use std::sync::Arc;

use access::clock::SystemClock;
use aggregation::{Limits, Permitted, Reading};
use anyhow::Result;
use care_plan::snapshot::{Source, Status};
use care_plan::{ConsolidatedPlan, Decisions, Snapshot};
use fhir::SourceId;
use fhir_client::{FhirServer, Options};
use jiff::civil::{Date, date};
use outbound::{Client, Origin, Policy, SystemResolver};
use tokio::runtime::Runtime;

use crate::cpu::{Stopwatch, Took};
use crate::sources::Place;

/// The day of all plans here.
pub const TODAY: Date = date(2026, 11, 21);

/// Requests at once at one source, the default of the house.
pub const PARALLEL: usize = 16;

/// One reading that is over.
#[derive(Debug)]
pub struct Done {
    /// From the first request to the plan.
    pub took: Took,
    /// Of this, joining the records once they were here.
    pub joining: Took,
    /// What was read.
    pub snapshot: Arc<Snapshot>,
    /// What became of it.
    pub plan: ConsolidatedPlan,
}

/// A runtime with as many threads as the machine of the goals has cores.
///
/// # Errors
/// Where the system gives none.
pub fn runtime() -> Result<Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?)
}

/// Joins the records into a plan.
pub fn consolidate(snapshot: &Snapshot) -> ConsolidatedPlan {
    care_plan::consolidate(snapshot, &Decisions::default(), TODAY)
}

/// Reads the sources, each with so many requests at once, and joins what came. Connections are new each time.
///
/// # Errors
/// Where a source could not be read whole: a figure of it would say nothing.
pub fn read(runtime: &Runtime, places: &[Place], parallel: usize, permitted: &Permitted) -> Result<Done> {
    let origins = places.iter().filter_map(|place| Origin::of(&place.base)).collect();
    let outbound = Client::new(Policy { origins, development: true }, Arc::new(SystemResolver))?;
    let connect = |reading: &Reading, place: &Place| {
        let id = SourceId::new(place.id.as_str());
        let source = Source { id: id.clone(), name: place.id.clone(), tag: place.id.clone(), base: None };
        let options = Options::new(id, place.base.clone(), outbound.clone()).parallel(parallel);
        reading.connect(source, &*place.patient, FhirServer::new(options), Arc::clone(permitted));
    };
    let watch = Stopwatch::start();
    let snapshot = runtime.block_on(async {
        let reading = Reading::new(Arc::new(SystemClock), Limits::default());
        places.iter().for_each(|place| connect(&reading, place));
        reading.settled().await;
        reading.snapshot()
    });
    let joins = Stopwatch::start();
    let plan = consolidate(&snapshot);
    let (joining, took) = (joins.took(), watch.took());
    for read in snapshot.records.iter().flat_map(|record| &record.reads) {
        anyhow::ensure!(
            !matches!(read.status, Status::Failed(_) | Status::Partial(_)),
            "{} {:?}",
            read.kind,
            read.status
        );
    }
    Ok(Done { took, joining, snapshot, plan })
}
