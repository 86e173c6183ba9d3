//! What a client may ask of a resource type.

use std::fmt;

/// An interaction with one resource type (R4 http.html), as scopes and CapabilityStatements tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Interaction {
    /// `read`.
    Read,
    /// `vread`: one version.
    Vread,
    /// `history-instance`.
    History,
    /// `search-type`.
    Search,
    /// `create`.
    Create,
    /// `update`.
    Update,
    /// `patch`.
    Patch,
    /// `delete`.
    Delete,
}

impl Interaction {
    /// All of them, in the order of a CapabilityStatement.
    pub const ALL: [Self; 8] =
        [Self::Read, Self::Vread, Self::History, Self::Search, Self::Create, Self::Update, Self::Patch, Self::Delete];

    /// Its code in `CapabilityStatement.rest.resource.interaction`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Vread => "vread",
            Self::History => "history-instance",
            Self::Search => "search-type",
            Self::Create => "create",
            Self::Update => "update",
            Self::Patch => "patch",
            Self::Delete => "delete",
        }
    }
}

impl fmt::Display for Interaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
