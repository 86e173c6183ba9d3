//! The sign-in without a person: who a coordinator or a member of staff is, with nobody's record open.
//!
//! It is less than a launch: it leads to the panel, and from there each person is opened as a launch of its own. It hangs
//! on the browser's session and ends with it; another user who signs in at the same browser ends it (smart-launch P6).

use async_trait::async_trait;
use jiff::Timestamp;

use crate::StoreError;
use crate::ids::{SessionHash, TenantId};
use crate::session::Session;
use crate::viewer::{UserKey, Viewer};

/// A user who has signed in without a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// The session it belongs to.
    pub session: SessionHash,
    /// The tenant whose user this is.
    pub tenant: TenantId,
    /// The source that says who the user is.
    pub source: String,
    /// The user.
    pub viewer: Viewer,
    /// When.
    pub created: Timestamp,
}

impl SignIn {
    /// True where the cookie that the browser sent stands for this sign-in: a cookie that was replaced before it gains
    /// nothing by it (see [`crate::session`]).
    pub fn is_of(&self, session: &Session) -> bool {
        self.session == session.hash && session.replaced.is_none_or(|replaced| self.created <= replaced)
    }
}

/// Where sign-ins are kept: at most one for each session and tenant, ended with the session.
#[async_trait]
pub trait SignIns: Send + Sync {
    /// Stores a sign-in, in the place of the one that this session has at this tenant.
    async fn put(&self, sign_in: &SignIn) -> Result<(), StoreError>;
    /// Lists the sign-ins of a session, newest first.
    async fn of_session(&self, session: SessionHash) -> Result<Vec<SignIn>, StoreError>;
    /// Ends the sign-ins of a session that are not this user's, and tells how many. A user who is not known is another
    /// one than any that is.
    async fn end_of_other_users(&self, session: SessionHash, user: Option<&UserKey>) -> Result<u64, StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;

    #[test]
    fn a_cookie_that_was_replaced_before_a_sign_in_gains_nothing_by_it() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        let hash = SessionHash([1; 32]);
        let sign_in = SignIn {
            session: hash,
            tenant: TenantId::new("valley"),
            source: "valley-ehr".to_owned(),
            viewer: Viewer { user: None, role: Role::Coordinator, name: None, fhir_user: None },
            created: at("2026-11-21T12:00:00Z"),
        };
        let session = Session::begin(hash, at("2026-11-21T11:00:00Z"));
        let former = |replaced| Session { replaced: Some(at(replaced)), ..session.clone() };
        assert!(sign_in.is_of(&session));
        assert!(sign_in.is_of(&former("2026-11-21T12:00:01Z")));
        assert!(!sign_in.is_of(&former("2026-11-21T11:59:59Z")));
        assert!(!sign_in.is_of(&Session { hash: SessionHash([2; 32]), ..session }));
    }
}
