//! A plain stand-in for the store.

use std::path::Path;
use std::sync::{Arc, RwLock};

use access::Clock;
use serde_json::Value;

use crate::records::{Records, Version};

/// Resources in memory.
#[derive(Default)]
pub struct Store(RwLock<Vec<Value>>);

impl Store {
    pub fn new(_: Arc<dyn Clock>) -> Self {
        Self::default()
    }
    pub fn load_bundle(&self, bundle: &Value) -> Result<(), std::io::Error> {
        let entries = bundle["entry"].as_array().into_iter().flatten();
        self.0.write().expect("held shortly").extend(entries.map(|entry| entry["resource"].clone()));
        Ok(())
    }
    pub fn load_dir(&self, _: &Path) -> Result<(), std::io::Error> {
        Ok(())
    }
}

impl Records for Store {
    fn kinds(&self) -> Vec<(String, usize)> {
        let mut kinds = std::collections::BTreeMap::new();
        for resource in &*self.0.read().expect("held shortly") {
            *kinds.entry(resource["resourceType"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
        }
        kinds.into_iter().collect()
    }
    fn list(&self, kind: &str) -> Vec<Value> {
        self.0.read().expect("held shortly").iter().filter(|r| r["resourceType"] == *kind).cloned().collect()
    }
    fn versions(&self, kind: &str, id: &str) -> Vec<Version> {
        let list = self.list(kind).into_iter().filter(|r| r["id"] == *id);
        list.map(|r| Version { number: "1".to_owned(), resource: Some(r) }).collect()
    }
}
