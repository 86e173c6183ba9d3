//! `accord serve`: listens until it is told to stop.

use std::net::SocketAddr;
use std::sync::Arc;

use crate::random::SystemRandomness;
use access::clock::SystemClock;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::{migrate, say};
use crate::config::Config;
use crate::events;
use crate::housekeeping;
use crate::state::{Server, Site};

/// Starts everything; returns when asked to stop and the running requests have ended.
pub async fn run(config: Config) -> Result<(), String> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info,sqlx=warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    // A developer's database is brought up to date by its first start; elsewhere an operator says when.
    if config.development && config.owner_url.is_some() {
        migrate::run(config.clone()).await?;
    }
    let (listen, admin, public) = (config.listen, config.admin_listen, config.public_url.clone());
    let site = Site::of_leptos().map_err(|error| error.to_string())?;
    let server = Server::open(config, site, Arc::new(SystemClock), Arc::new(SystemRandomness))
        .await
        .map_err(|error| error.to_string())?;
    let listener = bind(listen, "listen").await?;
    let operators = match admin {
        Some(address) => Some(bind(address, "admin_listen").await?),
        None => None,
    };
    tokio::spawn(housekeeping::keep(server.clone()));
    let stream = events::start(&server).await.map_err(|error| error.to_string())?;
    if let Some(operators) = operators {
        tokio::spawn(axum::serve(operators, crate::operators::router(server.clone(), stream)).into_future());
    }
    say(&format!("ready: {}", public.as_str().trim_end_matches('/')));
    let service = crate::router(server.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let ended = axum::serve(listener, service).with_graceful_shutdown(asked_to_stop());
    // Event streams never end by themselves, so the wait for running requests has its end.
    let served = async { ended.await.map_err(|error| error.to_string()) };
    let result = tokio::select! {
        result = served => result,
        () = async { asked_to_stop().await; tokio::time::sleep(GRACE).await } => Ok(()),
    };
    server.database.close().await;
    result
}

/// How long running requests may take after the process was asked to stop.
const GRACE: std::time::Duration = std::time::Duration::from_secs(5);

async fn bind(address: SocketAddr, key: &str) -> Result<TcpListener, String> {
    TcpListener::bind(address).await.map_err(|error| {
        format!("{key}: {address} cannot be used ({error}): stop what uses it, or choose another port")
    })
}

async fn asked_to_stop() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
