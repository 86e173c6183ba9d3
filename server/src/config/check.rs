//! What a configuration must fulfil beyond its shape.

use std::collections::BTreeSet;

use url::{Host, Url};

use super::{Auth, Config, Launches, SourceConfig};

/// Every fault of a configuration, each as a sentence that says what to mend.
pub fn faults(config: &Config) -> Vec<String> {
    let mut faults = Vec::new();
    whole(config, &mut faults);
    tenants(config, &mut faults);
    super::database::faults(config, &mut faults);
    super::care_plan_service::faults(config, &mut faults);
    super::webhooks::faults(config, &mut faults);
    let mut seen = BTreeSet::new();
    for source in &config.sources {
        if !seen.insert(&source.id) {
            faults
                .push(format!("sources: the id \"{}\" is given twice; every source needs an id of its own", source.id));
        }
        self::source(config, source, &mut faults);
    }
    faults
}

fn whole(config: &Config, faults: &mut Vec<String>) {
    if config.development && config.public_url.scheme() == "https" {
        faults.push("development = true allows unprotected sources and is refused when public_url is https: take it out, or use an http address of this machine".to_owned());
    }
    if !config.development && config.public_url.scheme() != "https" {
        faults.push(format!(
            "public_url is {}, which is not https: serve over https, or set development = true on this machine",
            config.public_url
        ));
    }
    if config.public_url.path() != "/" || config.public_url.query().is_some() {
        faults.push(
            "public_url has a path: give only scheme, host and port, such as https://accord.example.org".to_owned(),
        );
    }
    if config.admin_listen.is_some_and(|admin| admin == config.listen) {
        faults.push("admin_listen is the same as listen: give the operators' pages a port of their own".to_owned());
    }
    if let Some(demo) = &config.demo {
        if !config.development {
            faults.push("[demo] is only for development: take the section out".to_owned());
        }
        if config.source(&demo.source).is_none() {
            faults.push(format!("demo.source names \"{}\", which is no source: name one of [[sources]]", demo.source));
        }
    }
    if !config.development && !config.path(&config.keys.sealing_key_file).is_file() {
        let file = config.path(&config.keys.sealing_key_file);
        faults.push(format!(
            "keys.sealing_key_file: {} does not exist; make one by: head -c 32 /dev/urandom | base64 > {}",
            file.display(),
            file.display()
        ));
    }
}

fn tenants(config: &Config, faults: &mut Vec<String>) {
    if config.tenants.is_empty() {
        faults.push("there is no [[tenants]] section: name at least one organisation".to_owned());
    }
    let mut seen = BTreeSet::new();
    for tenant in &config.tenants {
        if !seen.insert(&tenant.id) {
            faults
                .push(format!("tenants: the id \"{}\" is given twice; every tenant needs an id of its own", tenant.id));
        }
        if jiff::tz::TimeZone::get(&tenant.time_zone).is_err() {
            faults.push(format!(
                "tenants.{}: \"{}\" is no time zone; use an IANA name such as America/Los_Angeles",
                tenant.id, tenant.time_zone
            ));
        }
        for listed in &tenant.coordinators {
            let named = listed.split_once('/').filter(|(source, _)| config.source(source).is_some());
            if named.and_then(|(_, user)| smart::FhirUser::parse(user)).is_none() {
                faults.push(format!(
                    "tenants.{}: coordinators lists \"{listed}\"; give the id of a source and the fhirUser there, such as valley-ehr/Practitioner/17",
                    tenant.id
                ));
            }
        }
        for origin in &tenant.frame_ancestors {
            let fine = Url::parse(origin)
                .is_ok_and(|url| url.path() == "/" && url.query().is_none() && !origin.contains(['*', ';', ',', ' ']));
            if !fine {
                faults.push(format!(
                    "tenants.{}: frame_ancestors holds \"{origin}\"; give origins such as https://ehr.example.org",
                    tenant.id
                ));
            }
        }
    }
}

