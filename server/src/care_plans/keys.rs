//! Where the keys of the identity service lie.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use axum::http::StatusCode;
use care_plan_service::identity::{KeySource, KeysNotFetched};
use outbound::{Client, Limits, Request};
use url::Url;

use crate::config::{Config, IssuerConfig};

/// The source that the configuration names.
pub fn source(config: &Config, issuer: &IssuerConfig, outbound: &Client) -> Arc<dyn KeySource> {
    match (&issuer.jwks_url, &issuer.jwks_file) {
        (Some(url), _) => Arc::new(OverHttp { outbound: outbound.clone(), url: url.clone() }),
        (None, file) => Arc::new(InFile(config.path(file.as_deref().unwrap_or_else(|| "".as_ref())))),
    }
}

struct OverHttp {
    outbound: Client,
    url: Url,
}

#[async_trait]
impl KeySource for OverHttp {
    async fn fetch(&self) -> Result<Vec<u8>, KeysNotFetched> {
        let request = Request::get(self.url.clone()).limits(Limits::DISCOVERY);
        let answer = self.outbound.send(request).await.map_err(|error| KeysNotFetched(Box::new(error)))?;
        match answer.status {
            StatusCode::OK => Ok(answer.body.to_vec()),
            status => Err(KeysNotFetched(format!("it answers {status}").into())),
        }
    }
}

/// Read anew each time, so that keys are changed without a restart.
struct InFile(PathBuf);

#[async_trait]
impl KeySource for InFile {
    async fn fetch(&self) -> Result<Vec<u8>, KeysNotFetched> {
        tokio::fs::read(&self.0).await.map_err(|error| KeysNotFetched(Box::new(error)))
    }
}
