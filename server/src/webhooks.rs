//! Receivers of webhooks, each told from a queue of its own by a relay of its own: none of them waits for another, nor do
//! the broker and the open screens for any of them.

use std::sync::Arc;

use access::TenantId;
use care_plan_service::neighbours::webhook::{Receiver, Webhook};
use care_plan_service::relay::{Bell, Relay, RelaySettings};
use jiff::SignedDuration;

use crate::config::WebhookConfig;
use crate::state::{Server, StartError};

/// How a receiver is told: four events at a time, so that nobody is flooded after they were away.
fn settings() -> RelaySettings {
    RelaySettings { side_by_side: 4, look_again: SignedDuration::from_secs(2), ..RelaySettings::default() }
}

/// Begins to tell the receivers of the configuration. What waits for one that is configured no more is removed.
///
/// # Errors
/// The store could not be told who they are.
pub async fn start(server: &Arc<Server>) -> Result<(), StartError> {
    let webhooks = server.config.webhooks();
    for tenant in &server.config.tenants {
        let of_tenant = webhooks.iter().filter(|webhook| webhook.tenant == tenant.id);
        let ids: Vec<String> = of_tenant.map(|webhook| webhook.id.clone()).collect();
        let tenant = TenantId::new(tenant.id.as_str());
        server.plan_store.deliveries.appoint(&tenant, &ids).await.map_err(StartError::of)?;
    }
    for webhook in webhooks {
        let relay = relay(server, webhook)?;
        tokio::spawn(async move { relay.run(std::future::pending()).await });
    }
    Ok(())
}

/// The relay of one receiver.
fn relay(server: &Server, webhook: &WebhookConfig) -> Result<Relay, StartError> {
    let tenant = TenantId::new(webhook.tenant.as_str());
    let secrets = webhook
        .secrets(&server.config)
        .map_err(|why| StartError(format!("care_plan_service.webhooks.{}: {why}", webhook.id)))?;
    let queue = server.plan_store.deliveries.queue(&tenant, &webhook.id);
    let to = Receiver { tenant, url: webhook.url.clone(), secrets, events: webhook.events.clone() };
    let source = server.config.public_url.as_str().trim_end_matches('/');
    let publisher = Webhook::new(server.outbound.clone(), server.clock.clone(), source, to);
    Ok(Relay::new(queue, Arc::new(publisher), server.clock.clone(), Arc::new(Bell::default()), settings()))
}
