//! The program, as an operator runs it, with a folder of its own.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use access::{Link, PatientAt, Proof, TenantId};
use server::SystemRandomness;
use storage::{Database, PostgresDatabase, Sealer, SealingKey, Store};

use crate::identity::{self, PATIENT};

/// Accord with a configuration. Dropped, it is killed and its folder removed.
pub struct Accord {
    folder: tempfile::TempDir,
    database: String,
    port: u16,
    admin_port: u16,
    child: Mutex<Option<Child>>,
}

impl Accord {
    /// Writes the configuration, with the broker where there is one. One person is known.
    pub async fn prepared(database: &str, broker: Option<&str>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (port, admin_port) = (free_port(), free_port());
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
        write("identity.jwks.json", &identity::key_set().to_string());
        write(
            "Leptos.toml",
            "[package.metadata.leptos]\noutput-name = \"accord\"\nsite-root = \"site\"\nsite-pkg-dir = \"pkg\"\n",
        );
        std::fs::create_dir_all(folder.path().join("site/pkg")).expect("a folder");
        write("site/pkg/assets.json", r#"{"css":"a.css","js":"a.js","wasm":"a.wasm","start":"s.js"}"#);
        write("accord.toml", &configuration(port, admin_port, database, broker));
        let accord = Self { folder, database: database.to_owned(), port, admin_port, child: Mutex::default() };
        let store = accord.store().await;
        let link = Link {
            at: PatientAt::new(PATIENT.0, PATIENT.1),
            how: Proof::Confirmed { question: "set-up".to_owned() },
            who: None,
            when: jiff::Timestamp::UNIX_EPOCH,
        };
        store.ports().persons.find_or_create(&TenantId::new("valley"), &link).await.expect("a person");
        store.close().await;
        accord
    }

    /// Its database, opened beside it.
    pub async fn store(&self) -> Store {
        let key = SealingKey::load_or_create(&self.file("sealing.key"), true, &SystemRandomness).expect("a key");
        let sealer = Sealer::new(key, Arc::new(SystemRandomness));
        if self.database.starts_with("postgres:") {
            let (url, tenants) = (self.database.clone(), vec![TenantId::new("valley")]);
            let runtime = tokio::runtime::Handle::current();
            let opened = move || runtime.block_on(PostgresDatabase::open(&url, sealer, tenants));
            return Store::Postgres(tokio::task::spawn_blocking(opened).await.expect("it ends").expect("a database"));
        }
        let url = format!("sqlite://{}", self.file("accord.db").display());
        Store::Sqlite(Database::open(&url, sealer).await.expect("a database"))
    }

    /// A file of the folder.
    pub fn file(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// Where users reach it.
    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Where operators reach it.
    pub fn admin_address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.admin_port)
    }

    /// Starts it and waits until it is ready. `blocks`: no file may grow beyond so many blocks of 512 bytes, as on a disk
    /// that is full.
    pub fn start(&self, blocks: Option<u64>) {
        let program = env!("CARGO_BIN_EXE_accord");
        let limit = blocks.map_or_else(String::new, |blocks| format!("trap '' XFSZ; ulimit -f {blocks}; "));
        let mut child = Command::new("sh")
            .args(["-c", &format!("{limit}exec \"$@\""), "sh", program, "serve", "--config"])
            .arg(self.file("accord.toml"))
            .current_dir(self.folder.path())
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let said = child.stderr.take().expect("it was asked for");
        // Read to the end, so that the program never waits for a reader.
        let told = std::thread::spawn(move || {
            BufReader::new(said).lines().map_while(Result::ok).fold(String::new(), |all, line| all + &line + "\n")
        });
        let lines = BufReader::new(child.stdout.take().expect("it was asked for")).lines();
        let ready = lines.map_while(Result::ok).any(|line| line.starts_with("ready: "));
        if !ready {
            let _ = child.kill();
            panic!("the program did not start: {}", told.join().unwrap_or_default());
        }
        *self.child.lock().unwrap_or_else(PoisonError::into_inner) = Some(child);
    }

    /// `kill -9`.
    pub fn kill(&self) {
        if let Some(mut child) = self.child.lock().unwrap_or_else(PoisonError::into_inner).take() {
            child.kill().expect("it runs");
            child.wait().expect("it ends");
        }
    }
}

impl Drop for Accord {
    fn drop(&mut self) {
        self.kill();
    }
}

fn configuration(port: u16, admin_port: u16, database: &str, broker: Option<&str>) -> String {
    let broker = broker.map_or_else(String::new, |url| format!("nats_url = \"{url}\""));
    let (source, _) = PATIENT;
    format!(
        r#"listen = "127.0.0.1:{port}"
admin_listen = "127.0.0.1:{admin_port}"
public_url = "http://127.0.0.1:{port}"
development = true
database_url = "{database}"
{broker}
[keys]
sealing_key_file = "sealing.key"
[[care_plan_service.issuers]]
issuer = "https://id.valley.example"
audience = "accord"
jwks_file = "identity.jwks.json"
patient_source = "{source}"
roles = {{ doctor = "clinician" }}
[[tenants]]
id = "valley"
name = "Valley Primary Care"
time_zone = "America/Los_Angeles"
entitlements = ["ehr.care_plans"]
[[sources]]
id = "{source}"
tenant = "valley"
name = "Valley Primary Care"
fhir_base = "http://127.0.0.1:9/fhir"
client_id = "accord"
auth = {{ method = "public" }}
"#
    )
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr()).expect("a port").port()
}

/// Blocks of 512 bytes that a file takes.
pub fn blocks(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |file| file.len().div_ceil(512))
}
