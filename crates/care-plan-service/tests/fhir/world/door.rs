//! Tokens that a test hands out.

use std::collections::BTreeMap;
use std::sync::Mutex;

use access::{PersonId, Role, TenantId, UserKey};
use async_trait::async_trait;
use care_plan_service::identity::{Admission, Admitted, Asking, NotAdmitted, RefusedToken, Scopes};
use care_plan_service::{Caller, People};
use shared_plan::Who;

/// Every read scope.
const ALL: &str = "user/*.rs";

/// Lets in whoever has a token: `everybody` of the tenant north and of the tenant south, and those of a test.
pub struct Door {
    tokens: Mutex<BTreeMap<String, Admitted>>,
    down: Mutex<bool>,
}

impl Default for Door {
    fn default() -> Self {
        let door = Self { tokens: Mutex::default(), down: Mutex::new(false) };
        door.give("everybody", caller("north", Role::Coordinator, None), ALL);
        door.give("south", caller("south", Role::Coordinator, None), ALL);
        door
    }
}

impl Door {
    pub fn give(&self, token: &str, caller: Caller, scopes: &str) {
        let admitted = Admitted { caller, scopes: Scopes::parse(scopes) };
        self.tokens.lock().unwrap().insert(format!("Bearer {token}"), admitted);
    }

    /// Nobody can be asked any more.
    pub fn go_down(&self) {
        *self.down.lock().unwrap() = true;
    }
}

#[async_trait]
impl Admission for Door {
    async fn admit(&self, asking: &Asking) -> Result<Admitted, NotAdmitted> {
        if *self.down.lock().unwrap() {
            return Err(NotAdmitted::NotAsked);
        }
        let tokens = self.tokens.lock().unwrap();
        let Some(text) = &asking.authorization else { return Err(NotAdmitted::NoToken) };
        let unknown = || NotAdmitted::Refused(RefusedToken { tenants: Vec::new(), why: "not known".into() });
        tokens.get(text).cloned().ok_or_else(unknown)
    }
}

/// A caller who reaches one person, or everybody.
pub fn caller(tenant: &str, role: Role, only: Option<PersonId>) -> Caller {
    let user = Some(UserKey { issuer: "https://id.example".into(), subject: format!("{role:?}") });
    Caller {
        tenant: TenantId::new(tenant),
        who: Who { user, role: Some(role), name: format!("{role:?}"), resource: None },
        role,
        people: only.map_or(People::ByWay, People::Only),
        launch: None,
        record: None,
        request: None,
    }
}
