//! Provenance (R4 provenance.html): where a resource comes from.

use crate::lenient::{Many, Maybe};
use crate::reference::Reference;
use crate::types::views;

views! {
    /// `Provenance`.
    Provenance {
        /// `target`.
        target: Many<Reference>,
        /// `entity`.
        entity: Many<ProvenanceEntity>,
    }

    /// `Provenance.entity`.
    ProvenanceEntity {
        /// `role`: derivation, revision, quotation, source or removal.
        role: Maybe<String>,
        /// `what`.
        what: Maybe<Reference>,
    }
}
