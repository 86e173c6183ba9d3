//! Loading: files in, the resources of a FHIR server out.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use sandbox::fhir::{Behaviour, Store};
use serde_json::Value;

/// When everything is loaded: the servers of the tests have one `lastUpdated`.
const LOADED: i64 = 1_795_000_000;

/// What a server holds after loading these folders and files in this order.
///
/// Transactions and collections are taken apart, ids given by the request or the `fullUrl` where a resource has none,
/// urn references rewritten, conditional ones resolved by identifier; of several contents with one id the last stands.
pub fn load(paths: &[&Path]) -> Vec<Value> {
    let store = store();
    for path in paths {
        if path.is_dir() {
            store.load_dir(path).expect("a folder of sample data");
        } else {
            store.load_bundle(&read(path)).expect("a Bundle or a resource");
        }
    }
    resources(&store)
}

/// An empty server.
pub(crate) fn store() -> Store {
    let now = Timestamp::from_second(LOADED).expect("a time of this century");
    Store::new(Arc::new(move || now), Behaviour::default())
}

/// All that a server holds, type by type.
pub(crate) fn resources(store: &Store) -> Vec<Value> {
    let of_kind = |kind: &String| store.list(kind);
    store.types().keys().flat_map(of_kind).map(|resource| Value::clone(&resource)).collect()
}

/// The JSON of a file.
pub(crate) fn read(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("a readable file");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
