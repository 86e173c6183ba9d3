//! What was asked and answered: a rule that finds something missing must know that it was looked for.

use fhir::SourceId;

use crate::plan::Item;
use crate::rules::Case;
use crate::snapshot::{Record, Status};

/// True while a source is still being read: what seems to be missing may come with the next answer.
pub(in crate::rules) fn still_reading(case: &Case<'_>) -> bool {
    case.snapshot.pending() > 0
}

/// True where every source of the item answered in full for these types, or does not have them at all. What was not asked
/// for, was withheld or failed is not known to be missing.
pub(in crate::rules) fn looked_for(case: &Case<'_>, item: &Item, kinds: &[&str]) -> bool {
    item.members.iter().all(|member| looked_for_at(case, &member.key.source, kinds))
}

/// The same of one source.
pub(in crate::rules) fn looked_for_at(case: &Case<'_>, source: &SourceId, kinds: &[&str]) -> bool {
    case.snapshot.records.iter().filter(|record| record.source.id == *source).all(|record| answers(record, kinds))
}

/// The same of every source that the person is connected with.
pub(in crate::rules) fn looked_for_everywhere(case: &Case<'_>, kinds: &[&str]) -> bool {
    let mut connected = case.snapshot.records.iter().filter(|record| record.state != Some(Status::NotConnected));
    connected.all(|record| answers(record, kinds))
}

fn answers(record: &Record, kinds: &[&str]) -> bool {
    let whole = matches!(record.state, None | Some(Status::Complete));
    let told = |kind: &&str| {
        let mut reads = record.reads.iter().filter(|read| read.kind == **kind).peekable();
        reads.peek().is_some() && reads.all(|read| matches!(read.status, Status::Complete | Status::NotSupported))
    };
    whole && kinds.iter().all(told)
}
