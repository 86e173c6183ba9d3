//! Who did something.

use access::{Role, UserKey};
use serde::{Deserialize, Serialize};

/// Who made a change, as it is kept with the change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Who {
    /// Issuer and subject; `None` for the clock, and where a source gave no identity token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserKey>,
    /// In which role; `None` for the clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The name as people read it.
    pub name: String,
    /// Their own resource, such as `Practitioner/17`, with the source where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<crate::Foreign>,
}

impl Who {
    /// What is found by the passing of time alone.
    pub fn clock() -> Self {
        Self { user: None, role: None, name: "Accord".to_owned(), resource: None }
    }
}
