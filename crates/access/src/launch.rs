//! The launch: one person's record, opened by one user in one tab.

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::ids::{LaunchId, SessionHash, TenantId};
use crate::viewer::{UserKey, Viewer};

/// One person's record opened by one user in one tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Launch {
    /// Its id in every path.
    pub id: LaunchId,
    /// The session it belongs to.
    pub session: SessionHash,
    /// The tenant it belongs to.
    pub tenant: TenantId,
    /// The source that was launched from; its Patient is who this launch is about.
    pub source: String,
    /// `Patient` id at that source.
    pub patient: String,
    /// The user.
    pub viewer: Viewer,
    /// False where the EHR draws its own patient banner (`need_patient_banner`): ours is then compact, never absent.
    pub banner: bool,
    /// How it was opened, which decides by which way its person is reached.
    pub opened_by: OpenedBy,
    /// When it began.
    pub created: Timestamp,
}

/// How a launch was opened (DESIGN section 5, three ways to reach a source).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OpenedBy {
    /// Its own source let the user in, with this person.
    #[default]
    OwnGrant,
    /// The panel: by what the person shares with the care team, or by the tenant's own registration at a source.
    Panel,
}

/// Where launches are kept.
#[async_trait]
pub trait Launches: Send + Sync {
    /// Stores a new launch.
    async fn put(&self, launch: Launch) -> Result<(), StoreError>;
    /// Finds a launch that belongs to this session; a launch of another session is "not there".
    async fn lookup(&self, id: &LaunchId, session: SessionHash) -> Result<Option<Launch>, StoreError>;
    /// Lists the launches of a session, oldest first.
    async fn of_session(&self, session: SessionHash) -> Result<Vec<Launch>, StoreError>;
    /// Ends one launch of a session with its grants; false where the session has no such launch.
    async fn end(&self, id: &LaunchId, session: SessionHash) -> Result<bool, StoreError>;
    /// Ends the launches of a session that are not this user's, and tells which (smart-launch P6): whoever signs in at a
    /// shared workstation must not find the charts of the one before. A user who is not known is another one than any
    /// that is; two who are not known cannot be told apart, and their launches stay.
    async fn end_launches_of_other_users(
        &self,
        session: SessionHash,
        user: Option<&UserKey>,
    ) -> Result<Vec<LaunchId>, StoreError>;
}
