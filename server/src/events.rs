//! What happened to shared plans is handed on, and what becomes late is found.
//!
//! Events go to NATS JetStream where the configuration names it, else to whoever listens in this process. Either way they
//! wait in the outbox until then, so the outbox looks the same with and without a broker.

use std::sync::Arc;
use std::time::Duration;

use access::TenantId;
use care_plan_service::relay::{
    Bell, Channel, Listener, Nats, NatsSettings, Publisher, Relay, RelaySettings, Together,
};
use care_plan_service::timed::Watch;
use jiff::tz::TimeZone;

use crate::shared_plan::{Follower, Screens};
use crate::state::{Server, StartError};
use crate::webhooks;

/// How often is looked for what is late. A day is the unit of everything that can be.
const LOOK: Duration = Duration::from_secs(60);
/// Events that a listener in this process may lag behind.
const CAPACITY: usize = 1_024;

/// How long the broker may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(2);

/// The broker, where there is one.
#[derive(Clone, Default)]
pub struct Stream(Option<Arc<Nats>>);

impl Stream {
    /// Whether the broker can be told of events now; `None` where there is none.
    pub async fn is_there(&self) -> Option<bool> {
        let nats = self.0.as_ref()?;
        Some(tokio::time::timeout(PATIENCE, nats.is_ready()).await.unwrap_or(false))
    }
}

/// Starts to hand on and to look, until the process ends.
///
/// # Errors
/// The broker's address cannot be one. A broker that is away is waited for.
pub async fn start(server: &Arc<Server>) -> Result<Stream, StartError> {
    let bell = Arc::new(Bell::default());
    let (publisher, stream) = publisher(server, &bell).await?;
    let outbox = server.plan_store.outbox.clone();
    let relay = Relay::new(outbox, publisher, server.clock.clone(), bell, RelaySettings::default());
    tokio::spawn(async move { relay.run(std::future::pending()).await });
    webhooks::start(server).await?;
    if server.config.database_url.is_postgres() {
        tokio::spawn(Follower::default().follow(server.clone()));
    }
    tokio::spawn(look(server.clone()));
    Ok(stream)
}

async fn publisher(server: &Arc<Server>, bell: &Arc<Bell>) -> Result<(Arc<dyn Publisher>, Stream), StartError> {
    let screens: Vec<Arc<dyn Listener>> = vec![Arc::new(Screens::of(server))];
    let screens = Arc::new(Channel::new(screens, CAPACITY));
    let Some(url) = &server.config.nats_url else { return Ok((screens, Stream::default())) };
    let source = server.config.public_url.as_str().trim_end_matches('/');
    let bell = bell.clone();
    let nats = Nats::connect(NatsSettings::new(url, source), move || bell.ring()).await;
    let nats = Arc::new(nats.map_err(|error| StartError(format!("nats_url: {error}")))?);
    // The broker first: what it does not take is told again, and a screen that is told twice reads twice.
    Ok((Arc::new(Together(vec![nats.clone(), screens])), Stream(Some(nats))))
}

async fn look(server: Arc<Server>) {
    let (timed, documents) = (server.plan_store.timed.clone(), server.plan_store.documents.clone());
    let random = Arc::new(crate::random::SystemRandomness);
    let watch = Watch::new(timed, documents, server.clock.clone(), random);
    let mut rounds = tokio::time::interval(LOOK);
    loop {
        rounds.tick().await;
        for tenant in &server.config.tenants {
            let zone = TimeZone::get(&tenant.time_zone).unwrap_or(TimeZone::UTC);
            match watch.look(&TenantId::new(tenant.id.as_str()), &zone).await {
                Ok(looked) if looked.told > 0 => tracing::info!(tenant = tenant.id, told = looked.told, "late things"),
                Ok(_) => {}
                Err(error) => tracing::error!(tenant = tenant.id, %error, "what is late could not be found"),
            }
        }
    }
}
