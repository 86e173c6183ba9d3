//! One simulated EHR: its address, its two servers, and its switch.

use std::net::SocketAddr;
use std::sync::Arc;

use access::{Clock, Randomness};
use axum::{Router, middleware};
use fhir_server::Floor;
use jiff::tz::TimeZone;
use tokio::sync::Mutex;
use url::Url;

use crate::{
    brands::{self, Brands, Card},
    browse,
    config::{EhrConfig, ListedBrands, People},
    directory::Directory,
    faults::{Fault, Switch, misbehave},
    fhir::{self, Behaviour, Guard, LoadReport, Store},
    hostile::{Hostility, Liar, Peer, lie},
    latency::{Asked, Gauge, Latency, delay},
    launcher, people,
    sandbox::StartError,
    serve::{Serving, bind},
    smart::{self, Authority, Bearers, Setting},
};

/// One EHR of a running sandbox. Dropping the sandbox stops it.
pub struct RunningEhr {
    id: String,
    name: String,
    address: SocketAddr,
    authority: Arc<Authority>,
    store: Arc<Store>,
    problems: Vec<String>,
    fault: Switch,
    gauge: Gauge,
    liar: Arc<Liar>,
    brands: Arc<Brands>,
    router: Router,
    serving: Mutex<Option<Serving>>,
}

impl std::fmt::Debug for RunningEhr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RunningEhr").field("id", &self.id).field("address", &self.address).finish_non_exhaustive()
    }
}

impl RunningEhr {
    /// Fills the store, binds the port and begins to answer.
    pub(crate) async fn start(
        config: &EhrConfig,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Randomness>,
    ) -> Result<Self, StartError> {
        let listener = bind(&config.host, config.port).await.map_err(|cause| StartError::Listen {
            ehr: config.id.clone(),
            host: config.host.clone(),
            port: config.port,
            cause,
        })?;
        let address = listener.local_addr().map_err(|cause| StartError::Listen {
            ehr: config.id.clone(),
            host: config.host.clone(),
            port: config.port,
            cause,
        })?;
        let (store, problems) = fill(config, &clock)?;
        let store = Arc::new(store);
        let users = if config.people == People::BuiltIn { people::users(&config.id) } else { Vec::new() };
        let origin = format!("http://{}:{}", config.host, address.port());
        let brands = Arc::new(Brands::new(config.brands, Card::of(config, &origin)));
        let setting = Setting {
            directory: Directory::new(users, store.clone()),
            clock,
            random,
            brands: (config.brands != ListedBrands::None)
                .then(|| (format!("{origin}{}", brands::PATH), brands.own().identifier())),
            origin,
        };
        let authority = Arc::new(Authority::new(config, setting));
        let fault = Switch::default();
        let gauge = Gauge::of(config.latency);
        let liar = Arc::new(Liar::new(authority.clone(), store.clone(), config.hostile));
        let base = Url::parse(&authority.fhir_base()).expect("made of a checked host and a port");
        let guard: Arc<dyn Guard> =
            if config.open { Arc::new(fhir::Open) } else { Arc::new(Bearers(authority.clone())) };
        let fhir = fhir::Surface::new(store.clone(), guard, base)
            .named(&config.name)
            .security(authority.oauth_uris())
            .router()
            .layer(middleware::from_fn_with_state(fault.clone(), misbehave))
            .layer(middleware::from_fn_with_state(gauge.clone(), delay));
        let router = Router::new()
            .nest_service("/fhir", fhir)
            .merge(smart::router(authority.clone()))
            .merge(launcher::router(authority.clone()))
            .merge(brands::router(brands.clone()))
            .merge(browse::router(&config.name, store.clone()))
            .layer(middleware::from_fn_with_state(liar.clone(), lie));
        let router = match &config.identity {
            Some(identity) => router.merge(smart::identity_service(identity.clone(), authority.clone())),
            None => router,
        };
        let serving = Serving::start(listener, router.clone());
        Ok(Self {
            id: config.id.clone(),
            name: config.name.clone(),
            address,
            authority,
            store,
            problems,
            fault,
            gauge,
            liar,
            brands,
            router,
            serving: Mutex::new(Some(serving)),
        })
    }

    /// Short name, as configured.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Name that people know, as configured.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The socket address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The origin: issuer of its id_tokens and address of its pages, without a slash at the end.
    pub fn origin(&self) -> &str {
        self.authority.issuer()
    }

    /// Base address of its FHIR server, without a slash at the end; `iss` of a launch.
    pub fn fhir_base(&self) -> Url {
        Url::parse(&self.authority.fhir_base()).expect("made of a checked host and a port")
    }

    /// Its records.
    pub fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// What could not be taken in at the start, a sentence each. None of it kept the rest out.
    pub fn load_problems(&self) -> &[String] {
        &self.problems
    }

