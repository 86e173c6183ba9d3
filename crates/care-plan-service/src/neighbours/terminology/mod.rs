//! Codes: whether a code system has them, and what it calls them (FHIR terminology service, R4
//! `CodeSystem/$validate-code`, whose answer has the display too).
//!
//! Free text is always possible. A code that the code system does not have is refused, because it would be taken for
//! another one by whoever reads it; a code system that the server does not know is none of its business.

mod cached;
mod server;

use async_trait::async_trait;
use shared_plan::plan::Coding;

pub use cached::Cached;
pub use server::TerminologyServer;

/// What is known of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// The code system has it, and calls it so.
    Yes {
        /// What the system calls it, where the server says so.
        display: Option<String>,
    },
    /// The code system has it, and calls it something else than was said. A code that is retired is still one.
    OtherDisplay {
        /// What the system calls it.
        display: String,
    },
    /// The code system does not have it.
    No,
    /// The server does not know the code system.
    OtherSystem,
}

/// The terminology server could not be asked, or its answer says nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the terminology server could not be asked: {0}")]
pub struct Unknown(pub String);

/// Knows codes.
#[async_trait]
pub trait Terminology: Send + Sync {
    /// Says what is known of a code.
    ///
    /// # Errors
    /// The server could not be asked: the code is then neither right nor wrong.
    async fn known(&self, coding: &Coding) -> Result<Known, Unknown>;
}

/// No terminology server: every code stands as it was written.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoTerminology;

#[async_trait]
impl Terminology for NoTerminology {
    async fn known(&self, _: &Coding) -> Result<Known, Unknown> {
        Ok(Known::OtherSystem)
    }
}
