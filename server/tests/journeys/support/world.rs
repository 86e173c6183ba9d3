//! Sandbox EHRs and an Accord that knows them, on free ports of this machine.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use access::Clock;
use access::clock::SystemClock;
use jiff::{SignedDuration, Timestamp};
use sandbox::people::UserKind;
use sandbox::{AuthMethod, ClientConfig, EhrConfig, Running, Sandbox, SandboxConfig};
use server::{Server, Site, config};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

use super::browser::{Browser, Page};
use super::canaries::{Canaries, Found};
use super::shared::Shared;

/// The four EHRs of the demonstration: id, name, badge.
pub const EHRS: [(&str, &str, &str); 4] = [
    ("valley-ehr", "Valley Primary Care", "VP"),
    ("nephrology", "Nephrology Associates", "NA"),
    ("university", "University Hospital", "UH"),
    ("homehealth", "HomeHealth Plus", "HH"),
];

/// The machine's clock, put forward.
#[derive(Default)]
pub struct PutForward(AtomicI64);

impl PutForward {
    /// Puts it forward, so that nobody has to wait.
    pub fn by_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for PutForward {
    fn now(&self) -> Timestamp {
        SystemClock.now() + SignedDuration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

/// A running world; dropping it stops everything, and fails where a secret was answered, logged or stored.
pub struct World {
    pub sandbox: Running,
    pub accord: Url,
    pub server: Arc<Server>,
    pub clock: Arc<PutForward>,
    /// What it shares with others, where it does.
    pub shared: Option<Shared>,
    folder: TempDir,
    serving: JoinHandle<()>,
    canaries: Canaries,
}

impl Drop for World {
    fn drop(&mut self) {
        let found = self.search().complaints;
        // A test that fails already must not end the process by failing twice.
        assert!(found.is_empty() || std::thread::panicking(), "secrets where none may be:\n{}", found.join("\n"));
    }
}

impl World {
    /// The four EHRs with the sandbox's own people.
    pub async fn start() -> Self {
        Self::with(Self::ehrs()).await
    }

    /// The four EHRs.
    pub fn ehrs() -> Vec<EhrConfig> {
        EHRS.iter().map(|(id, name, _)| EhrConfig::new(*id, *name)).collect()
    }

    /// EHRs as given; each registers Accord, by turns with a key, a secret in the header and a secret in the body.
    pub async fn with(ehrs: Vec<EhrConfig>) -> Self {
        Self::altered(ehrs, |_| ()).await
    }

    /// The four EHRs, with the licence for shared plans.
    pub async fn licensed() -> Self {
        Self::licensed_and_altered(|_| ()).await
    }

    /// As [`World::licensed`], with a port of the server exchanged before it serves.
    pub async fn licensed_and_altered(alter: impl FnOnce(&mut Server)) -> Self {
        Self::of_tenant(Self::ehrs(), "entitlements = [\"ehr.care_plans\"]\n", alter).await
    }

    /// As [`World::altered`], with a second tenant, `hills`: a database is opened for the tenants that are configured.
    pub async fn of_two_tenants(alter: impl FnOnce(&mut Server)) -> Self {
        let hills = "[[tenants]]\nid = \"hills\"\nname = \"Hills\"\ntime_zone = \"America/Los_Angeles\"\n";
        Self::of_tenant(Self::ehrs(), hills, alter).await
    }

    /// As [`World::with`], with a port of the server exchanged before it serves.
    pub async fn altered(ehrs: Vec<EhrConfig>, alter: impl FnOnce(&mut Server)) -> Self {
        Self::of_tenant(ehrs, "", alter).await
    }

    /// As [`World::altered`], with more lines about the tenant.
    async fn of_tenant(ehrs: Vec<EhrConfig>, tenant: &str, alter: impl FnOnce(&mut Server)) -> Self {
        Self::set_up(ehrs, tenant, Shared::asked_for().await, alter).await
    }

    /// EHRs with the licence for shared plans, and more lines in the configuration; the id of an EHR in braces is its address.
    pub async fn with_lines(ehrs: Vec<EhrConfig>, lines: &str) -> Self {
        Self::of_tenant(ehrs, &format!("entitlements = [\"ehr.care_plans\"]\n{lines}"), |_| ()).await
    }

    /// As [`World::licensed`], on a database that others share.
    pub async fn sharing(shared: Shared) -> Self {
        Self::set_up(Self::ehrs(), "entitlements = [\"ehr.care_plans\"]\n", Some(shared), |_| ()).await
    }

    /// Starts one more process beside the first, with the same configuration.
    pub async fn second(&self) -> Arc<Server> {
        let config = config::read(&self.config_file(), std::iter::empty()).expect("a good configuration");
        let random = Arc::new(self.canaries.drawn.clone());
        let server = Server::open(config, site(&self.folder), self.clock.clone(), random).await.expect("it starts");
        let shared = self.shared.as_ref().expect("a database that others share");
        shared.front.add(server::router(server.clone()));
        server
    }

    async fn set_up(
        ehrs: Vec<EhrConfig>,
        tenant: &str,
        shared: Option<Shared>,
        alter: impl FnOnce(&mut Server),
    ) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let canaries = Canaries::listen(address.port());
        let accord = Url::parse(&format!("http://{address}/")).expect("an address");
        let ehrs = ehrs.into_iter().enumerate().map(|(index, ehr)| register(ehr, index, &accord)).collect();
        let sandbox = Sandbox::start(SandboxConfig { control_port: None, ehrs }).await.expect("the sandbox starts");
        canaries.meet(&sandbox);
        let file = folder.path().join("accord.toml");
        let keys = super::identity::key_set().to_string();
        std::fs::write(folder.path().join(super::identity::KEY_SET), keys).expect("a file");
        std::fs::write(
            &file,
            configuration(&sandbox, address, shared.as_ref().map_or("sqlite://accord.db", Shared::url), tenant),
        )
        .expect("a file");
        for ehr in sandbox.ehrs() {
            std::fs::write(folder.path().join(format!("{}.secret", ehr.id())), secret(ehr.id())).expect("a file");
        }
        let clock = Arc::new(PutForward::default());
        let config = config::read(&file, std::iter::empty()).expect("a good configuration");
        let mut server = Server::open(config, site(&folder), clock.clone(), Arc::new(canaries.drawn.clone()))
            .await
            .expect("Accord starts");
        alter(Arc::get_mut(&mut server).expect("nobody else has it yet"));
        let mut router = server::router(server.clone());
        if let Some(shared) = &shared {
            shared.front.add(router);
            router = shared.front.router();
        }
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let serving = tokio::spawn(async move { axum::serve(listener, service).await.expect("Accord serves") });
        Self { sandbox, accord, server, clock, shared, folder, serving, canaries }
    }

    /// Stops Accord and searches everything that it answered, logged and stored for the world's secrets; once, whoever
    /// asks first.
    pub fn search(&mut self) -> Found {
        self.serving.abort();
        if let Some(shared) = &self.shared {
            shared.dump_into(self.folder.path());
        }
        self.canaries.search(&self.sandbox, self.folder.path()).unwrap_or_default()
    }

    /// Opens a person's plan from an EHR, as its first clinician.
    pub async fn open(&self, browser: &Browser, ehr: &str, user: &str, patient: &str) -> Page {
        let launch =
            self.sandbox.ehr(ehr).launch("accord", user, patient).expect("the EHR knows client, user and person");
        browser.get(&launch).await
    }

    /// The configuration that Accord runs with.
    pub fn config_file(&self) -> PathBuf {
        self.folder.path().join("accord.toml")
    }

    /// Everything that Accord has written into its database, the part that is not yet in the main file included.
    pub fn database_bytes(&self) -> Vec<u8> {
        if let Some(shared) = &self.shared {
            return shared.dump();
        }
        let files = ["accord.db", "accord.db-wal", "accord.db-shm"];
        files.iter().filter_map(|name| std::fs::read(self.folder.path().join(name)).ok()).flatten().collect()
    }

    /// What has been read for the page's launch.
    pub fn snapshot(&self, page: &Page) -> Option<Arc<care_plan::Snapshot>> {
        let launch = page.launch();
        let id = access::LaunchId::parse(launch.trim_start_matches("/l/"))?;
        Some(self.server.rooms.held(&id)?.reading.snapshot())
    }

    /// Returns when every source of the page's launch has been read or has failed.
    pub async fn settled(&self, page: &Page) {
        self.server.settled(page.launch().trim_start_matches("/l/")).await;
    }

    /// Joins the record of another EHR to an open launch, as its first clinician, who says yes where it is asked whether
    /// it is the same person.
    pub async fn connect(&self, browser: &Browser, from: &Page, ehr: &str, user: &str, patient: &str) -> Page {
        let page = self.sign_in_for(browser, from, ehr, user, patient).await;
        if !page.url.path().contains("/confirm/") {
            return page;
        }
        browser.post(&page.url, &page.url, &[("answer", "yes"), ("checked", "yes")]).await
    }

    /// Signs in at another EHR for an open launch, and stops at whatever comes then.
    pub async fn sign_in_for(&self, browser: &Browser, from: &Page, ehr: &str, user: &str, patient: &str) -> Page {
        let sign_in = browser.get(&from.at(&format!("connect/{ehr}"))).await;
        sign_in_at_ehr(browser, sign_in, user, patient).await
    }
}

/// On the sign-in page of a simulated EHR: presses the user's button, then the person's, until the browser is back.
pub async fn sign_in_at_ehr(browser: &Browser, mut page: Page, user: &str, patient: &str) -> Page {
    for _ in 0..4 {
        let Some(form) = super::form::with_choice(&page, &[patient, user]) else { return page };
        let fields: Vec<(&str, &str)> =
            form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        page = browser.post(&page.url, &form.action, &fields).await;
    }
    page
}

fn register(ehr: EhrConfig, index: usize, accord: &Url) -> EhrConfig {
    let id = ehr.id.clone();
    let mut client = ClientConfig::public("accord", format!("{accord}callback/{id}"));
    client.launch_url = Some(accord.join("launch").expect("an address"));
    match index % 3 {
        0 => {
            client.auth = AuthMethod::PrivateKeyJwt;
            client.jwks_url = Some(accord.join(".well-known/jwks.json").expect("an address"));
            client.system_scopes = vec!["system/*.rs".to_owned()];
        }
        1 => {
            client.auth = AuthMethod::ClientSecretBasic;
            client.secret = Some(access::Secret::new(secret(&id)));
        }
        _ => {
            client.auth = AuthMethod::ClientSecretPost;
            client.secret = Some(access::Secret::new(secret(&id)));
        }
    }
    ehr.with_client(client)
}

fn configuration(sandbox: &Running, address: SocketAddr, database: &str, tenant: &str) -> String {
    let mut text = format!(
        "listen = \"{address}\"\npublic_url = \"http://{address}\"\ndatabase_url = \"{database}\"\ndevelopment = true\n\
         [keys]\nsealing_key_file = \"sealing.key\"\n{}[[tenants]]\nid = \"valley\"\nname = \"Valley\"\ntime_zone = \"America/Los_Angeles\"\ncoordinators = [{}]\n{tenant}",
        super::identity::section(sandbox.ehrs()[0].id()),
        coordinators(sandbox)
    );
    for ehr in sandbox.ehrs() {
        text = text.replace(&format!("{{{}}}", ehr.id()), ehr.origin());
    }
    for (index, ehr) in sandbox.ehrs().iter().enumerate() {
        let id = ehr.id();
        let tag = EHRS.iter().find(|(known, _, _)| *known == id).map_or("XX", |(_, _, tag)| tag);
        let auth = match index % 3 {
            0 => format!("{{ method = \"private_key_jwt\", key_file = \"{id}.pem\", alg = \"ES384\" }}"),
            1 => format!("{{ method = \"client_secret_basic\", secret_file = \"{id}.secret\" }}"),
            _ => format!("{{ method = \"client_secret_post\", secret_file = \"{id}.secret\" }}"),
        };
        text += &format!(
            "[[sources]]\nid = \"{id}\"\ntenant = \"valley\"\nname = \"{}\"\ntag = \"{tag}\"\nfhir_base = \"{}\"\nclient_id = \"accord\"\nauth = {auth}\nwrites = [\"Goal\"]\nscopes = [\"online_access\"]\n",
            ehr.name(),
            ehr.fhir_base()
        );
    }
    text
}

/// The coordinators of the built-in people, as a tenant lists them.
fn coordinators(sandbox: &Running) -> String {
    let of = |ehr: &str| {
        sandbox::people::users(ehr)
            .into_iter()
            .filter(|user| user.kind == UserKind::Coordinator)
            .map(move |user| user.fhir_user)
    };
    let known = EHRS.iter().map(|(ehr, _, _)| *ehr).filter(|ehr| sandbox.ehrs().iter().any(|there| there.id() == *ehr));
    known.flat_map(|ehr| of(ehr).map(move |user| format!("\"{ehr}/{user}\""))).collect::<Vec<_>>().join(", ")
}

/// Names of built files; the journeys have no script, so the files themselves are not asked for.
fn site(folder: &TempDir) -> Site {
    let root: PathBuf = folder.path().join("site");
    std::fs::create_dir_all(root.join("pkg")).expect("a folder");
    let names = r#"{ "css": "a.css", "js": "a.js", "wasm": "a.wasm", "start": "start.js" }"#;
    std::fs::write(root.join("pkg/assets.json"), names).expect("a file");
    Site { root, pkg: "pkg".into() }
}

/// Must be a secret of the EHR's own: one EHR must not be able to use another's.
pub fn secret(ehr: &str) -> String {
    format!("secret of {ehr} & <its> own")
}
