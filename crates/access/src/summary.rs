//! What the panel shows of a person before anybody opens them: who they are, and nothing about their health.
//!
//! It is kept as a [`crate::KeptItem`] by the consent of the source that it came from, so it goes when that is revoked.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Name under which the summary is kept, one for each source that a person shares.
pub const SUMMARY: &str = "person-summary";

/// Who a person is, as one source says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PersonSummary {
    /// Name as banners write it: `FAMILY, Given`. Empty where the source gives none.
    pub name: String,
    /// FHIR date, partial where the source knows no more.
    #[serde(default)]
    pub birth_date: Option<String>,
    /// FHIR administrative gender.
    #[serde(default)]
    pub sex: Option<String>,
}

impl PersonSummary {
    /// The summary as bytes, to be sealed at once.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(serde_json::to_vec(self).expect("texts are always JSON"))
    }

    /// The summary from unsealed bytes; `None` where they are something else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}
