//! The answer: its body read as it comes, and the HTTP library's errors put into our words.

use std::error::Error;

use futures::StreamExt;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, TRANSFER_ENCODING};

use crate::body::{Body, Encoding};
use crate::resolver::PrivateAddress;
use crate::{Limits, OutboundError, Response};

/// Reads the body of an answer within its limits.
pub(crate) async fn read(head: reqwest::Response, limits: Limits) -> Result<Response, OutboundError> {
    let status = head.status();
    let mut headers = head.headers().clone();
    if head.content_length().is_some_and(|length| length > limits.body_bytes as u64) {
        return Err(OutboundError::TooLarge);
    }
    let mut body = Body::new(Encoding::of(&headers)?, limits);
    let mut stream = head.bytes_stream();
    while let Some(chunk) = stream.next().await {
        body.push(&chunk.map_err(|_| OutboundError::Truncated)?)?;
    }
    for name in [CONTENT_ENCODING, CONTENT_LENGTH, TRANSFER_ENCODING] {
        headers.remove(name);
    }
    Ok(Response { status, headers, body: body.finish()? })
}

/// Says in our words why there is no answer.
///
/// The HTTP library's error is not kept: it holds the whole address.
pub(crate) fn explain(error: &reqwest::Error) -> OutboundError {
    if error.is_builder() {
        return OutboundError::BadRequest;
    }
    let mut cause = error.source();
    while let Some(link) = cause {
        if link.is::<PrivateAddress>() {
            return OutboundError::PrivateAddress;
        }
        if is_certificate_refusal(link) {
            return OutboundError::UntrustedCertificate;
        }
        cause = link.source();
    }
    if error.is_connect() { OutboundError::Unreachable } else { OutboundError::Truncated }
}

/// Looks for the refusal, which comes wrapped into one I/O error or more.
fn is_certificate_refusal(error: &(dyn Error + 'static)) -> bool {
    match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
        Some(inner) => is_certificate_refusal(inner),
        None => matches!(error.downcast_ref(), Some(rustls::Error::InvalidCertificate(_))),
    }
}
