//! The rule: written before the answer, or no answer.

use super::{Audit, AuditEvent, Outcome};
use crate::StoreError;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Unaudited<E> {
    /// It could not be done; the event says so.
    #[error("it could not be done")]
    Failed(#[source] E),
    /// The event could not be written, so what was read is not told.
    #[error("the audit event could not be written")]
    NotWritten(#[source] StoreError),
}

/// Reads, writes the event with what came of it, and only then gives the answer.
///
/// What was read is dropped where the event cannot be written. A failed read is an event too: it was tried.
///
/// # Errors
/// As the read, or where the event could not be written.
pub async fn audited<T, E>(
    audit: &dyn Audit,
    event: AuditEvent,
    read: impl Future<Output = Result<T, E>>,
) -> Result<T, Unaudited<E>> {
    let result = read.await;
    let event = if result.is_ok() { event } else { event.with(Outcome::Failed) };
    audit.write(&event).await.map_err(Unaudited::NotWritten)?;
    result.map_err(Unaudited::Failed)
}

/// Writes the event, then changes; a change that could not be done is one more event.
///
/// The other order would leave a change in a record that no log knows of. Where the second event cannot be written the
/// caller still hears that the change failed, which is what matters to the user.
///
/// # Errors
/// As the change, or where the first event could not be written: then nothing was begun.
pub async fn audited_change<T, E>(
    audit: &dyn Audit,
    event: AuditEvent,
    change: impl Future<Output = Result<T, E>>,
) -> Result<T, Unaudited<E>> {
    audit.write(&event).await.map_err(Unaudited::NotWritten)?;
    match change.await {
        Ok(done) => Ok(done),
        Err(error) => {
            // Its first event stands: the log says more than what was done, never less.
            let _ = audit.write(&event.with(Outcome::Failed)).await;
            Err(Unaudited::Failed(error))
        }
    }
}
