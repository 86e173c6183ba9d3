//! The public keys of a client: from the configuration, a file, or the client's own address.
//!
//! Fetched when an assertion is to be checked, and never kept: a sandbox sees few of them, and a client that changed its
//! keys shall be believed at once.

use std::time::Duration;

use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use jsonwebtoken::{DecodingKey, jwk::Jwk};
use serde_json::Value;
use url::Url;

use crate::config::ClientConfig;

/// A set of keys has no reason to be longer, in bytes.
const LONGEST_SET: usize = 256 * 1024;
/// The client is on this machine.
const PATIENCE: Duration = Duration::from_secs(3);

/// Finds the key of that id.
pub(super) async fn find(client: &ClientConfig, kid: &str) -> Option<DecodingKey> {
    let set = key_set(client).await?;
    let key = set.get("keys")?.as_array()?.iter().find(|key| key.get("kid").and_then(Value::as_str) == Some(kid))?;
    let key: Jwk = serde_json::from_value(key.clone()).ok()?;
    DecodingKey::from_jwk(&key).ok()
}

async fn key_set(client: &ClientConfig) -> Option<Value> {
    if let Some(set) = &client.jwks {
        return Some(set.clone());
    }
    if let Some(file) = &client.jwks_file {
        return serde_json::from_slice(&tokio::fs::read(file).await.ok()?).ok();
    }
    let url = client.jwks_url.as_ref()?;
    match tokio::time::timeout(PATIENCE, fetch(url)).await {
        Ok(Ok(body)) => serde_json::from_slice(&body).ok(),
        Ok(Err(error)) => {
            tracing::warn!(client = client.id, %error, "the keys of a client could not be fetched");
            None
        }
        Err(_) => {
            tracing::warn!(client = client.id, "the keys of a client did not come in time");
            None
        }
    }
}

/// One GET over plain HTTP to this machine; nothing else is ever asked (the configuration is checked for it).
async fn fetch(url: &Url) -> Result<Bytes, Box<dyn std::error::Error + Send + Sync>> {
    let host = url.host_str().unwrap_or_default();
    if !crate::config::is_local(host) {
        return Err("the jwks_url does not lead to this machine".into());
    }
    let ip =
        host.trim_start_matches('[').trim_end_matches(']').parse().unwrap_or(std::net::IpAddr::from([127, 0, 0, 1]));
    let stream = tokio::net::TcpStream::connect((ip, url.port_or_known_default().unwrap_or(80))).await?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let authority = &url[url::Position::BeforeHost..url::Position::AfterPort];
    let request = http::Request::get(&url[url::Position::BeforePath..url::Position::AfterQuery])
        .header(http::header::HOST, authority)
        .header(http::header::ACCEPT, "application/json")
        .body(Empty::<Bytes>::new())?;
    let response = sender.send_request(request).await?;
    if response.status() != http::StatusCode::OK {
        return Err(format!("the answer is {}", response.status()).into());
    }
    let body = Limited::new(response.into_body(), LONGEST_SET).collect().await?.to_bytes();
    connection.abort();
    Ok(body)
}
