//! What is done every few minutes: what has outlived its time is deleted, and edits whose outcome is open are looked up.

use std::sync::Arc;
use std::time::Duration;

use fhir_client::FhirServer;

use crate::{rooms, sharing};
use crate::state::Server;

/// How often.
const EVERY: Duration = Duration::from_secs(180);

/// Keeps house until the process ends. The first round is at the start: a write may have been cut off by the last end.
pub async fn keep(server: Arc<Server>) {
    let mut rounds = tokio::time::interval(EVERY);
    loop {
        rounds.tick().await;
        if let Err(error) = sharing::end_due(&server).await {
            tracing::error!(%error, "what is shared no longer could not be ended");
        }
        if let Err(error) = server.database.purge(server.clock.now()).await {
            tracing::error!(%error, "what has outlived its time could not be deleted");
        }
        if let Err(error) = server.rooms.close_unshared(&server).await {
            tracing::error!(%error, "it could not be seen whether open rooms are still shared");
        }
        if let Err(error) = resume(&server).await {
            tracing::error!(%error, "open edits could not be looked up");
        }
    }
}

/// Finds out what became of edits that were never answered for, where their grant still allows to look.
async fn resume(server: &Arc<Server>) -> Result<(), access::StoreError> {
    for (id, intent) in server.writer.unfinished().await? {
        let source = intent.edit.goal.source.as_str();
        let Some(grant) = server.grants.lookup(&intent.launch, source).await? else { continue };
        let Some(fhir): Option<FhirServer> = rooms::fhir_server(server, &intent.launch, source, grant) else {
            continue;
        };
        let found = server.writer.resume(&id, &intent, &fhir).await;
        tracing::info!(source, ?found, "an open edit was looked up");
    }
    Ok(())
}
