//! Linkage (R4 linkage.html): statements that resources are about the same thing.

use crate::lenient::{Many, Maybe};
use crate::reference::Reference;
use crate::types::views;

views! {
    /// `Linkage`.
    Linkage {
        /// `active`.
        active: Maybe<bool>,
        /// `author`.
        author: Maybe<Reference>,
        /// `item`.
        item: Many<LinkageItem>,
    }

    /// `Linkage.item`.
    LinkageItem {
        /// `type`.
        #[serde(rename = "type")]
        kind: Maybe<String>,
        /// `resource`.
        resource: Maybe<Reference>,
    }
}
