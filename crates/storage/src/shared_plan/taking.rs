//! What may be taken from a queue of events, in words that the outbox and the queues of receivers share.

use access::StoreError;
use shared_plan::ports::Backlog;

use crate::time::from_column;

/// The columns of an event that waits, by the table that it waits in.
macro_rules! waiting_columns {
    ($table:literal) => {
        concat!(
            "event, kind, document, seat, failures, sealed, (SELECT moves FROM document AS whole \
             WHERE whole.tenant_id = ",
            $table,
            ".tenant_id AND whole.kind = ",
            $table,
            ".kind \
             AND whole.id = ",
            $table,
            ".document) AS moves"
        )
    };
}
pub(super) use waiting_columns;

/// True of an event whose document is in doubt.
macro_rules! in_doubt {
    ($table:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM document AS doubted WHERE doubted.tenant_id = ",
            $table,
            ".tenant_id \
             AND doubted.kind = ",
            $table,
            ".kind AND doubted.id = ",
            $table,
            ".document AND doubted.in_doubt = 1)"
        )
    };
}
pub(super) use in_doubt;

/// How many events stand how, with the first that was kept of each: dead, withheld in one of two ways, or waiting. `$same` says
/// which others are in the same queue. A dead one is looked for among those on their way, by the index of these.
macro_rules! backlog {
    ($table:literal, $same:literal) => {
        concat!(
            "SELECT CASE WHEN ",
            $table,
            ".state = 'dead' THEN 'dead' \
             WHEN ",
            in_doubt!($table),
            " THEN 'in-doubt' \
             WHEN EXISTS (SELECT 1 FROM ",
            $table,
            " AS earlier WHERE earlier.tenant_id = ",
            $table,
            ".tenant_id",
            $same,
            " AND earlier.kind = ",
            $table,
            ".kind AND earlier.document = ",
            $table,
            ".document \
             AND earlier.seat < ",
            $table,
            ".seat AND earlier.state <> 'handed-on' AND earlier.state = 'dead') \
             THEN 'held-back' ELSE 'waiting' END AS stands, count(*), min(",
            $table,
            ".kept) FROM ",
            $table,
            " \
             WHERE ",
            $table,
            ".tenant_id = $1"
        )
    };
}
pub(super) use backlog;

/// One row of a backlog: how events stand, how many, and when the first of them was kept.
pub(super) type Standing = (String, i64, i64);

/// Adds what was counted.
pub(super) fn count(backlog: &mut Backlog, rows: Vec<Standing>) -> Result<(), StoreError> {
    for (stands, rows, oldest) in rows {
        let (rows, oldest) = (rows.unsigned_abs(), from_column(oldest)?);
        match stands.as_str() {
            "dead" => backlog.dead += rows,
            "in-doubt" => backlog.in_doubt += rows,
            "held-back" => backlog.held_back += rows,
            _ => {
                backlog.waiting += rows;
                backlog.oldest = Some(backlog.oldest.map_or(oldest, |other| other.min(oldest)));
            }
        }
    }
    Ok(())
}
