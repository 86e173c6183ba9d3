//! What the process is made of: configuration, ports with their adapters, and the rooms.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use access::rate::Limits;
use access::{
    Audit, AuditTrail, Clock, Consents, KeptItems, LaunchId, Launches, Persons, Randomness, Sessions, SignIns,
    StandingGrants, TenantId,
};
use app::desk::Assets;
use care_plan_service::neighbours::directory::Directory;
use care_plan_service::neighbours::terminology::{Cached, NoTerminology, Terminology, TerminologyServer};
use jiff::tz::TimeZone;
use outbound::{Policy, SystemResolver};
use smart::{Grants, PendingLaunches, Registry, Smart};
use storage::Store;
use write_back::Writer;

use crate::assets;
use crate::brands::Brands;
use crate::care_plans::{ByStores, Doors, Linked};
use crate::config::{Config, TenantConfig};
use crate::operators::CountedAudit;
use crate::plan_store::PlanStore;
use crate::questions::Questions;
use crate::random::Opaque;
use crate::reach::Reach;
use crate::rooms::Rooms;
use crate::sources;
use crate::store;
use crate::tickets::Tickets;

/// The licence for shared plans.
const CARE_PLANS: &str = "ehr.care_plans";
/// Keys whose use is counted at a time, for each action: about a megabyte at most.
const LIMITED_KEYS: usize = 10_000;

/// The running server.
pub struct Server {
    /// Configuration.
    pub config: Config,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids and cookies.
    pub opaque: Opaque,
    /// Sessions of browsers.
    pub sessions: Arc<dyn Sessions>,
    /// Who has signed in without a person.
    pub sign_ins: Arc<dyn SignIns>,
    /// Launches.
    pub launches: Arc<dyn Launches>,
    /// Launches on their way.
    pub pending: Arc<dyn PendingLaunches>,
    /// Grants, sealed at rest.
    pub grants: Arc<dyn Grants>,
    /// Who is who.
    pub persons: Arc<dyn Persons>,
    /// What persons allowed.
    pub consents: Arc<dyn Consents>,
    /// Grants that outlast a launch, each by a consent.
    pub standing: Arc<dyn StandingGrants>,
    /// What outlasts the launch that read it, by a consent.
    pub kept_items: Arc<dyn KeptItems>,
    /// Where events are written.
    pub audit: Arc<dyn Audit>,
    /// How many could not be written.
    pub audit_failures: Arc<AtomicU64>,
    /// Where they are read again.
    pub trail: Arc<dyn AuditTrail>,
    /// How often something may be done.
    pub limits: Arc<Limits>,
    /// The one way out.
    pub outbound: outbound::Client,
    /// What all launches share when they ask sources.
    pub reach: Reach,
    /// SMART client.
    pub smart: Arc<Smart>,
    /// How the patients of each source know it.
    pub brands: Brands,
    /// Registrations at the sources.
    pub registry: Registry,
    /// Writes edits where they belong.
    pub writer: Arc<Writer>,
    /// Who works where, where there is somebody to ask.
    pub directory: Option<Arc<dyn Directory>>,
    /// The one way to a shared plan.
    pub care_plans: care_plan_service::Service,
    /// By which whoever brings a token reaches it.
    pub doors: Option<Doors>,
    /// Open launches.
    pub rooms: Rooms,
    /// Answers to forms posted without script.
    pub tickets: Tickets,
    /// Sign-ins that wait for the answer whose Patient it is.
    pub questions: Questions,
    /// Names of the built files.
    pub assets: Assets,
    /// Where they lie.
    pub site: Site,
    /// The ports of the shared plan.
    pub plan_store: PlanStore,
    /// The database, for readiness and an orderly end.
    pub database: Store,
}

/// Where the built files of the browser lie.
#[derive(Debug, Clone)]
pub struct Site {
    /// Folder with everything a browser may ask for.
    pub root: PathBuf,
    /// Its subfolder with the files whose names change with their content.
    pub pkg: String,
}

impl Site {
    /// Reads `Leptos.toml` (or the file that ACCORD_LEPTOS_TOML names), with `LEPTOS_SITE_ROOT` above it.
    pub fn of_leptos() -> Result<Self, StartError> {
        let file = std::env::var("ACCORD_LEPTOS_TOML").unwrap_or_else(|_| "Leptos.toml".to_owned());
        let options = leptos::config::get_configuration(Some(&file))
            .map_err(|error| {
                StartError(format!(
                    "{file} cannot be read ({error}): start where it lies, or name it by ACCORD_LEPTOS_TOML"
                ))
            })?
            .leptos_options;
        Ok(Self { root: PathBuf::from(&*options.site_root), pkg: options.site_pkg_dir.to_string() })
    }
}

/// Why the process does not start, in a sentence that says what to mend.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct StartError(pub String);

