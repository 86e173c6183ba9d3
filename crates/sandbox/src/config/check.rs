//! What must hold between the values of a configuration.

use std::collections::HashSet;
use std::net::IpAddr;

use url::Url;

use super::{AuthMethod, ClientConfig, ConfigError, EhrConfig, SandboxConfig};
use crate::smart::is_system_scope;

impl SandboxConfig {
    /// Checks that the values fit together; the first misfit is reported.
    pub fn check(&self) -> Result<(), ConfigError> {
        if self.ehrs.is_empty() {
            return unfit("There is no EHR: add a table [[ehrs]] with id and name.");
        }
        let mut ids = HashSet::new();
        let mut ports: HashSet<u16> = self.control_port.filter(|port| *port != 0).into_iter().collect();
        for ehr in &self.ehrs {
            if !ids.insert(&ehr.id) {
                return unfit(format!("Two EHRs are called `{}`: give each its own id.", ehr.id));
            }
            if ehr.port != 0 && !ports.insert(ehr.port) {
                return unfit(format!("Port {} is given twice: give EHR `{}` another one.", ehr.port, ehr.id));
            }
            ehr.check()?;
        }
        Ok(())
    }
}

impl EhrConfig {
    fn check(&self) -> Result<(), ConfigError> {
        let id = &self.id;
        if id.is_empty() || !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
            return unfit(format!("The EHR id `{id}` is part of addresses: use only a-z, 0-9 and `-`."));
        }
        if !is_local(&self.host) {
            return unfit(format!(
                "EHR `{id}` has host `{}`: a sandbox is for this machine only, use 127.0.0.1, localhost or a name \
                 that ends in .localhost.",
                self.host
            ));
        }
        if self.access_token_seconds == 0 {
            return unfit(format!(
                "EHR `{id}` has access_token_seconds = 0: a token must be good for a second at least."
            ));
        }
        let mut clients = HashSet::new();
        for client in &self.clients {
            if !clients.insert(&client.id) {
                return unfit(format!("EHR `{id}` has two clients `{}`: give each its own id.", client.id));
            }
            client.check(id)?;
        }
        for client in self.identity.iter().flat_map(|identity| &identity.clients) {
            if let Some(scope) = client.scopes.iter().find(|scope| !is_system_scope(scope)) {
                let who = format!("Client `{}` of the identity service of EHR `{id}`", client.id);
                return unfit(format!("{who} has the scope `{scope}`: write scopes such as system/CarePlan.rs."));
            }
        }
        Ok(())
    }
}

impl ClientConfig {
    fn check(&self, ehr: &str) -> Result<(), ConfigError> {
        let who = format!("Client `{}` of EHR `{ehr}`", self.id);
        let keys = [self.jwks_url.is_some(), self.jwks_file.is_some(), self.jwks.is_some()];
        let keys = keys.into_iter().filter(|given| *given).count();
        match (self.auth, self.secret.is_some(), keys) {
            (AuthMethod::Public, false, 0)
            | (AuthMethod::ClientSecretBasic | AuthMethod::ClientSecretPost, true, 0)
            | (AuthMethod::PrivateKeyJwt, false, 1) => {}
            (AuthMethod::Public, ..) => return unfit(format!("{who} is public: take out its secret or keys.")),
            (AuthMethod::ClientSecretBasic | AuthMethod::ClientSecretPost, ..) => {
                return unfit(format!("{who} authenticates by a secret: give `secret`, and no keys."));
            }
            (AuthMethod::PrivateKeyJwt, ..) => {
                return unfit(format!(
                    "{who} authenticates by a key: give one of jwks_url, jwks_file, jwks, and no secret."
                ));
            }
        }
        if self.redirect_uris.is_empty() && !self.is_backend() {
            return unfit(format!("{who} has no redirect_uris: give the address of its callback."));
        }
        if self.is_backend() && self.auth != AuthMethod::PrivateKeyJwt {
            return unfit(format!("{who} has system_scopes: Backend Services take auth = \"private_key_jwt\" only."));
        }
        if let Some(scope) = self.system_scopes.iter().find(|scope| !is_system_scope(scope)) {
            return unfit(format!("{who} has the system scope `{scope}`: write scopes such as system/Patient.rs."));
        }
        for uri in &self.redirect_uris {
            if Url::parse(uri).is_err() || uri.contains('#') {
                return unfit(format!("{who} has the redirect_uri `{uri}`: it must be a whole address without `#`."));
            }
        }
        if let Some(url) =
            self.jwks_url.as_ref().filter(|url| url.scheme() != "http" || !url.host_str().is_some_and(is_local))
        {
            return unfit(format!(
                "{who} has the jwks_url `{url}`: the sandbox fetches keys by http from this machine."
            ));
        }
        Ok(())
    }
}

