//! All EHRs of a configuration, started together.

use std::sync::Arc;

use access::{Clock, Randomness, clock::SystemClock};
use url::Url;

use crate::{
    config::{ConfigError, SandboxConfig},
    control,
    ehr::RunningEhr,
    random::SystemRandom,
    serve::{Serving, bind},
};

/// Starts sandboxes.
#[derive(Debug)]
pub struct Sandbox;

/// Why a sandbox does not start. Each message says what to mend.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The configuration is not sound.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A port could not be had.
    #[error("EHR `{ehr}` cannot listen on {host}:{port}: {cause}. Stop what uses the port, or give another one.")]
    Listen {
        /// The EHR, or `control`.
        ehr: String,
        /// Its host.
        host: String,
        /// Its port.
        port: u16,
        /// What the system said.
        cause: std::io::Error,
    },
    /// Records could not be loaded.
    #[error("EHR `{ehr}` cannot load {what}: {cause}")]
    Load {
        /// The EHR.
        ehr: String,
        /// What was to be loaded.
        what: String,
        /// Why not.
        cause: String,
    },
}

/// What a sandbox is given from outside.
#[derive(Clone)]
pub struct Surroundings {
    /// Tells the time: dates of the people, ages of codes and tokens.
    pub clock: Arc<dyn Clock>,
    /// Gives keys, codes and tokens.
    pub random: Arc<dyn Randomness>,
}

impl Default for Surroundings {
    fn default() -> Self {
        Self { clock: Arc::new(SystemClock), random: Arc::new(SystemRandom) }
    }
}

impl Sandbox {
    /// Starts all EHRs with the machine's clock and randomness.
    pub async fn start(config: SandboxConfig) -> Result<Running, StartError> {
        Self::start_within(config, Surroundings::default()).await
    }

    /// Starts all EHRs with what is handed in. None is left running when one cannot start.
    pub async fn start_within(config: SandboxConfig, surroundings: Surroundings) -> Result<Running, StartError> {
        config.check()?;
        let mut ehrs = Vec::with_capacity(config.ehrs.len());
        for ehr in &config.ehrs {
            ehrs.push(RunningEhr::start(ehr, surroundings.clock.clone(), surroundings.random.clone()).await?);
        }
        for ehr in &ehrs {
            let others = ehrs.iter().filter(|other| other.id() != ehr.id());
            ehr.meet(others.map(RunningEhr::as_peer).collect(), ehrs.iter().map(RunningEhr::card).collect());
        }
        let ehrs: Arc<[RunningEhr]> = ehrs.into();
        let control = match config.control_port {
            Some(port) => Some(start_control(port, ehrs.clone()).await?),
            None => None,
        };
        Ok(Running { ehrs, control })
    }
}

/// A running sandbox; dropping it stops everything.
#[derive(Debug)]
pub struct Running {
    ehrs: Arc<[RunningEhr]>,
    control: Option<(Serving, Url)>,
}

impl Running {
    /// All EHRs in the order of the configuration.
    pub fn ehrs(&self) -> &[RunningEhr] {
        &self.ehrs
    }

    /// The EHR of that id.
    ///
    /// # Panics
    ///
    /// If the configuration has none; tests name EHRs they have configured.
    pub fn ehr(&self, id: &str) -> &RunningEhr {
        self.ehrs.iter().find(|ehr| ehr.id() == id).unwrap_or_else(|| panic!("no EHR is called {id}"))
    }

    /// Address of the control page, if there is one.
    pub fn control(&self) -> Option<&Url> {
        self.control.as_ref().map(|(_, url)| url)
    }

    /// Stops everything and returns when all ports are closed.
    pub async fn stop(self) {
        if let Some((serving, _)) = self.control {
            serving.stop().await;
        }
        for ehr in self.ehrs.iter() {
            ehr.stop().await;
        }
    }
}

async fn start_control(port: u16, ehrs: Arc<[RunningEhr]>) -> Result<(Serving, Url), StartError> {
    const HOST: &str = "127.0.0.1";
    let failed = |cause| StartError::Listen { ehr: "control".to_owned(), host: HOST.to_owned(), port, cause };
    let listener = bind(HOST, port).await.map_err(failed)?;
    let port = listener.local_addr().map_err(failed)?.port();
    let url = Url::parse(&format!("http://{HOST}:{port}/")).expect("a loopback address and a port");
    Ok((Serving::start(listener, control::router(ehrs)), url))
}
