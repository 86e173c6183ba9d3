//! Several simulated EHRs in one process: SMART authorization and FHIR R4, each on its own port.
//!
//! ```no_run
//! # async fn demo() -> Result<(), sandbox::StartError> {
//! use sandbox::{ClientConfig, EhrConfig, Sandbox, SandboxConfig};
//!
//! let client = ClientConfig::public("accord", "http://127.0.0.1:3000/callback/valley-ehr");
//! let ehr = EhrConfig::new("valley-ehr", "Valley Primary Care").with_client(client);
//! let running = Sandbox::start(SandboxConfig { control_port: None, ehrs: vec![ehr] }).await?;
//! let base = running.ehr("valley-ehr").fhir_base();
//! # Ok(()) }
//! ```

mod brands;
mod browse;
pub mod config;
mod control;
mod directory;
mod ehr;
pub mod faults;
pub mod fhir;
pub mod hostile;
mod latency;
mod launcher;
mod page;
pub mod people;
mod random;
mod sandbox;
mod serve;
mod smart;

pub use config::{
    AuthMethod, BrandConfig, ClientConfig, ConfigError, EhrConfig, IdentityClient, IdentityConfig, ListedBrands,
    People, SandboxConfig, Signing,
};
pub use ehr::RunningEhr;
pub use faults::{Fault, GoalRefusal};
pub use hostile::Hostility;
pub use latency::{Asked, Latency};
pub use random::{SeededRandom, SystemRandom};
pub use sandbox::{Running, Sandbox, StartError, Surroundings};
pub use smart::PASSWORD;