/// Whether a host can only be this machine (RFC 6761 section 6.3 for the names).
pub(crate) fn is_local(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn unfit<T>(sentence: impl Into<String>) -> Result<T, ConfigError> {
    Err(ConfigError::Unfit(sentence.into()))
}

#[cfg(test)]
mod tests {
    use super::SandboxConfig;

    fn sentence(text: &str) -> String {
        match SandboxConfig::parse(text) {
            Ok(_) => "fine".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    const EHR: &str = "[[ehrs]]\nid = \"a\"\nname = \"A\"\n";

    fn client(lines: &str) -> String {
        format!("{EHR}[[ehrs.clients]]\nid = \"app\"\n{lines}")
    }

    #[test]
    fn a_whole_configuration_is_taken() {
        let text = client(
            "auth = \"client_secret_basic\"\nsecret = \"s\"\nredirect_uris = [\"http://127.0.0.1:3000/callback/a\"]\n\
             launch_url = \"http://127.0.0.1:3000/launch\"",
        );
        assert_eq!(sentence(&text), "fine");
    }

    #[test]
    fn a_client_of_backend_services_needs_no_callback() {
        let text = client("auth = \"private_key_jwt\"\njwks_file = \"keys\"\nsystem_scopes = [\"system/Patient.rs\"]");
        assert_eq!(sentence(&text), "fine");
    }

    #[test]
    fn each_mistake_gets_a_sentence_that_says_what_to_mend() {
        let redirect = "redirect_uris = [\"http://127.0.0.1/cb\"]";
        let cases = [
            (String::new(), "There is no EHR"),
            ("ehrs = [".to_owned(), "is not TOML"),
            (format!("{EHR}port = \"x\""), "At `ehrs[0].port`"),
            (format!("{EHR}colour = 1"), "unknown field `colour`"),
            (format!("{EHR}{EHR}"), "Two EHRs are called `a`"),
            (format!("control_port = 4000\n{EHR}port = 4000"), "Port 4000 is given twice"),
            (format!("{EHR}host = \"example.org\""), "for this machine only"),
            (format!("{EHR}access_token_seconds = 0"), "access_token_seconds"),
            ("[[ehrs]]\nid = \"A b\"\nname = \"A\"".to_owned(), "use only a-z"),
            (client(&format!("auth = \"client_secret_basic\"\n{redirect}")), "give `secret`"),
            (client(&format!("auth = \"public\"\nsecret = \"s\"\n{redirect}")), "take out its secret"),
            (client(&format!("auth = \"private_key_jwt\"\n{redirect}")), "give one of jwks_url"),
            (client("auth = \"public\"\nredirect_uris = []"), "no redirect_uris"),
            (
                client(&format!("auth = \"public\"\nsystem_scopes = [\"system/Goal.rs\"]\n{redirect}")),
                "Backend Services",
            ),
            (
                client("auth = \"private_key_jwt\"\njwks_file = \"k\"\nsystem_scopes = [\"user/Goal.rs\"]"),
                "user/Goal.rs",
            ),
            (client("auth = \"public\"\nredirect_uris = [\"/cb\"]"), "a whole address"),
            (client("auth = \"magic\"\nredirect_uris = []"), "At `ehrs[0].clients[0].auth`"),
        ];
        for (text, expected) in cases {
            let sentence = sentence(&text);
            assert!(sentence.contains(expected), "{text}\ngave: {sentence}");
        }
    }
}
