//! Places of values in a statement, and numbers as columns hold them.

use access::StoreError;
use sqlx::AssertSqlSafe;

use super::{Step, Value};

/// How many rows one statement puts.
const ROWS_AT_ONCE: usize = 100;

/// Puts rows, many in one statement. `into` is the table with its columns, as many as each row has values.
pub(crate) async fn put<const COLUMNS: usize>(
    step: &mut impl Step,
    into: &str,
    rows: &[[Value<'_>; COLUMNS]],
) -> Result<(), StoreError> {
    for rows in rows.chunks(ROWS_AT_ONCE) {
        let places: Vec<String> =
            (0..rows.len()).map(|row| format!("({})", numbered(row * COLUMNS + 1, COLUMNS))).collect();
        let statement = format!("INSERT INTO {into} VALUES {}", places.join(", "));
        step.execute(AssertSqlSafe(statement), rows.as_flattened()).await?;
    }
    Ok(())
}

/// `$3, $4, $5`: the places of `count` values from the number `first` on.
pub(crate) fn numbered(first: usize, count: usize) -> String {
    (first..first + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}

/// A number as the columns hold it.
pub(crate) fn number(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(crate::database::unasked)
}

/// At most so many rows.
pub(crate) fn limit(rows: usize) -> Value<'static> {
    Value::Number(i64::try_from(rows).unwrap_or(i64::MAX))
}
