//! Events for others by HTTP: signed webhooks, by the scheme of Standard Webhooks 1.0 (`docs/events.md`).
//!
//! - A receiver gets the same CloudEvent as from the broker, ids only, with `webhook-id`, `webhook-timestamp` and a
//!   `webhook-signature` over both and the body.
//! - It answers with 2xx when it has the event. What else it says is never read: not one byte of its body, and no redirect
//!   is followed.
//! - 400, 410, 413 and 422 say that this event will never be taken: after some tries it is a dead letter. Anything else,
//!   and no answer, is tried again for as long as it takes.
//! - At least once: who got an event twice knows it by its id.
//!
//! Each receiver has a queue of its own (`shared_plan::ports::Deliveries`) and a relay of its own over it, so one that is
//! slow or away holds up nobody.

mod signature;

use std::sync::Arc;
use std::time::Duration;

use access::{Clock, TenantId};
use async_trait::async_trait;
use http::{HeaderName, HeaderValue, StatusCode, header};
use outbound::{Client, Limits, OutboundError, Request};
use shared_plan::{Event, EventKind};
use url::Url;

use crate::relay::{CloudEvent, PublishError, Publisher};

pub use signature::{LEAST_BYTES, SigningSecret, WINDOW};

/// How long a receiver may take to say that it has an event. It should take note and do its work afterwards.
const PATIENCE: Duration = Duration::from_secs(10);

/// One receiver.
#[derive(Clone)]
pub struct Webhook {
    client: Client,
    clock: Arc<dyn Clock>,
    /// The public address of this Accord.
    source: String,
    to: Receiver,
}

/// Where events go.
#[derive(Debug, Clone)]
pub struct Receiver {
    /// The tenant whose events it gets.
    pub tenant: TenantId,
    /// Its address; its origin has to be allowed for the one way out.
    pub url: Url,
    /// What both sides know, each signs; several while one takes the place of another.
    pub secrets: Vec<SigningSecret>,
    /// The events it gets; empty for all.
    pub events: Vec<EventKind>,
}

impl Webhook {
    /// Sends to a receiver.
    pub fn new(client: Client, clock: Arc<dyn Clock>, source: impl Into<String>, to: Receiver) -> Self {
        Self { client, clock, source: source.into(), to }
    }

    fn is_for(&self, event: &Event) -> bool {
        event.tenant == self.to.tenant && (self.to.events.is_empty() || self.to.events.contains(&event.what))
    }

    fn request(&self, event: &Event) -> Result<Request, PublishError> {
        let body = serde_json::to_vec(&CloudEvent::new(event, &self.source))
            .map_err(|_| PublishError::Refused("it is no JSON".to_owned()))?;
        // The time of this try: a receiver takes nothing that is older than its window.
        let (id, now) = (event.id.to_string(), self.clock.now().as_second().to_string());
        let signatures: Vec<String> = self.to.secrets.iter().map(|secret| secret.sign(&id, &now, &body)).collect();
        let signatures = signatures.join(" ");
        let request = [("webhook-id", &id), ("webhook-timestamp", &now), ("webhook-signature", &signatures)]
            .into_iter()
            .try_fold(Request::post(self.to.url.clone(), body), |request, (name, value)| {
                Some(request.header(HeaderName::from_static(name), HeaderValue::from_str(value).ok()?))
            })
            .ok_or_else(|| PublishError::Refused("a header could not be written".to_owned()))?;
        let limits = Limits { first_byte: PATIENCE, whole: PATIENCE, ..Limits::DISCOVERY };
        Ok(request
            .header(header::CONTENT_TYPE, HeaderValue::from_static("application/cloudevents+json"))
            .limits(limits))
    }
}

#[async_trait]
impl Publisher for Webhook {
    async fn publish(&self, event: &Event) -> Result<(), PublishError> {
        if !self.is_for(event) {
            return Ok(());
        }
        match self.client.status(self.request(event)?).await {
            Ok(status) => judge(status),
            Err(error) => Err(PublishError::Unavailable(why(&error))),
        }
    }
}

/// What an answer means.
fn judge(status: StatusCode) -> Result<(), PublishError> {
    match status {
        status if status.is_success() => Ok(()),
        StatusCode::GONE => Err(PublishError::Refused("the receiver wants no more events (410)".to_owned())),
        // The receiver has read this event and says that it is wrong: it will be as wrong tomorrow.
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::PAYLOAD_TOO_LARGE => {
            Err(PublishError::Refused(format!("the receiver answers {}", status.as_u16())))
        }
        // A wrong secret, a moved address, an overload: nothing is wrong with the event.
        status => Err(PublishError::Unavailable(format!("the receiver answers {}", status.as_u16()))),
    }
}

/// Why there was no answer, without the address: it may be a secret of its own.
fn why(error: &OutboundError) -> String {
    match error {
        OutboundError::NotAllowed { .. } => "the receiver's address is not allowed".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use http::StatusCode;
    use outbound::OutboundError;

    use super::{judge, why};
    use crate::relay::PublishError;

    #[test]
    fn only_what_is_wrong_with_the_event_itself_makes_a_dead_letter() {
        assert_eq!(judge(StatusCode::NO_CONTENT), Ok(()));
        for status in [400, 410, 413, 422] {
            let status = StatusCode::from_u16(status).expect("a status");
            assert!(matches!(judge(status), Err(PublishError::Refused(_))), "{status}");
        }
        for status in [401, 403, 404, 408, 429, 500, 503] {
            let status = StatusCode::from_u16(status).expect("a status");
            assert!(matches!(judge(status), Err(PublishError::Unavailable(_))), "{status}");
        }
    }

    #[test]
    fn operators_read_why_a_receiver_has_nothing_and_no_address() {
        let redirected = OutboundError::Redirected { status: StatusCode::TEMPORARY_REDIRECT };
        assert_eq!(why(&redirected), "the answer is a redirect (307 Temporary Redirect)");
        assert_eq!(why(&OutboundError::UntrustedCertificate), "the certificate was not accepted");
        assert!(!why(&OutboundError::NotAllowed { origin: None }).contains("http"));
    }
}
