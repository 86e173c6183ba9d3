//! Three tenants, each with two simulated EHRs of its own, and one Accord that serves them all.

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use access::Clock;
use access::clock::SystemClock;
use axum::Router;
use jiff::{SignedDuration, Timestamp};
use sandbox::config::People;
use sandbox::{AuthMethod, ClientConfig, EhrConfig, Running, Sandbox, SandboxConfig, Surroundings};
use serde_json::json;
use server::{Server, Site, SystemRandomness, config};
use tempfile::TempDir;
use url::Url;

use super::browser::Browser;
use super::people::{Human, PEOPLE, Place, SOURCES, TENANTS, record};

/// Users of every EHR: the sandbox makes them up. Both may open everybody; a patient opens one record.
pub const USERS: [&str; 4] = ["sandbox-clinician", "sandbox-coordinator", "patient-p1", "patient-p2"];

/// The machine's clock, put forward; Accord and the EHRs share it.
#[derive(Default)]
pub struct PutForward(AtomicI64);

impl PutForward {
    pub fn by_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for PutForward {
    fn now(&self) -> Timestamp {
        SystemClock.now() + SignedDuration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

/// A running world; dropping it stops everything.
pub struct World {
    pub sandbox: Running,
    pub server: Arc<Server>,
    pub clock: Arc<PutForward>,
    pub accord: Url,
    pub router: Router,
    _folder: TempDir,
}

impl World {
    pub async fn start() -> Self {
        Self::altered(|_| ()).await
    }

    /// With a port of the server exchanged before it serves.
    pub async fn altered(alter: impl FnOnce(&mut Server)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(PutForward::default());
        // Requests reach the router in this process; nothing listens at this address.
        let accord = Url::parse("http://127.0.0.1:9/").expect("an address");
        let ehrs = (0..SOURCES).map(|place| ehr(Place(place), &accord, folder.path())).collect();
        let surroundings = Surroundings { clock: clock.clone(), ..Surroundings::default() };
        let sandbox = Sandbox::start_within(SandboxConfig { control_port: None, ehrs }, surroundings);
        let sandbox = sandbox.await.expect("the sandbox starts");
        let file = folder.path().join("accord.toml");
        std::fs::write(&file, configuration(&sandbox, &accord)).expect("a file");
        std::fs::write(folder.path().join("secret"), SECRET).expect("a file");
        let config = config::read(&file, std::iter::empty()).expect("a good configuration");
        let server = Server::open(config, site(folder.path()), clock.clone(), Arc::new(SystemRandomness));
        let mut server = server.await.expect("Accord starts");
        alter(Arc::get_mut(&mut server).expect("nobody else has it yet"));
        let router = server::router(server.clone());
        Self { sandbox, server, clock, accord, router, _folder: folder }
    }

    pub fn browser(&self) -> Browser {
        Browser::new(self.router.clone(), self.accord.clone())
    }

    /// An address of Accord.
    pub fn at(&self, path: &str) -> Url {
        self.accord.join(path).expect("an address")
    }

    /// Prepares a launch from an EHR; `None` where the user may not open the record.
    pub fn launch(&self, place: Place, user: &str, human: Human) -> Option<Url> {
        self.sandbox.ehr(&place.id()).launch("accord", user, &human.patient_at(place))
    }
}

const SECRET: &str = "secret & <of its> own";

fn ehr(place: Place, accord: &Url, folder: &Path) -> EhrConfig {
    let id = place.id();
    let tenant = place.tenant();
    let entries = (0..PEOPLE).flat_map(|number| record(Human { tenant, number }, place));
    let entries: Vec<_> = entries.map(|resource| json!({ "resource": resource })).collect();
    let records = folder.join(&id);
    std::fs::create_dir_all(&records).expect("a folder");
    let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": entries });
    std::fs::write(records.join("records.json"), bundle.to_string()).expect("a file");
    let mut client = ClientConfig::public("accord", format!("{accord}callback/{id}"));
    client.launch_url = Some(accord.join("launch").expect("an address"));
    client.auth = AuthMethod::ClientSecretBasic;
    client.secret = Some(access::Secret::new(SECRET.to_owned()));
    let mut ehr = EhrConfig::new(&id, &id).with_client(client);
    ehr.people = People::None;
    ehr.load = vec![records];
    ehr
}

fn configuration(sandbox: &Running, accord: &Url) -> String {
    let public = accord.as_str().trim_end_matches('/');
    let listen = public.trim_start_matches("http://");
    let mut text = format!(
        "listen = \"{listen}\"\npublic_url = \"{public}\"\ndatabase_url = \"sqlite://accord.db\"\ndevelopment = true\n\
         [keys]\nsealing_key_file = \"sealing.key\"\n\
         [[care_plan_service.issuers]]\nissuer = \"https://id.example\"\naudience = \"accord\"\njwks_url = \"http://127.0.0.1:9/keys\"\n\
         roles = {{ doctor = \"clinician\" }}\n"
    );
    for (number, tenant) in TENANTS.iter().enumerate() {
        let coordinators =
            [0, 1].map(|side| format!("\"{}/Practitioner/sandbox-coordinator\"", Place(number * 2 + side).id()));
        writeln!(
            text,
            "[[tenants]]\nid = \"{tenant}\"\nname = \"{tenant}\"\ntime_zone = \"America/Los_Angeles\"\nentitlements = [\"ehr.care_plans\"]\ncoordinators = [{}]",
            coordinators.join(", ")
        )
        .expect("memory takes everything");
    }
    for place in (0..SOURCES).map(Place) {
        let ehr = sandbox.ehr(&place.id());
        writeln!(
            text,
            "[[sources]]\nid = \"{0}\"\ntenant = \"{1}\"\nname = \"{0}\"\nfhir_base = \"{2}\"\nclient_id = \"accord\"\n\
             auth = {{ method = \"client_secret_basic\", secret_file = \"secret\" }}\nwrites = [\"Goal\"]\nscopes = [\"online_access\"]",
            ehr.id(),
            TENANTS[place.tenant()],
            ehr.fhir_base()
        )
        .expect("memory takes everything");
    }
    text
}

/// Names of built files; there is no script here, so the files themselves are not asked for.
fn site(folder: &Path) -> Site {
    let root = folder.join("site");
    std::fs::create_dir_all(root.join("pkg")).expect("a folder");
    let names = r#"{ "css": "a.css", "js": "a.js", "wasm": "a.wasm", "start": "start.js" }"#;
    std::fs::write(root.join("pkg/assets.json"), names).expect("a file");
    Site { root, pkg: "pkg".into() }
}
