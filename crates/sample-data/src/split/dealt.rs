//! A split that knows nothing of who recorded what.

use serde_json::Value;

use super::{Holders, lay, local};
use crate::Server;

/// Deals a record out over so many servers, by a number that type and id give: a harder test than any real split, since
/// hardly two resources that belong together stay together.
pub fn dealt(record: &[Value], servers: usize, seed: u64) -> Vec<Server> {
    let mut holders = Holders::new();
    for resource in record {
        let own = local(resource);
        let at = spread(&format!("{}/{}", own.kind, own.id), seed) % servers.max(1) as u64;
        holders.insert(own, usize::try_from(at).unwrap_or_default());
    }
    lay(record, &holders, servers.max(1))
}

/// FNV-1a with a final mix: spread out, and the same on every machine.
fn spread(text: &str, seed: u64) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let hash = text.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash ^ (hash >> 31)
}