fn source(config: &Config, source: &SourceConfig, faults: &mut Vec<String>) {
    let at = format!("sources.{}", source.id);
    if source.id.is_empty()
        || !source.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    {
        faults.push(format!(
            "{at}: the id may hold lower-case letters, digits and hyphens, because it stands in an address"
        ));
    }
    if [care_plan_service::service::SOURCE, care_plan_service::neighbours::directory::DIRECTORY].contains(&&*source.id)
    {
        faults.push(format!("{at}: this id is one that Accord itself uses; give the source another"));
    }
    if config.tenant(&source.tenant).is_none() {
        faults
            .push(format!("{at}: tenant \"{}\" is not among [[tenants]]; add it, or correct the name", source.tenant));
    }
    for scope in &source.scopes {
        if let Some(why) = smart::unaskable(scope) {
            faults.push(format!("{at}: the scope \"{scope}\" {why}"));
        }
    }
    let base = &source.fhir_base;
    let local = matches!(base.host(), Some(Host::Domain(name)) if name == "localhost" || name.ends_with(".localhost"))
        || matches!(base.host(), Some(Host::Ipv4(address)) if address.is_loopback())
        || matches!(base.host(), Some(Host::Ipv6(address)) if address.is_loopback());
    if base.scheme() != "https" && !(config.development && base.scheme() == "http") {
        faults.push(format!("{at}: fhir_base is {base}, which is not https: patient data must not travel unprotected (development = true allows http)"));
    } else if local && !config.development {
        faults
            .push(format!("{at}: fhir_base {base} is on this machine, which is only allowed with development = true"));
    }
    if base.query().is_some() || base.fragment().is_some() || !base.username().is_empty() {
        faults.push(format!("{at}: fhir_base must be a plain address without user name, query or fragment"));
    }
    let twin = config
        .sources
        .iter()
        .find(|other| other.id < source.id && other.tenant == source.tenant && other.fhir_base == *base);
    if let Some(twin) = twin {
        faults.push(format!("{at}: fhir_base is the same as that of \"{}\": one server is one source", twin.id));
    }
    if source.client_id.trim().is_empty() {
        faults.push(format!("{at}: client_id is empty; enter the id that the server gave Accord at registration"));
    }
    if source.launches.is_empty() {
        faults.push(format!("{at}: launches is empty; list \"ehr\", \"standalone\" or \"backend\""));
    }
    if source.launches.contains(&Launches::Backend) && !matches!(source.auth, Auth::PrivateKeyJwt { .. }) {
        faults.push(format!("{at}: launches lists \"backend\", which takes auth method \"private_key_jwt\" only; register a key, or take it out"));
    }
    if !(1..=64).contains(&source.parallel) {
        faults.push(format!("{at}: parallel is {}; choose 1 to 64 requests at a time", source.parallel));
    }
    auth(config, source, &at, faults);
}

fn auth(config: &Config, source: &SourceConfig, at: &str, faults: &mut Vec<String>) {
    match &source.auth {
        Auth::Public if !config.development => {
            faults.push(format!(
                "{at}: auth method \"public\" has no secret and is only for development; register a key or a secret"
            ));
        }
        Auth::Public => {}
        Auth::ClientSecretBasic { secret_file } | Auth::ClientSecretPost { secret_file } => {
            let file = config.path(secret_file);
            match std::fs::read_to_string(&file) {
                Err(error) => faults.push(format!("{at}: secret_file {} cannot be read ({error})", file.display())),
                Ok(secret) if secret.trim().is_empty() => {
                    faults.push(format!("{at}: secret_file {} is empty; put the client secret into it", file.display()))
                }
                Ok(_) => {}
            }
        }
        Auth::PrivateKeyJwt { key_file, alg, next_key_file, previous_key_file } => {
            let file = config.path(key_file);
            for (key, other) in [("next_key_file", next_key_file), ("previous_key_file", previous_key_file)] {
                let Some(other) = other.as_ref().map(|other| config.path(other)) else { continue };
                if other == file {
                    faults.push(format!("{at}: {key} is the same as key_file; name another key, or take the line out"));
                } else if !other.is_file() {
                    faults.push(format!(
                        "{at}: {key} {} does not exist; make the key first, or take the line out",
                        other.display()
                    ));
                }
            }
            if !matches!(alg.as_str(), "ES384" | "RS384") {
                faults.push(format!("{at}: alg \"{alg}\" is not allowed by SMART; use ES384 or RS384"));
            }
            if !config.development && !file.is_file() {
                faults.push(format!("{at}: key_file {} does not exist; make one by: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out {}", file.display(), file.display()));
            }
        }
    }
}
