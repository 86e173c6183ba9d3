//! Configuration: one TOML file, any value also by `ACCORD__SECTION__KEY`, secrets by file.
//!
//! Read once at the start. Everything wrong with it is a sentence that says what to mend.

mod care_plan_service;
mod check;
mod database;
mod issuer;
mod quirk;
mod read;
mod sections;
mod webhooks;

pub use care_plan_service::CarePlanServiceConfig;
pub use check::faults;
pub use database::DatabaseUrl;
pub use issuer::{IssuerConfig, ProgramConfig};
pub use quirk::Quirk;
pub use read::{ConfigError, read};
pub use sections::{Auth, Config, Demo, Keys, Launches, SourceConfig, TenantConfig};
pub use webhooks::WebhookConfig;
