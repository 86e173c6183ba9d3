//! How one simulated EHR differs from the next.

use fhir_server::Floor;

/// What a store demands and refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behaviour {
    /// Whether searches must carry what US Core lets a server demand.
    pub require: Floor,
    /// Types answered with 403, as an EHR does that holds them but does not share them.
    pub refuse_types: Vec<String>,
    /// Types answered with 404 `not-supported`, as an EHR does that does not know them.
    pub unsupported_types: Vec<String>,
    /// Types that are read and never written: the CapabilityStatement offers no write of them, and 405 is answered.
    pub read_only_types: Vec<String>,
    /// Whether `Patient/$match` is offered.
    pub patient_match: bool,
    /// Matches a page where the client names no `_count`.
    pub page_size_default: usize,
    /// Most matches a page, whatever the client asks for.
    pub page_size_max: usize,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            require: Floor::Open,
            refuse_types: Vec::new(),
            unsupported_types: Vec::new(),
            read_only_types: Vec::new(),
            patient_match: true,
            page_size_default: 50,
            page_size_max: 500,
        }
    }
}