    /// How many resources it holds now, all types together.
    pub fn resource_count(&self) -> usize {
        self.store.types().values().sum()
    }

    /// Prepares an EHR launch of a client and gives the address to send the browser to.
    ///
    /// `None` if the client, the user or the person is not here, or the user may not open the record.
    pub fn launch(&self, client: &str, user: &str, patient: &str) -> Option<Url> {
        self.authority.launch(client, user, patient)
    }

    /// Makes the FHIR server misbehave, or behave again.
    pub fn set_fault(&self, fault: Fault) {
        self.fault.set(fault);
    }

    /// How the FHIR server misbehaves at present.
    pub fn fault(&self) -> Fault {
        self.fault.get()
    }

    /// Says how long the FHIR server takes for an answer from now on.
    pub fn set_latency(&self, latency: Latency) {
        self.gauge.set(latency);
    }

    /// What the FHIR server was asked since the last call, the newest few thousand.
    pub fn take_asked(&self) -> Vec<Asked> {
        self.gauge.take()
    }

    /// Makes one step lie in one way, or all of them honest again.
    ///
    /// Unlike a [`Fault`], a hostility may concern discovery, sign-in and tokens.
    pub fn set_hostility(&self, hostility: Option<Hostility>) {
        self.liar.set(hostility);
    }

    /// The lie it tells at present.
    pub fn hostility(&self) -> Option<Hostility> {
        self.liar.get()
    }

    /// Codes, states, tokens, verifiers and client credentials that went over its wire, the newest few thousand.
    ///
    /// For tests that search for them where they must not be.
    pub fn secrets(&self) -> Vec<String> {
        self.liar.secrets()
    }

    /// What other EHRs need to know of this one to mix it up with themselves.
    pub(crate) fn as_peer(&self) -> Peer {
        let uris = self.authority.clients.iter().flat_map(|client| &client.redirect_uris);
        Peer { issuer: self.origin().to_owned(), callbacks: uris.filter_map(|uri| Url::parse(uri).ok()).collect() }
    }

    /// How its patients know it.
    pub(crate) fn card(&self) -> Card {
        self.brands.own().clone()
    }

    /// Introduces the other EHRs of the sandbox, and the brands of all.
    pub(crate) fn meet(&self, peers: Vec<Peer>, brands: Vec<Card>) {
        self.liar.meet(peers);
        self.brands.meet(brands);
    }

    /// Ends all access tokens at once and says how many; refresh tokens stay good.
    pub fn expire_tokens(&self) -> usize {
        self.authority.expire_tokens()
    }

    /// Ends every grant with its refresh tokens, as users do who withdraw at the EHR what they allowed; says how many.
    pub fn end_grants(&self) -> usize {
        self.authority.end_grants()
    }

    /// Closes the port and all connections, as if the machine were switched off. Records and tokens stay.
    pub async fn stop(&self) {
        if let Some(serving) = self.serving.lock().await.take() {
            serving.stop().await;
        }
    }

    /// Listens again on the same port after a stop; does nothing while it runs.
    pub async fn restart(&self) -> std::io::Result<()> {
        let mut serving = self.serving.lock().await;
        if serving.is_none() {
            let listener = tokio::net::TcpListener::bind(self.address).await?;
            *serving = Some(Serving::start(listener, self.router.clone()));
        }
        Ok(())
    }

    /// Whether it answers at present.
    pub async fn is_running(&self) -> bool {
        self.serving.lock().await.is_some()
    }
}

/// The store with everything the configuration puts into it, and what of it could not be taken in.
fn fill(config: &EhrConfig, clock: &Arc<dyn Clock>) -> Result<(Store, Vec<String>), StartError> {
    let failed = |what: String, cause: String| StartError::Load { ehr: config.id.clone(), what, cause };
    let behaviour = Behaviour {
        require: if config.strict_searches { Floor::Required } else { Floor::Open },
        refuse_types: config.refuse_types.clone(),
        unsupported_types: config.unsupported_types.clone(),
        read_only_types: config.read_only_types.clone(),
        patient_match: config.patient_match,
        ..Behaviour::default()
    };
    let ticking = clock.clone();
    let store = Store::new(Arc::new(move || ticking.now()), behaviour);
    let mut problems = Vec::new();
    let mut note = |report: LoadReport| problems.extend(report.problems.iter().map(ToString::to_string));
    if config.people == People::BuiltIn {
        let today = clock.now().to_zoned(TimeZone::UTC).date();
        for bundle in people::bundles(&config.id, today) {
            let report = store.load_bundle(&bundle);
            note(report.map_err(|error| failed("the built-in people".to_owned(), error.to_string()))?);
        }
    }
    for folder in &config.load {
        let report = store.load_dir(folder);
        note(report.map_err(|error| failed(folder.display().to_string(), error.to_string()))?);
    }
    Ok((store, problems))
}
