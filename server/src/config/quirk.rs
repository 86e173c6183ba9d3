//! Known ways of a source (smart-launch F11 and E4).

use aggregation::{Profile, Vendor};
use serde::Deserialize;

use super::SourceConfig;

/// A known way of a source: its vendor's, or its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Quirk {
    /// `refuses-frames`: its sign-in shows itself in no frame.
    RefusesFrames,
    /// A vendor, by the name that [`Vendor::ALL`] gives it: what its servers are asked follows its table.
    Vendor(Vendor),
}

/// The name of [`Quirk::RefusesFrames`].
const REFUSES_FRAMES: &str = "refuses-frames";

impl TryFrom<String> for Quirk {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let known = || {
            let vendors = Vendor::ALL.map(|(name, _)| name).join(", ");
            format!("\"{name}\" is no quirk; use {REFUSES_FRAMES}, or a vendor: {vendors}")
        };
        if name == REFUSES_FRAMES {
            return Ok(Self::RefusesFrames);
        }
        Vendor::lookup(&name).map(Self::Vendor).ok_or_else(known)
    }
}

impl SourceConfig {
    /// How the queries to the source differ from the usual.
    pub fn profile(&self) -> Profile {
        Profile::of(self.quirks.iter().filter_map(|quirk| match quirk {
            Quirk::Vendor(vendor) => Some(*vendor),
            Quirk::RefusesFrames => None,
        }))
    }

    /// Requests to the source at a time: as configured, and no more than its vendor's servers can bear.
    pub fn at_once(&self) -> usize {
        self.profile().parallel(self.parallel)
    }
}
