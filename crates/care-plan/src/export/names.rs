//! What resources are called in the Bundle: two servers use the same ids freely, so every name is a whole address.

use std::collections::HashMap;

use fhir::{ResourceKey, SourceId};
use serde_json::{Value, json};

use crate::snapshot::Snapshot;

/// The addresses of all sources.
pub(super) struct Names<'s> {
    bases: HashMap<&'s SourceId, String>,
}

impl<'s> Names<'s> {
    pub(super) fn of(snapshot: &'s Snapshot) -> Self {
        let base = |source: &crate::snapshot::Source| match &source.base {
            Some(base) => base.trim_end_matches('/').to_owned(),
            // A name of its own for a source whose address is not known; `.invalid` leads nowhere (RFC 6761).
            None => format!("https://{}.invalid", source.id),
        };
        let sources = snapshot.records.iter().map(|record| &record.source);
        Self { bases: sources.map(|source| (&source.id, base(source))).collect() }
    }

    /// The address of a resource at its source.
    pub(super) fn url(&self, key: &ResourceKey) -> String {
        let base = self.bases.get(&key.source).map_or("https://unknown.invalid", String::as_str);
        format!("{base}/{}/{}", key.kind, key.id)
    }

    /// A reference to a resource.
    pub(super) fn reference(&self, key: &ResourceKey) -> Value {
        json!({ "reference": self.url(key), "type": key.kind })
    }
}

/// The name of a resource that we made: the same for the same parts, on every machine (RFC 9562, version 8).
pub(super) fn urn(parts: &[&str]) -> String {
    let half = |salt: &str| {
        let salted: Vec<&str> = std::iter::once(salt).chain(parts.iter().copied()).collect();
        let id = crate::consolidate::item_id::item_id('x', &salted);
        u64::from_str_radix(&id.0[1..], 16).unwrap_or_default()
    };
    let bits = (u128::from(half("high")) << 64) | u128::from(half("low"));
    let bits = (bits & !(0xf << 76) & !(0x3 << 62)) | (0x8 << 76) | (0x2 << 62);
    let hex = format!("{bits:032x}");
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

#[cfg(test)]
mod tests {
    use super::urn;

    #[test]
    fn a_name_that_we_make_is_a_uuid_and_the_same_each_time() {
        let name = urn(&["activity", "i1"]);
        assert_eq!(
            (name.len(), &name[..9], &name[23..24], urn(&["activity", "i1"])),
            (45, "urn:uuid:", "8", name.clone())
        );
        assert!(matches!(name.as_bytes()[28], b'8' | b'9' | b'a' | b'b'), "{name}");
        assert_ne!(urn(&["a", "b"]), urn(&["ab"]));
    }
}