impl StartError {
    pub(crate) fn of(error: impl std::error::Error) -> Self {
        let mut text = error.to_string();
        let mut cause = error.source();
        while let Some(inner) = cause {
            text = format!("{text}: {inner}");
            cause = inner.source();
        }
        Self(text)
    }
}

impl Server {
    /// Opens the database, reads keys and built files, and puts the adapters to their ports.
    pub async fn open(
        config: Config,
        site: Site,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Randomness>,
    ) -> Result<Arc<Self>, StartError> {
        app::pages::prepare();
        let assets = assets::read(&site.root, &site.pkg).map_err(StartError::of)?;
        let database = store::open(&config, &random).await?;
        store::bring_home(&config, &database).await?;
        let ports = database.ports();
        let plan_store = PlanStore::of(&ports);
        let outbound = outbound::Client::new(
            Policy { origins: sources::origins(&config), development: config.development },
            Arc::new(SystemResolver),
        )
        .map_err(StartError::of)?;
        let registry =
            Registry::new(sources::clients(&config, &random).map_err(StartError::of)?).map_err(StartError::of)?;
        let smart = Arc::new(Smart::new(outbound.clone(), clock.clone(), random.clone()));
        let writer = Arc::new(Writer::new(ports.intents, clock.clone()));
        let audit_failures = Arc::<AtomicU64>::default();
        let audit: Arc<dyn Audit> = Arc::new(CountedAudit::new(ports.audit, audit_failures.clone()));
        let care_plans = care_plan_service::Service::new(
            plan_store.documents.clone(),
            audit.clone(),
            clock.clone(),
            random.clone(),
            licences(&config),
        )
        .with_terminology(terminology(&config, &outbound, &clock));
        let (consents, standing) = (ports.consents.clone(), ports.standing_grants.clone());
        let ways = ByStores::new(&config, ports.persons.clone(), consents, standing, clock.clone());
        let linked = Arc::new(Linked::new(ports.persons.clone(), ports.whose.clone(), clock.clone()));
        let care_plans = care_plans.with_ways(Arc::new(ways)).with_standing(linked.clone());
        let limits = Arc::new(Limits::new(LIMITED_KEYS));
        let doors = Doors::open(&config, &care_plans, linked, &outbound, (&limits, &audit, &clock));
        let directory = crate::shared_plan::open_directory(&config, &outbound)?;
        Ok(Arc::new(Self {
            directory,
            care_plans,
            doors,
            plan_store,
            sessions: ports.sessions,
            sign_ins: ports.sign_ins,
            launches: ports.launches,
            pending: ports.pending_launches,
            grants: ports.grants,
            persons: ports.persons,
            consents: ports.consents,
            standing: ports.standing_grants,
            kept_items: ports.kept_items,
            audit,
            audit_failures,
            trail: ports.trail,
            limits,
            opaque: Opaque(random),
            rooms: Rooms::default(),
            tickets: Tickets::default(),
            questions: Questions::default(),
            brands: Brands::default(),
            reach: Reach::new(&config),
            config,
            clock,
            outbound,
            smart,
            registry,
            writer,
            assets,
            site,
            database,
        }))
    }
}

impl Server {
    /// Returns when every source of an open launch has been read or has failed; at once where no such launch is open.
    pub async fn settled(&self, launch: &str) {
        if let Some(id) = LaunchId::parse(launch) {
            self.rooms.settled(&id).await;
        }
    }

    /// The user of an open launch.
    pub fn viewer(&self, launch: &str) -> Option<access::Viewer> {
        Some(self.rooms.held(&LaunchId::parse(launch)?)?.launch.viewer.clone())
    }

    /// The plan of an open launch as it is now.
    pub fn plan(&self, launch: &str) -> Option<Arc<care_plan::ConsolidatedPlan>> {
        Some(self.rooms.held(&LaunchId::parse(launch)?)?.picture(self.clock.now()).plan)
    }
}

/// Who knows codes: the configured server, asked once a day for each code.
fn terminology(config: &Config, outbound: &outbound::Client, clock: &Arc<dyn Clock>) -> Arc<dyn Terminology> {
    match &config.terminology_url {
        Some(url) => Arc::new(Cached::new(TerminologyServer::new(outbound.clone(), url.clone()), clock.clone())),
        None => Arc::new(NoTerminology),
    }
}

/// What the care plan service knows of each tenant.
fn licences(config: &Config) -> BTreeMap<TenantId, care_plan_service::Tenant> {
    let tenant = |tenant: &TenantConfig| care_plan_service::Tenant {
        licensed: tenant.entitlements.iter().any(|licence| licence == CARE_PLANS),
        time_zone: TimeZone::get(&tenant.time_zone).unwrap_or(TimeZone::UTC),
    };
    config.tenants.iter().map(|known| (TenantId::new(known.id.as_str()), tenant(known))).collect()
}
