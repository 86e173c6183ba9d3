//! Who was joined into whom, as a test says it.

use std::collections::BTreeMap;
use std::sync::Mutex;

use access::{PersonId, StoreError, TenantId};
use async_trait::async_trait;
use care_plan_service::service::Standing;

/// Everybody is who they are named, but for those whom a test has joined into others, and those who are nobody.
#[derive(Default)]
pub struct Joined {
    now: Mutex<BTreeMap<PersonId, Option<PersonId>>>,
    asked: Mutex<usize>,
}

impl Joined {
    pub fn is_now(&self, from: PersonId, to: PersonId) {
        self.now.lock().unwrap().insert(from, Some(to));
    }

    pub fn is_nobody(&self, person: PersonId) {
        self.now.lock().unwrap().insert(person, None);
    }

    /// How often it was asked since this was called last.
    pub fn asked(&self) -> usize {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

#[async_trait]
impl Standing for Joined {
    async fn now(&self, _: &TenantId, person: &PersonId) -> Result<Option<PersonId>, StoreError> {
        *self.asked.lock().unwrap() += 1;
        Ok(self.now.lock().unwrap().get(person).cloned().unwrap_or_else(|| Some(person.clone())))
    }
}
