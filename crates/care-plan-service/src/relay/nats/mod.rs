//! NATS JetStream: the way on to other programs.
//!
//! - The connection is the operator's own broker, named in the configuration; it is no source, and nothing that came
//!   from one decides where it leads.
//! - `Nats-Msg-Id` is the event's id, and the stream keeps ids for an hour: what is published again within it is stored
//!   once. After that hour consumers see it again, and know it by its id.
//! - An event is handed on when the stream has acknowledged it, as new or as known.
//! - Accord starts without its broker: what happens meanwhile waits in the outbox.

mod stream;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_nats::connection::State;
use async_nats::jetstream::Context;
use async_nats::jetstream::context::{ContextBuilder, PublishErrorKind};
use async_nats::jetstream::message::PublishMessage;
use async_nats::{Client, ConnectOptions, Event as ConnectionEvent};
use async_trait::async_trait;
use shared_plan::Event;

use crate::relay::{CloudEvent, PublishError, Publisher, subject};

/// How events go to NATS.
#[derive(Clone)]
pub struct NatsSettings {
    /// Address of the servers, separated by commas; user and password, or a token, may stand in them.
    pub url: String,
    /// Name of the stream. One that is there keeps its settings; what is missing for us is added.
    pub stream: String,
    /// On how many servers a stream that we make is kept. 3 where there is a cluster.
    pub replicas: usize,
    /// For how long a stream that we make keeps events.
    pub keeps: Duration,
    /// How long an acknowledgement may take.
    pub patience: Duration,
    /// `source` of the events: the public address of this Accord.
    pub source: String,
}

impl NatsSettings {
    /// The usual settings: one replica, 30 days, 5 seconds.
    pub fn new(url: impl Into<String>, source: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            stream: "ACCORD_CARE_PLAN".into(),
            replicas: 1,
            keeps: Duration::from_secs(30 * 24 * 60 * 60),
            patience: Duration::from_secs(5),
            source: source.into(),
        }
    }
}

/// Why there is no connection, not even one to come. The address is not told: a password may stand in it.
#[derive(Debug, thiserror::Error)]
#[error("the address of NATS cannot be used: {0}")]
pub struct NatsError(&'static str);

/// Events to a JetStream stream.
pub struct Nats {
    client: Client,
    jetstream: Context,
    settings: NatsSettings,
    /// The stream was there, as we need it, when we last looked.
    prepared: AtomicBool,
}

impl Nats {
    /// Connects, now or as soon as a server answers; `connected` is called each time (ring the relay's bell).
    pub async fn connect(
        settings: NatsSettings,
        connected: impl Fn() + Clone + Send + Sync + 'static,
    ) -> Result<Self, NatsError> {
        let addresses = addresses(&settings)?;
        let client = ConnectOptions::new()
            .name("accord")
            .retry_on_initial_connect()
            .event_callback(move |event| {
                let connected = connected.clone();
                async move {
                    match event {
                        ConnectionEvent::Connected => {
                            tracing::info!("NATS is there");
                            connected();
                        }
                        ConnectionEvent::Disconnected => tracing::warn!("NATS is away: events wait in the outbox"),
                        other => tracing::debug!(event = %other, "NATS"),
                    }
                }
            })
            .connect(addresses)
            .await
            .map_err(|_| NatsError("no server of that name, or no certificates"))?;
        let jetstream = ContextBuilder::new().timeout(settings.patience).build(client.clone());
        Ok(Self { client, jetstream, settings, prepared: AtomicBool::new(false) })
    }
}

impl Nats {
    /// Looks at the broker and changes nothing: whether it has the stream already.
    ///
    /// # Errors
    /// A sentence that says what is wrong, without the address.
    pub async fn look(settings: &NatsSettings) -> Result<bool, &'static str> {
        let addresses = addresses(settings).map_err(|NatsError(why)| why)?;
        let options = ConnectOptions::new().name("accord check").connection_timeout(settings.patience);
        let connected = tokio::time::timeout(settings.patience, options.connect(addresses)).await;
        let client = connected.ok().and_then(Result::ok).ok_or("no server answers there, or it does not let us in")?;
        let jetstream = ContextBuilder::new().timeout(settings.patience).build(client);
        stream::is_there(&jetstream, settings).await.map_err(|_| "it has no JetStream, or not for us")
    }
}

fn addresses(settings: &NatsSettings) -> Result<Vec<async_nats::ServerAddr>, NatsError> {
    let addresses = settings.url.split(',').map(|address| address.trim().parse());
    addresses.collect::<Result<_, _>>().map_err(|_| NatsError("it is not nats://host:port or tls://host:port"))
}

#[async_trait]
impl Publisher for Nats {
    async fn is_ready(&self) -> bool {
        if self.client.connection_state() != State::Connected {
            return false;
        }
        if !self.prepared.load(Ordering::Relaxed) {
            if let Err(error) = stream::prepare(&self.jetstream, &self.settings).await {
                tracing::warn!(stream = self.settings.stream, %error, "the stream cannot be used");
                return false;
            }
            self.prepared.store(true, Ordering::Relaxed);
        }
        true
    }

    async fn publish(&self, event: &Event) -> Result<(), PublishError> {
        let body = serde_json::to_vec(&CloudEvent::new(event, &self.settings.source))
            .map_err(|_| PublishError::Refused("it is no JSON".into()))?;
        let message = PublishMessage::build()
            .payload(body.into())
            .message_id(event.id.to_string())
            .header("Content-Type", "application/cloudevents+json")
            .expected_stream(&self.settings.stream);
        let acknowledged =
            async { self.jetstream.send_publish(subject(&event.tenant, event.what), message).await?.await };
        let known = acknowledged.await.map_err(|error| self.what_it_means(error.kind()))?.duplicate;
        tracing::trace!(event = %event.id, known, "acknowledged");
        Ok(())
    }
}

impl Nats {
    /// Only what this message is can be refused for good; everything else is the broker's state and passes.
    fn what_it_means(&self, kind: PublishErrorKind) -> PublishError {
        match kind {
            PublishErrorKind::MaxPayloadExceeded => PublishError::Refused(kind.to_string()),
            other => {
                // The stream may be gone, or another: look before the next turn.
                self.prepared.store(false, Ordering::Relaxed);
                PublishError::Unavailable(other.to_string())
            }
        }
    }
}
