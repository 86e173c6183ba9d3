//! Who plays in the journeys of the shared plan.

use std::sync::Arc;

use access::{StoreError, TenantId};
use async_trait::async_trait;
use care_plan_service::Service;
use server::Server;
use shared_plan::Version;
use shared_plan::ports::{Commit, Committed, Document, Documents, Key, Once, PartKey, Selection, VersionHead};

use crate::support::browser::{Browser, Page};
use crate::support::form;
use crate::support::world::{World, sign_in_at_ehr};

const HOME: &str = "valley-ehr";
pub const COORDINATOR: &str = "okoro";
pub const DOCTOR: &str = "castellanos";
pub const PERSON: &str = "marisol";

/// Somebody with a browser and an open plan of Marisol.
pub struct Actor {
    pub browser: Browser,
    pub page: Page,
}

/// The Patient of one of the sandbox's people at Valley.
pub fn patient(number: usize) -> String {
    sandbox::people::whereabouts()[number].patient_id(HOME).expect("known at Valley").to_owned()
}

/// Opens Marisol's plan.
pub async fn actor(world: &World, user: &str) -> Actor {
    let browser = Browser::new();
    let page = if user == PERSON {
        let sign_in = browser.get(&world.accord.join("sign-in?at=valley-ehr").expect("an address")).await;
        sign_in_at_ehr(&browser, sign_in, user, "").await
    } else {
        world.open(&browser, HOME, user, &patient(0)).await
    };
    assert!(page.url.path().ends_with("/plan"), "{} {}", page.url, page.text);
    world.settled(&page).await;
    Actor { browser, page }
}

impl Actor {
    /// A page of the launch.
    pub async fn get(&self, place: &str) -> Page {
        self.browser.get(&self.page.at(place)).await
    }

    /// The only shared plan of the person.
    pub async fn plan(&self) -> Page {
        let list = self.get("shared-plan").await;
        let href = links(&list).find(|href| href.contains("/shared-plan/") && !href.ends_with("/new"));
        let href = href.unwrap_or_else(|| panic!("a plan: {}", list.text));
        self.browser.get(&list.url.join(href).expect("an address")).await
    }

    /// A page below a plan.
    pub async fn below(&self, plan: &Page, place: &str) -> Page {
        self.get(&format!("{}/{place}", self::place(plan))).await
    }

    /// The first goal of a plan.
    pub async fn first_goal(&self, plan: &Page) -> Page {
        let href = links(plan).find(|href| href.contains("/goals/") && !href.ends_with("/new")).expect("a goal");
        self.browser.get(&plan.url.join(href).expect("an address")).await
    }
}

fn links(page: &Page) -> impl Iterator<Item = &str> {
    page.text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next())
}

/// `shared-plan/…` of the plan that a page is of.
pub fn place(page: &Page) -> String {
    page.url.path().split('/').skip(3).take(2).collect::<Vec<_>>().join("/")
}

/// Sends the form whose action ends like this, with these fields typed.
pub async fn send(actor: &Actor, page: &Page, ending: &str, typed: &[(&str, &str)]) -> Page {
    let mut form = form::with_action(page, ending).unwrap_or_else(|| panic!("{ending}: {}", page.text));
    for (name, value) in typed {
        form.set(name, value);
    }
    actor.browser.post(&page.url, &form.action, &form.pairs()).await
}

/// The first field of a page whose name begins like this.
pub fn first_named(page: &Page, start: &str) -> String {
    let mut names = page.text.split("name=\"").skip(1).filter_map(|rest| rest.split('"').next());
    names.find(|name| name.starts_with(start)).unwrap_or_else(|| panic!("{start}: {}", page.text)).to_owned()
}

/// Starts a plan for the first concern, in the place of the first plan, with the first who cares for the person.
pub async fn start(actor: &Actor) -> Page {
    let new = actor.get("shared-plan/new").await;
    let first = |name: &str| {
        let field = format!("name=\"{name}\" value=\"");
        let value = new.text.split(&field).nth(1).and_then(|rest| rest.split('"').next());
        form::unescape(value.unwrap_or_else(|| panic!("{name} is offered: {}", new.text)))
    };
    let (concern, plan, member) = (first("concern"), first("plan"), first("team"));
    let typed = [
        ("title", "Diabetes and kidney, together"),
        ("category", "chronic disease"),
        ("concern", concern.as_str()),
        ("plan", plan.as_str()),
        ("team", member.as_str()),
    ];
    send(actor, &new, "/shared-plan/start", &typed).await
}

/// Adds a goal; with a value, on HbA1c.
pub async fn add_goal(actor: &Actor, plan: &Page, text: &str, value: &str) -> Page {
    let new = actor.below(plan, "goals/new").await;
    let mut typed = vec![("description", text)];
    if !value.is_empty() {
        typed.extend([("measured-0", "HbA1c"), ("value-0", value), ("unit-0", "%"), ("due-0", "2030-03-01")]);
    }
    send(actor, &new, "/write/add-goal", &typed).await
}

/// From now on the store of the shared plan cannot be asked.
pub fn broken_store(server: &mut Server) {
    let tenants = server.config.tenants.iter().map(|tenant| {
        let known = care_plan_service::Tenant { licensed: true, time_zone: jiff::tz::TimeZone::UTC };
        (TenantId::new(tenant.id.as_str()), known)
    });
    let random = server.opaque.0.clone();
    server.care_plans =
        Service::new(Arc::new(Broken), server.audit.clone(), server.clock.clone(), random, tenants.collect());
}

/// A store that cannot be asked.
pub struct Broken;

fn broken<T>() -> Result<T, StoreError> {
    Err(StoreError("the disk is gone".into()))
}

#[async_trait]
impl Documents for Broken {
    async fn lookup(&self, _: &Key) -> Result<Option<Document>, StoreError> {
        broken()
    }

    async fn version(&self, _: &Key, _: Version) -> Result<Option<Document>, StoreError> {
        broken()
    }

    async fn versions(&self, _: &Key, _: Option<Version>, _: usize) -> Result<Vec<VersionHead>, StoreError> {
        broken()
    }

    async fn holder_of(&self, _: &TenantId, _: &PartKey) -> Result<Option<Key>, StoreError> {
        broken()
    }

    async fn list(&self, _: &TenantId, _: &Selection, _: Option<&str>, _: usize) -> Result<Vec<Document>, StoreError> {
        broken()
    }

    async fn commit(&self, _: &Commit) -> Result<Committed, StoreError> {
        broken()
    }

    async fn used(&self, _: &TenantId, _: &Once) -> Result<Option<Committed>, StoreError> {
        broken()
    }
}
