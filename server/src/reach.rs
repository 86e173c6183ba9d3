//! What all launches share when they ask sources: what is known of each, how it does, and how much is asked at once
//! (smart-launch F3, F4, F13).

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use access::LaunchId;
use fhir::SourceId;
use fhir_client::{Gates, Health, Options, Remembered};
use tokio::sync::Semaphore;

use crate::config::{Config, SourceConfig};

/// Requests at once of one launch, over all its sources.
const OF_LAUNCH: usize = 64;
/// Requests at once to one source, of all launches: one that hangs takes no more than this of what there is for all.
const OF_SOURCE: usize = 64;
/// Requests at once of one tenant.
const OF_TENANT: usize = 128;
/// Requests at once of the process.
const OF_PROCESS: usize = 256;

/// What all launches share when they ask sources.
pub struct Reach {
    sources: BTreeMap<String, OfSource>,
    tenants: BTreeMap<String, Arc<Semaphore>>,
    process: Arc<Semaphore>,
    /// As long as somebody asks for a launch, its limit is here.
    launches: Mutex<HashMap<LaunchId, Weak<Semaphore>>>,
}

struct OfSource {
    health: Arc<Health>,
    remembered: Arc<Remembered>,
    at_once: Arc<Semaphore>,
}

impl Reach {
    /// Of the sources and tenants that are configured.
    pub fn new(config: &Config) -> Self {
        let of_source = || OfSource {
            health: Arc::default(),
            remembered: Arc::default(),
            at_once: Arc::new(Semaphore::new(OF_SOURCE)),
        };
        Self {
            sources: config.sources.iter().map(|source| (source.id.clone(), of_source())).collect(),
            tenants: config
                .tenants
                .iter()
                .map(|tenant| (tenant.id.clone(), Arc::new(Semaphore::new(OF_TENANT))))
                .collect(),
            process: Arc::new(Semaphore::new(OF_PROCESS)),
            launches: Mutex::default(),
        }
    }

    /// What a client of the source is made of, for a launch or for none.
    pub fn options(&self, source: &SourceConfig, outbound: &outbound::Client, launch: Option<&LaunchId>) -> Options {
        let id = SourceId::new(source.id.as_str());
        let options = Options::new(id, source.fhir_base.clone(), outbound.clone()).parallel(source.at_once());
        let mut gates = Gates::default();
        if let Some(launch) = launch {
            gates = gates.through(&self.of_launch(launch));
        }
        let Some(shared) = self.sources.get(&source.id) else { return options };
        gates = gates.through(&shared.at_once);
        if let Some(tenant) = self.tenants.get(&source.tenant) {
            gates = gates.through(tenant);
        }
        options
            .health(Arc::clone(&shared.health))
            .remembered(Arc::clone(&shared.remembered))
            .gates(gates.through(&self.process))
    }

    fn of_launch(&self, launch: &LaunchId) -> Arc<Semaphore> {
        let mut launches = self.launches.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = launches.get(launch).and_then(Weak::upgrade) {
            return known;
        }
        launches.retain(|_, limit| limit.strong_count() > 0);
        let limit = Arc::new(Semaphore::new(OF_LAUNCH));
        launches.insert(launch.clone(), Arc::downgrade(&limit));
        limit
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const CONFIG: &str = r#"
        listen = "127.0.0.1:0"
        public_url = "http://127.0.0.1:3000"
        database_url = "sqlite://accord.db"
        keys = { sealing_key_file = "k" }
        [[tenants]]
        id = "valley"
        name = "Valley"
        time_zone = "UTC"
        [[tenants]]
        id = "hill"
        name = "Hill"
        time_zone = "UTC"
        [[sources]]
        id = "a"
        tenant = "valley"
        name = "A"
        fhir_base = "https://a.example/fhir"
        client_id = "accord"
        auth = { method = "public" }
        quirks = ["epic"]
        [[sources]]
        id = "b"
        tenant = "hill"
        name = "B"
        fhir_base = "https://b.example/fhir"
        client_id = "accord"
        auth = { method = "public" }
    "#;

    #[test]
    fn f3_the_clients_of_a_launch_share_its_limit_and_those_of_a_tenant_theirs() {
        let config: Config = toml::from_str(CONFIG).unwrap();
        let reach = Reach::new(&config);
        let (one, other) = (LaunchId::from_random([1; 16]), LaunchId::from_random([2; 16]));
        let held = reach.of_launch(&one);
        assert!(Arc::ptr_eq(&held, &reach.of_launch(&one)) && !Arc::ptr_eq(&held, &reach.of_launch(&other)));
        assert!(!Arc::ptr_eq(&reach.tenants["valley"], &reach.tenants["hill"]));
        drop(held);
        reach.of_launch(&other);
        assert_eq!(reach.launches.lock().unwrap().len(), 1, "limits of launches that nobody asks for are forgotten");
        let policy = outbound::Policy { origins: Vec::new(), development: false };
        let out = outbound::Client::new(policy, Arc::new(outbound::SystemResolver)).unwrap();
        let options = |id: &str| reach.options(config.source(id).unwrap(), &out, None);
        assert_eq!((options("a").parallel, options("b").parallel), (8, 16), "a vendor's servers bear fewer");
        assert!(Arc::ptr_eq(&options("a").remembered, &options("a").remembered));
        assert!(!Arc::ptr_eq(&options("a").health, &options("b").health));
    }
}
