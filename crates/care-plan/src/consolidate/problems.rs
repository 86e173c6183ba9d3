//! What could not be used: the reading's own problems, and references that lead nowhere.

use std::collections::BTreeMap;

use fhir::{SourceId, Target};

use super::records::{Dangling, Records};
use crate::snapshot::{Problem, ProblemKind, Record, Snapshot, Source, Status};

/// All problems, sorted by source, then by what they are about. Called when all references have been followed.
pub(super) fn all(records: &Records<'_>, snapshot: &Snapshot) -> Vec<(Source, Problem)> {
    let by_source = by_source(snapshot);
    let mut problems: Vec<(Source, Problem)> = Vec::new();
    for record in by_source.values().flatten() {
        problems.extend(record.problems.iter().map(|problem| (record.source.clone(), problem.clone())));
    }
    for dangling in lost(records, snapshot) {
        let Some(record) = by_source.get(&dangling.from.source).and_then(|of_source| of_source.first()) else {
            continue;
        };
        problems.push((record.source.clone(), problem(&dangling)));
    }
    problems.sort_by_cached_key(|(source, problem)| {
        (source.id.clone(), problem.about.clone(), format!("{:?}", problem.kind))
    });
    problems
}

fn by_source(snapshot: &Snapshot) -> BTreeMap<&SourceId, Vec<&Record>> {
    let mut by_source: BTreeMap<&SourceId, Vec<&Record>> = BTreeMap::new();
    for record in &snapshot.records {
        by_source.entry(&record.source.id).or_default().push(record);
    }
    by_source
}

/// The references that lead nowhere though everything they may lead to was read, in order.
pub(super) fn lost(records: &Records<'_>, snapshot: &Snapshot) -> Vec<Dangling> {
    let by_source = by_source(snapshot);
    let is_lost = |dangling: &Dangling| {
        let Some(of_source) = by_source.get(&dangling.from.source) else { return false };
        // What is named by another source's address may lie there, in what has not been read.
        let holder = records.holder(dangling).and_then(|source| by_source.get(source));
        !holder.into_iter().flatten().chain(of_source).any(|record| may_yet_come(record, dangling))
    };
    records.dangling().into_iter().filter(is_lost).collect()
}

fn problem(dangling: &Dangling) -> Problem {
    let about = format!("{}/{}", dangling.from.kind, dangling.from.id);
    let kind =
        ProblemKind::Dangling(format!("{} of {about} leads to {}, which is not there", dangling.element, dangling.to));
    Problem { about: Some(about), kind }
}

/// True where the target was perhaps only not read: then the state of the read says so, and says it better.
fn may_yet_come(record: &Record, dangling: &Dangling) -> bool {
    if matches!(record.status(), Status::Pending | Status::NotConnected) {
        return true;
    }
    let (Target::Relative { kind, .. } | Target::Absolute { kind, .. }) = Target::parse(&dangling.to) else {
        return false;
    };
    record.reads.iter().any(|read| read.kind == kind && !matches!(read.status, Status::Complete | Status::NotSupported))
}
