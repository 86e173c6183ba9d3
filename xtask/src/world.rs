//! Four simulated EHRs and an Accord that knows them, with their configuration in one folder.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::build::{self, Profile};
use crate::run;

/// An EHR of the sandbox: id, name, badge, how Accord authenticates there.
const EHRS: [(&str, &str, &str, Auth); 4] = [
    ("valley-ehr", "Valley Primary Care", "VP", Auth::Key("ES384")),
    ("nephrology", "Nephrology Associates", "NA", Auth::Secret("client_secret_basic")),
    ("university", "University Hospital", "UH", Auth::Secret("client_secret_post")),
    ("homehealth", "HomeHealth Plus", "HH", Auth::Key("ES384")),
];

/// The EHR that Accord also asks without a user, with what it is registered for there.
const BACKEND: (&str, &str) = ("homehealth", "system/*.rs");

/// The program that calls Accord with tokens of the first EHR's identity service: id, secret, scopes.
const PROGRAM: &str = "demo";
const SECRET: &str = "demonstration-only";
const SCOPES: &str = "system/*.cruds";

/// The care coordinators of the first EHR, as its identity tokens name them.
const COORDINATORS: [&str; 2] = ["Practitioner/20673447", "Practitioner/78644074"];

#[derive(Clone, Copy)]
enum Auth {
    Key(&'static str),
    Secret(&'static str),
}

/// Where a world stands: Accord on `port` and `port + 1`, the sandbox on `port + 1000` and the four after it.
pub struct Plan {
    /// Folder for configuration, keys and database; made anew.
    pub folder: PathBuf,
    /// Accord's port.
    pub port: u16,
    /// True puts each EHR under a name of its own (`valley-ehr.localhost`), so that it is another site than Accord.
    pub own_sites: bool,
    /// Which build to run.
    pub profile: Profile,
}

/// The running programs; they end with it.
pub struct World {
    /// Address of Accord.
    pub address: String,
    /// Address of the sandbox's control page.
    pub control: String,
    programs: Vec<Child>,
}

impl Plan {
    fn control_port(&self) -> u16 {
        self.port + 1000
    }

    fn ehr_address(&self, index: usize, id: &str) -> (String, u16) {
        let host = if self.own_sites { format!("{id}.localhost") } else { "127.0.0.1".to_owned() };
        (host, self.control_port() + 1 + u16::try_from(index).expect("four EHRs"))
    }

    /// Writes the configuration and starts everything; returns when all have said that they are ready.
    pub fn start(&self) -> Result<World> {
        for port in [self.port, self.port + 1].into_iter().chain(self.control_port()..self.control_port() + 5) {
            if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_err() {
                bail!("port {port} is in use: stop what uses it, or choose other ports by --port");
            }
        }
        let _ = fs::remove_dir_all(&self.folder);
        fs::create_dir_all(self.folder.join("keys"))?;
        fs::write(self.folder.join("sandbox.toml"), self.sandbox_toml())?;
        fs::write(self.folder.join("accord.toml"), self.accord_toml())?;
        for (id, _, _, auth) in EHRS {
            if let Auth::Secret(_) = auth {
                fs::write(self.folder.join(format!("keys/{id}.secret")), demo_secret(id))?;
            }
        }
        let mut world = World {
            address: format!("http://127.0.0.1:{}", self.port),
            control: format!("http://127.0.0.1:{}", self.control_port()),
            programs: Vec::new(),
        };
        let mut sandbox = Command::new(build::binary("sandbox", self.profile));
        world.launch("sandbox", sandbox.arg("--config").arg(self.folder.join("sandbox.toml")))?;
        let mut accord = Command::new(build::binary("accord", self.profile));
        accord
            .arg("serve")
            .arg("--config")
            .arg(self.folder.join("accord.toml"))
            .env("LEPTOS_SITE_ROOT", fs::canonicalize(build::site(self.profile))?);
        world.launch("accord", &mut accord)?;
        Ok(world)
    }

    fn sandbox_toml(&self) -> String {
        let accord = format!("http://127.0.0.1:{}", self.port);
        let mut text = format!("control_port = {}\n", self.control_port());
        for (index, (id, name, _, auth)) in EHRS.into_iter().enumerate() {
            let (host, port) = self.ehr_address(index, id);
            let signing = if index % 2 == 0 { "ES384" } else { "RS256" };
            let _ = write!(
                text,
                "\n[[ehrs]]\nid = \"{id}\"\nname = \"{name}\"\nhost = \"{host}\"\nport = {port}\npeople = \"built-in\"\nsigning = \"{signing}\"\n\
                 [[ehrs.clients]]\nid = \"accord\"\nredirect_uris = [\"{accord}/callback/{id}\"]\nlaunch_url = \"{accord}/launch\"\n"
            );
            let _ = match auth {
                Auth::Key(_) => {
                    writeln!(text, "auth = \"private_key_jwt\"\njwks_url = \"{accord}/.well-known/jwks.json\"")
                }
                Auth::Secret(method) => writeln!(text, "auth = \"{method}\"\nsecret = \"{}\"", demo_secret(id)),
            };
            if id == BACKEND.0 {
                let _ = writeln!(text, "system_scopes = [\"{}\"]", BACKEND.1);
            }
            if index == 0 {
                // The identity service of the tenant, for programs that call Accord (docs/care-plans-api.md).
                let _ = writeln!(
                    text,
                    "[ehrs.identity]\naudience = \"accord\"\ntenant = \"valley\"\n\
                     [[ehrs.identity.clients]]\nid = \"{PROGRAM}\"\nsecret = \"{SECRET}\"\nscopes = [\"{SCOPES}\"]"
                );
            }
        }
        text
    }

    fn accord_toml(&self) -> String {
        let (launcher_host, launcher_port) = self.ehr_address(0, EHRS[0].0);
        let mut text = format!(
            "listen = \"127.0.0.1:{0}\"\nadmin_listen = \"127.0.0.1:{1}\"\npublic_url = \"http://127.0.0.1:{0}\"\ndatabase_url = \"sqlite://accord.db\"\n\
             development = true\n\n[keys]\nsealing_key_file = \"keys/sealing.key\"\n\n\
             [demo]\nlauncher = \"http://{launcher_host}:{launcher_port}/launcher\"\nsource = \"{2}\"\n\n\
             [[tenants]]\nid = \"valley\"\nname = \"Valley Primary Care\"\ntime_zone = \"America/Los_Angeles\"\nlocale = \"en-US\"\n\
             entitlements = [\"ehr.care_plans\"]\ncoordinators = [{3}]\nframe_ancestors = [\"http://{launcher_host}:{launcher_port}\"]\n",
            self.port,
            self.port + 1,
            EHRS[0].0,
            COORDINATORS.map(|user| format!("\"{}/{user}\"", EHRS[0].0)).join(", ")
        );
        let identity = format!("http://{launcher_host}:{launcher_port}/identity");
        let _ = write!(
            text,
            "\n[[care_plan_service.issuers]]\nissuer = \"{identity}\"\naudience = \"accord\"\ntenant = \"valley\"\n\
             jwks_url = \"{identity}/jwks\"\ntoken_url = \"{identity}/token\"\npatient_source = \"{}\"\n\
             roles = {{ clinician = \"clinician\", coordinator = \"coordinator\", patient = \"patient\" }}\n\
             programs = [{{ id = \"{PROGRAM}\", role = \"coordinator\", scopes = [\"{SCOPES}\"] }}]\n",
            EHRS[0].0
        );
        for (index, (id, name, tag, auth)) in EHRS.into_iter().enumerate() {
            let (host, port) = self.ehr_address(index, id);
            let auth = match auth {
                Auth::Key(alg) => {
                    format!("{{ method = \"private_key_jwt\", key_file = \"keys/{id}.pem\", alg = \"{alg}\" }}")
                }
                Auth::Secret(method) => format!("{{ method = \"{method}\", secret_file = \"keys/{id}.secret\" }}"),
            };
            let launches = match index {
                0 => "[\"ehr\", \"standalone\"]",
                _ if id == BACKEND.0 => "[\"standalone\", \"backend\"]",
                _ => "[\"standalone\"]",
            };
            let _ = write!(
                text,
                "\n[[sources]]\nid = \"{id}\"\ntenant = \"valley\"\nname = \"{name}\"\ntag = \"{tag}\"\nfhir_base = \"http://{host}:{port}/fhir\"\n\
                 launches = {launches}\nclient_id = \"accord\"\nauth = {auth}\nwrites = [\"Goal\"]\n"
            );
        }
        text
    }
}

impl World {
    /// Starts a program and waits for its line `ready: …`; its other lines go on to the screen.
    fn launch(&mut self, name: &str, command: &mut Command) -> Result<()> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{name} could not be started"))?;
        let lines = BufReader::new(child.stdout.take().context("stdout is piped")?);
        self.programs.push(child);
        let mut lines = lines.lines();
        for line in lines.by_ref() {
            let line = line?;
            if line.starts_with("ready:") {
                run::say(&format!("{name} is ready"));
                std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| eprintln!("{line}")));
                return Ok(());
            }
            eprintln!("{name}: {line}");
        }
        bail!("{name} ended before it was ready; what it said stands above")
    }

    /// Waits until one of the programs ends.
    pub fn wait(mut self) -> Result<()> {
        let accord = self.programs.last_mut().context("accord was started")?;
        let status = accord.wait()?;
        bail!("accord ended with {status}")
    }
}

impl Drop for World {
    fn drop(&mut self) {
        for program in &mut self.programs {
            let _ = program.kill();
            let _ = program.wait();
        }
    }
}

/// A secret for the simulated EHRs on this machine; it guards invented people only.
fn demo_secret(ehr: &str) -> String {
    format!("{ehr}-demonstration-only")
}

/// The folder of sample records, if this machine has one.
pub fn sample_data() -> Option<PathBuf> {
    let named = std::env::var_os("ACCORD_SAMPLE_DATA").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| Path::new("../shared/data").to_owned());
    fs::canonicalize(folder).ok().filter(|folder| folder.join("patients").is_dir())
}
