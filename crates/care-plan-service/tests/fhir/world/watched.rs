//! A store that notes what it was asked.

use std::sync::{Arc, Mutex};

use access::{StoreError, TenantId};
use async_trait::async_trait;
use shared_plan::Version;
use shared_plan::ports::{Commit, Committed, Document, Documents, Key, Once, PartKey, Selection, VersionHead};

/// A store that notes what it was asked, and can be away.
pub struct Watched {
    store: Arc<dyn Documents>,
    asked: Mutex<Vec<&'static str>>,
    away: Mutex<bool>,
    most_versions: Mutex<usize>,
}

impl Watched {
    pub fn new(store: Arc<dyn Documents>) -> Self {
        Self { store, asked: Mutex::default(), away: Mutex::new(false), most_versions: Mutex::new(0) }
    }

    /// What it was asked since this was called last.
    pub fn asked(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }

    /// How many versions it was asked for at once, at most.
    pub fn most_versions(&self) -> usize {
        *self.most_versions.lock().unwrap()
    }

    pub fn go_away(&self) {
        *self.away.lock().unwrap() = true;
    }

    fn note(&self, what: &'static str) -> Result<(), StoreError> {
        self.asked.lock().unwrap().push(what);
        if *self.away.lock().unwrap() { Err(StoreError("the store is away: secret words".into())) } else { Ok(()) }
    }
}

#[async_trait]
impl Documents for Watched {
    async fn lookup(&self, key: &Key) -> Result<Option<Document>, StoreError> {
        self.note("lookup")?;
        self.store.lookup(key).await
    }

    async fn version(&self, key: &Key, version: Version) -> Result<Option<Document>, StoreError> {
        self.note("version")?;
        self.store.version(key, version).await
    }

    async fn versions(&self, key: &Key, after: Option<Version>, limit: usize) -> Result<Vec<VersionHead>, StoreError> {
        self.note("versions")?;
        let most = self.most_versions().max(limit);
        *self.most_versions.lock().unwrap() = most;
        self.store.versions(key, after, limit).await
    }

    async fn holder_of(&self, tenant: &TenantId, part: &PartKey) -> Result<Option<Key>, StoreError> {
        self.note("holder_of")?;
        self.store.holder_of(tenant, part).await
    }

    async fn list(
        &self,
        tenant: &TenantId,
        selection: &Selection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Document>, StoreError> {
        self.note("list")?;
        self.store.list(tenant, selection, after, limit).await
    }

    async fn commit(&self, commit: &Commit) -> Result<Committed, StoreError> {
        self.note("commit")?;
        self.store.commit(commit).await
    }

    async fn used(&self, tenant: &TenantId, once: &Once) -> Result<Option<Committed>, StoreError> {
        self.note("used")?;
        self.store.used(tenant, once).await
    }
}
