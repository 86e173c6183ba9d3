//! The command `sandbox`: starts the simulated EHRs of a configuration and says when they are ready.

mod arguments;

use std::process::ExitCode;

use sandbox::{Running, Sandbox};

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into()))
        .with_writer(std::io::stderr)
        .init();
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

async fn run() -> anyhow::Result<()> {
    let Some(config) = arguments::read(lexopt::Parser::from_env())? else {
        say(arguments::HELP);
        return Ok(());
    };
    let running = Sandbox::start(config).await?;
    announce(&running);
    stopped().await?;
    running.stop().await;
    Ok(())
}

/// One line for each EHR, and `ready:` last; scripts wait for it.
fn announce(running: &Running) {
    for ehr in running.ehrs() {
        for problem in ehr.load_problems() {
            say(&format!("{}: not taken in: {problem}", ehr.id()));
        }
        say(&format!("{}: {} ({} resources)", ehr.name(), ehr.fhir_base(), ehr.resource_count()));
    }
    let address = running.control().map_or(running.ehrs()[0].origin(), |url| url.as_str().trim_end_matches('/'));
    say(&format!("ready: {address}"));
}

/// Waits for Ctrl-C or for SIGTERM.
async fn stopped() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}

#[expect(clippy::print_stdout, reason = "a command speaks to its user")]
fn say(line: &str) {
    println!("{line}");
}
