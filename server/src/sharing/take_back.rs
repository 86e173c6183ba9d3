//! A consent is taken back, or its time is over: nothing that came by it is left here or on a screen.

use std::sync::Arc;

use access::audit::Unaudited;
use access::{AuditEvent, Consent, Erasure, Revoked, StoreError, UserKey, audited_change};
use smart::Grant;

use crate::routes::give_back;
use crate::state::Server;

/// What came of taking back.
#[derive(Debug)]
pub enum TakenBack {
    /// It is over now.
    Now,
    /// It was over already.
    WasOver,
    /// It could not be written down, so nothing was done.
    NotWritten(StoreError),
    /// The store could not be asked.
    Failed(StoreError),
}

/// Erases what came by a consent, closes the rooms that showed it, and gives the grant back to its source.
pub async fn take_back(server: &Arc<Server>, consent: &Consent, by: Option<UserKey>, event: AuditEvent) -> TakenBack {
    let (server, consent) = (server.clone(), consent.clone());
    // In a task of its own: a browser that goes away leaves no room open.
    let ended = tokio::spawn(async move {
        let revoked = Revoked { by, when: server.clock.now() };
        let tenant = event.tenant.clone();
        let change = server.consents.revoke(&tenant, &consent.id, &revoked);
        match audited_change(server.audit.as_ref(), event, change).await {
            Ok(Some(erasure)) => {
                clear(&server, erasure).await;
                TakenBack::Now
            }
            Ok(None) => TakenBack::WasOver,
            Err(Unaudited::NotWritten(error)) => TakenBack::NotWritten(error),
            Err(Unaudited::Failed(error)) => TakenBack::Failed(error),
        }
    });
    ended.await.unwrap_or_else(|error| TakenBack::Failed(StoreError(Box::new(error))))
}

/// Ends what is over by its date, in every tenant.
pub async fn end_due(server: &Arc<Server>) -> Result<(), StoreError> {
    for erasure in server.consents.end_due(server.clock.now()).await? {
        tracing::info!(source = %erasure.source, "a consent has ended by its date");
        clear(server, erasure).await;
    }
    Ok(())
}

/// Ends elsewhere what the store has erased.
pub(super) async fn clear(server: &Arc<Server>, erasure: Erasure) {
    server.rooms.close_launches(&erasure.launches);
    let Some(content) = erasure.grant else { return };
    match Grant::from_bytes(&content) {
        // Whoever took it back is answered when the source knows, or is too slow; it is told in any case.
        Ok(grant) => give_back(server, vec![(erasure.source, grant)]).await,
        Err(error) => tracing::error!(source = %erasure.source, %error, "a standing grant could not be given back"),
    }
}
