//! Events for others by HTTP: signed webhooks, by the scheme of Standard Webhooks 1.0.
//!
//! A receiver gets the same CloudEvent as from the broker, with `webhook-id`, `webhook-timestamp` and a
//! `webhook-signature` over both and the body. It answers with 2xx when it has the event; 410 says that it wants none any
//! more, which an operator has to hear of; anything else is tried again.

use std::sync::Arc;

use access::{Clock, Secret};
use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use http::{HeaderName, HeaderValue, StatusCode, header};
use outbound::{Client, Limits, Request};
use sha2::Sha256;
use shared_plan::{Event, EventKind};
use url::Url;

use crate::relay::{CloudEvent, PublishError, Publisher};

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
    pub tenant: access::TenantId,
    /// Its address; its origin has to be allowed for the one way out.
    pub url: Url,
    /// What both sides know.
    pub secret: Secret,
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
}

#[async_trait]
impl Publisher for Webhook {
    async fn publish(&self, event: &Event) -> Result<(), PublishError> {
        if !self.is_for(event) {
            return Ok(());
        }
        let body = serde_json::to_vec(&CloudEvent::new(event, &self.source))
            .map_err(|error| PublishError::Refused(error.to_string()))?;
        let (id, now) = (event.id.to_string(), self.clock.now().as_second().to_string());
        let signature = sign(self.to.secret.expose().as_bytes(), &id, &now, &body);
        let request = [("webhook-id", &id), ("webhook-timestamp", &now), ("webhook-signature", &signature)]
            .into_iter()
            .try_fold(Request::post(self.to.url.clone(), body), |request, (name, value)| {
                Some(request.header(HeaderName::from_static(name), HeaderValue::from_str(value).ok()?))
            })
            .ok_or_else(|| PublishError::Refused("a header could not be written".to_owned()))?
            .header(header::CONTENT_TYPE, HeaderValue::from_static("application/cloudevents+json"))
            .limits(Limits::DISCOVERY);
        let answer = self.client.send(request).await;
        judge(answer.map_err(|_| PublishError::Unavailable("the receiver was not reached".to_owned()))?.status)
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

/// `v1,` and the base64 of HMAC-SHA256 over id, time and body, each parted by a dot.
fn sign(secret: &[u8], id: &str, time: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key of any length will do");
    for part in [id.as_bytes(), b".", time.as_bytes(), b".", body] {
        mac.update(part);
    }
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use http::StatusCode;

    use super::{judge, sign};
    use crate::relay::PublishError;

    #[test]
    fn the_signature_covers_id_time_and_body() {
        let signature = sign(b"secret", "msg_1", "1700000000", b"{}");
        assert!(signature.starts_with("v1,"));
        for (id, time, body) in
            [("msg_2", "1700000000", "{}"), ("msg_1", "1700000001", "{}"), ("msg_1", "1700000000", "[]")]
        {
            assert_ne!(sign(b"secret", id, time, body.as_bytes()), signature);
        }
        assert_ne!(sign(b"other", "msg_1", "1700000000", b"{}"), signature);
    }

    #[test]
    fn only_what_is_wrong_with_the_event_itself_makes_a_dead_letter() {
        assert_eq!(judge(StatusCode::NO_CONTENT), Ok(()));
        for status in [400, 410, 413, 422] {
            let status = StatusCode::from_u16(status).expect("a status");
            assert!(matches!(judge(status), Err(PublishError::Refused(_))), "{status}");
        }
        for status in [301, 401, 403, 404, 408, 429, 500, 503] {
            let status = StatusCode::from_u16(status).expect("a status");
            assert!(matches!(judge(status), Err(PublishError::Unavailable(_))), "{status}");
        }
    }
}
