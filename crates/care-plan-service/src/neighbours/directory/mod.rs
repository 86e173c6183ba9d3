//! Who works where: the provider directory, asked when a member joins a team.

mod roles;
mod server;

use async_trait::async_trait;

pub use server::DirectoryServer;

/// A practitioner as the directory has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// `Practitioner` id in the directory.
    pub id: String,
    /// Their name.
    pub name: String,
    /// What they do, as their roles there say it.
    pub roles: Vec<String>,
    /// Where, as their roles there say it.
    pub organisation: Option<String>,
    /// National Provider Identifier.
    pub npi: Option<String>,
    /// False where the directory says that they no longer practise.
    pub active: bool,
}

/// The name of the directory as a source, in what a plan points at. No registered source may have it.
pub const DIRECTORY: &str = "provider-directory";

/// The directory could not be asked, or its answer says nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the provider directory could not be asked: {0}")]
pub struct Unasked(pub String);

/// Knows practitioners.
#[async_trait]
pub trait Directory: Send + Sync {
    /// Those whose name begins so, or who have this NPI; at most twenty, in the directory's order.
    ///
    /// # Errors
    /// The directory could not be asked: nobody is then known not to be in it.
    async fn find(&self, words: &str) -> Result<Vec<Provider>, Unasked>;
}
