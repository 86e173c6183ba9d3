//! What is done every few minutes: what has outlived its time is deleted, and edits whose outcome is open are looked up.

use std::sync::Arc;
use std::time::Duration;

use access::audit::Verified;
use access::{StoreError, TenantId};
use fhir_client::FhirServer;

use crate::routes::give_back;
use crate::state::Server;
use crate::{person, rooms, sharing};

/// How often.
const EVERY: Duration = Duration::from_secs(180);
/// The audit log is looked over in every so many rounds, which is once a day.
const ROUNDS_A_DAY: u64 = 480;

/// Keeps house until the process ends. The first round is at the start: a write may have been cut off by the last end.
pub async fn keep(server: Arc<Server>) {
    let mut rounds = tokio::time::interval(EVERY);
    for round in 0_u64.. {
        rounds.tick().await;
        server.keep_house().await;
        if round.is_multiple_of(ROUNDS_A_DAY)
            && let Err(error) = look_over_the_audit_log(&server).await
        {
            tracing::error!(%error, "the audit log could not be looked over");
        }
    }
}

impl Server {
    /// One round of what is done every few minutes.
    pub async fn keep_house(self: &Arc<Self>) {
        let server = self;
        if let Err(error) = sharing::end_due(server).await {
            tracing::error!(%error, "what is shared no longer could not be ended");
        }
        // Before links are forgotten, by which it is known who was joined.
        if let Err(error) = person::gather_all(server).await {
            tracing::error!(%error, "what hung on persons who were joined could not come along");
        }
        if let Err(error) = server.database.purge(server.clock.now()).await {
            tracing::error!(%error, "what has outlived its time could not be deleted");
        }
        if let Err(error) = server.rooms.close_unshared(server).await {
            tracing::error!(%error, "it could not be seen whether open rooms are still shared");
        }
        if let Err(error) = person::look_over(server).await {
            tracing::error!(%error, "it could not be seen whether open rooms show their own person only");
        }
        match server.rooms.close_ended(server).await {
            Ok(ended) => give_back(server, server.questions.take_of(|id| ended.contains(id))).await,
            Err(error) => {
                tracing::error!(%error, "it could not be seen whether the sessions of open rooms have ended");
            }
        }
        give_back(server, server.questions.take_late(server.clock.now())).await;
        if let Err(error) = resume(server).await {
            tracing::error!(%error, "open edits could not be looked up");
        }
    }
}

/// Looks whether an audit event was changed, taken out or put in, and tells the mark of the last one: kept elsewhere, it
/// also shows that nothing was cut off at the end.
async fn look_over_the_audit_log(server: &Server) -> Result<(), StoreError> {
    for tenant in &server.config.tenants {
        match server.trail.verify(&TenantId::new(tenant.id.as_str())).await? {
            Verified::Whole { events, head } => {
                let head: String = head.iter().map(|byte| format!("{byte:02x}")).collect();
                tracing::info!(tenant = tenant.id, events, head, "the audit log is whole");
            }
            Verified::Broken { at } => tracing::error!(tenant = tenant.id, at, "the audit log was changed"),
        }
    }
    Ok(())
}

/// Finds out what became of edits that were never answered for, where their grant still allows to look.
async fn resume(server: &Arc<Server>) -> Result<(), StoreError> {
    for tenant in server.config.tenants.iter().map(|tenant| TenantId::new(tenant.id.as_str())) {
        for (id, intent) in server.writer.unfinished(&tenant).await? {
            let source = intent.edit.goal.source.as_str();
            let Some(grant) = server.grants.lookup(&tenant, &intent.launch, source).await? else { continue };
            let Some(fhir): Option<FhirServer> = rooms::fhir_server(server, &intent.launch, source, grant) else {
                continue;
            };
            let found = server.writer.resume(&tenant, &id, &intent, &fhir).await;
            tracing::info!(source, ?found, "an open edit was looked up");
        }
    }
    Ok(())
}
