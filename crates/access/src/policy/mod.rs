//! Who may do what: one small policy, asked by every route and server function.
//!
//! It decides on what is known before anything is read: who the user is, whether the launch is theirs, by which way the
//! person is reached. It never widens what a source allows: a source's scopes are asked as well, by whoever reads or
//! writes there. Every `match` is exhaustive, so that a new operation or role does not compile without its rule.

mod operation;
mod rules;

pub use operation::Operation;
use rules::Needs;
use serde::{Deserialize, Serialize};

use crate::{Role, Viewer};

/// What is known about the request besides its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// True where this browser has an open session.
    pub session: bool,
    /// The launch that the path names.
    pub launch: LaunchOf,
    /// By which way the person's record is reached.
    pub way: Way,
}

/// Whose launch the path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LaunchOf {
    /// The path names none.
    Nobody,
    /// A launch of this browser's session, tenant and user.
    ThisSession,
    /// A launch of somebody else, one that has ended, or none that ever was.
    Another,
}

/// By which way a person's record is reached (DESIGN section 5, three ways to reach a source).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The user's own grant at the source: the source has let this user in.
    OwnGrant,
    /// The person's standing grant, shared with the care team by a consent that is in force.
    SharedGrant,
    /// The tenant's own registration at the source (Backend Services).
    Backend,
    /// They are treated here: a source of the tenant at which its clinicians work keeps their record, and the tenant's own
    /// identity service has named the user as one of these clinicians.
    Treatment,
    /// The operator's registration of a program for everybody of the tenant; nobody is behind it.
    Registration,
    /// None: the consent was never given, has ended or was revoked, and there is no other way.
    None,
}

/// What the policy says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It may be done.
    Allowed,
    /// It may not be done.
    Refused(Why),
}

/// Why something may not be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Nobody is signed in.
    NotSignedIn,
    /// The launch is not this browser's. Answered exactly as a launch that never was (smart-launch P2).
    NotThisLaunch,
    /// It is not for this role.
    RoleMayNot(Role),
    /// No consent in force leads to this person.
    NoConsent,
    /// The token that was brought does not allow it.
    NoScope,
    /// The tenant has not licensed it.
    NotLicensed,
}

impl Why {
    /// True where the answer must not differ from that for something that does not exist.
    pub fn is_hidden(self) -> bool {
        match self {
            Self::NotSignedIn | Self::NotThisLaunch => true,
            Self::RoleMayNot(_) | Self::NoConsent | Self::NoScope | Self::NotLicensed => false,
        }
    }

    /// The word for logs and audit events.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotSignedIn => "not-signed-in",
            Self::NotThisLaunch => "not-this-launch",
            Self::RoleMayNot(_) => "role-may-not",
            Self::NoConsent => "no-consent",
            Self::NoScope => "no-scope",
            Self::NotLicensed => "not-licensed",
        }
    }
}

/// Decides whether a user, or nobody, may do something.
///
/// What is hidden is decided first: a stranger learns from the refusal neither that a launch exists nor what a role may.
pub fn decide(viewer: Option<&Viewer>, operation: Operation, context: &Context) -> Decision {
    match refusal(viewer, operation, context) {
        Some(why) => Decision::Refused(why),
        None => Decision::Allowed,
    }
}

impl Operation {
    /// True where nobody has to be known: the policy asks neither for a session nor for a user.
    pub fn is_open(self) -> bool {
        rules::needs(self) == Needs::Nothing
    }

    /// True where the way to the person is found only by doing it, so that the policy is asked once more then.
    pub fn finds_its_way(self) -> bool {
        rules::needs(self) == Needs::Way
    }
}

fn refusal(viewer: Option<&Viewer>, operation: Operation, context: &Context) -> Option<Why> {
    let needs = rules::needs(operation);
    match needs {
        Needs::Nothing => return None,
        Needs::Session => return (!context.session).then_some(Why::NotSignedIn),
        Needs::User | Needs::Launch | Needs::Record | Needs::Way => {}
    }
    let Some(viewer) = viewer.filter(|_| context.session) else { return Some(Why::NotSignedIn) };
    let of_a_launch = matches!(needs, Needs::Launch | Needs::Record);
    let fits = match context.launch {
        LaunchOf::ThisSession => true,
        LaunchOf::Nobody => !of_a_launch,
        LaunchOf::Another => false,
    };
    if !fits {
        return Some(Why::NotThisLaunch);
    }
    if !rules::is_for(operation, viewer.role) {
        return Some(Why::RoleMayNot(viewer.role));
    }
    // What a human answers for by name, no program does.
    if context.way == Way::Registration && !rules::is_for_programs(operation) {
        return Some(Why::RoleMayNot(viewer.role));
    }
    let stands = match context.way {
        Way::OwnGrant | Way::Backend | Way::Registration => true,
        // A coordinator looks after those who share with the care team, wherever they are treated.
        Way::Treatment => match viewer.role {
            Role::Clinician => true,
            Role::Coordinator | Role::Patient | Role::Carer => false,
        },
        // A shared grant is shared with the care team, and a patient or carer is not it.
        Way::SharedGrant => match viewer.role {
            Role::Clinician | Role::Coordinator => true,
            Role::Patient | Role::Carer => false,
        },
        Way::None => false,
    };
    (matches!(needs, Needs::Record | Needs::Way) && !stands).then_some(Why::NoConsent)
}
