//! How parsing and consolidating grow with the record, from memory and beyond what a reading would ever take in.

mod fit;
mod plot;

use std::sync::Arc;

use care_plan::Snapshot;
use care_plan::snapshot::{Read, Record, Source, Status};
use fhir::SourceId;
use fhir_client::Page;

use crate::cpu::{Stopwatch, ms};
use crate::people::{self, Shape, Wish, bundle};
use crate::reading;

pub use fit::exponent;
pub use plot::{Curve, plot};

/// Sources that a record of any size is split over.
const SOURCES: usize = 4;
/// Entries of one page.
const PAGE: usize = 500;

/// Milliseconds on the processor for a record of one size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Resources.
    pub resources: usize,
    /// From text to resources.
    pub parse: f64,
    /// From resources to the plan.
    pub consolidate: f64,
}

/// The pages of a record of this size and shape, of all sources.
pub fn pages(resources: usize, shape: Shape, seed: u64) -> Vec<Vec<String>> {
    let of = |place| {
        let record = people::record(Wish { seed, place, resources: resources / SOURCES, shape });
        record.chunks(PAGE).map(bundle).collect()
    };
    (0..SOURCES).map(of).collect()
}

/// Measures one size: the least of so many turns, since whatever else the machine does only adds.
pub fn measure(pages: &[Vec<String>], resources: usize, turns: usize) -> Point {
    let mut point = Point { resources, parse: f64::INFINITY, consolidate: f64::INFINITY };
    for _ in 0..turns.max(1) {
        let watch = Stopwatch::start();
        let snapshot = Snapshot { records: pages.iter().enumerate().map(|(at, pages)| record(at, pages)).collect() };
        point.parse = point.parse.min(ms(watch.took().cpu));
        let watch = Stopwatch::start();
        let plan = std::hint::black_box(reading::consolidate(&snapshot));
        point.consolidate = point.consolidate.min(ms(watch.took().cpu));
        drop(plan);
    }
    point
}

/// The snapshot of some pages, each of a source of its own.
///
/// # Panics
/// Where a page is no bundle: they are our own.
pub fn snapshot(pages: &[&str]) -> Snapshot {
    Snapshot { records: pages.iter().enumerate().map(|(at, page)| record(at, &[*page])).collect() }
}

fn record<T: AsRef<str>>(place: usize, pages: &[T]) -> Record {
    let id = SourceId::new(format!("source-{place}"));
    let page = |page: &T| Page::parse(&id, page.as_ref()).expect("the pages are our own").resources;
    let resources: Vec<_> = pages.iter().flat_map(page).map(Arc::new).collect();
    let read = |kind: &str| Read {
        kind: kind.to_owned(),
        part: None,
        status: Status::Complete,
        count: 0,
        pages: 1,
        took_ms: 1,
        as_of: None,
    };
    Record {
        source: Source { id: id.clone(), name: format!("Source {place}"), tag: format!("S{place}"), base: None },
        patient: Some(people::patient_id(place)),
        reads: crate::peer::KINDS.iter().copied().chain(["AllergyIntolerance"]).map(read).collect(),
        resources,
        problems: Vec::new(),
        state: None,
        as_of: None,
    }
}
