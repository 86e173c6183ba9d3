//! Times as the tables keep them: microseconds since 1970-01-01 UTC.

use access::StoreError;
use jiff::Timestamp;

use crate::database::unasked;

pub(crate) fn to_column(time: Timestamp) -> i64 {
    time.as_microsecond()
}

pub(crate) fn from_column(microseconds: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(microseconds).map_err(unasked)
}
