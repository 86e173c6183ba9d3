//! A provider directory that speaks FHIR R4 (`Practitioner` search).

use std::time::Duration;

use access::Secret;
use async_trait::async_trait;
use outbound::{Client, Limits, Request};
use serde_json::Value;
use url::Url;

use super::{Directory, Provider, Unasked, roles};

/// Somebody waits for their page meanwhile.
const LIMITS: Limits = Limits { first_byte: Duration::from_secs(4), whole: Duration::from_secs(6), ..Limits::RESOURCE };

const NPI: &str = "http://hl7.org/fhir/sid/us-npi";

/// A provider directory, asked over the one way out.
#[derive(Clone)]
pub struct DirectoryServer {
    client: Client,
    base: Url,
    token: Option<Secret>,
}

impl DirectoryServer {
    /// The directory at this FHIR base address.
    pub fn new(client: Client, mut base: Url) -> Self {
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        Self { client, base, token: None }
    }

    /// The same, with the token that it wants.
    #[must_use]
    pub fn with_token(mut self, token: Option<Secret>) -> Self {
        self.token = token;
        self
    }

    fn address(&self, words: &str) -> Result<Url, Unasked> {
        let mut url = self.base.join("Practitioner").map_err(|error| Unasked(error.to_string()))?;
        let is_npi = words.len() == 10 && words.bytes().all(|byte| byte.is_ascii_digit());
        let (name, value) = if is_npi { ("identifier", format!("{NPI}|{words}")) } else { ("name", escaped(words)) };
        url.query_pairs_mut().append_pair(name, &value).append_pair("_count", "20");
        // What they do tells people of one name apart; a server that does not know the parameter passes over it.
        url.query_pairs_mut().append_pair("_revinclude", "PractitionerRole:practitioner");
        Ok(url)
    }
}

#[async_trait]
impl Directory for DirectoryServer {
    async fn find(&self, words: &str) -> Result<Vec<Provider>, Unasked> {
        let words = words.trim();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let accept = http::HeaderValue::from_static("application/fhir+json");
        let mut request = Request::get(self.address(words)?).header(http::header::ACCEPT, accept);
        if let Some(token) = &self.token {
            let mut bearer = http::HeaderValue::from_str(&format!("Bearer {}", token.expose()))
                .map_err(|_| Unasked("its token is none".to_owned()))?;
            bearer.set_sensitive(true);
            request = request.header(http::header::AUTHORIZATION, bearer);
        }
        let answer = self.client.send(request.limits(LIMITS)).await;
        let answer = answer.map_err(|error| Unasked(error.to_string()))?;
        if !answer.status.is_success() {
            return Err(Unasked(answer.status.as_u16().to_string()));
        }
        let body: Value = serde_json::from_slice(&answer.body).map_err(|_| Unasked("no JSON".to_owned()))?;
        if body["resourceType"] != "Bundle" {
            return Err(Unasked("no Bundle".to_owned()));
        }
        let entries = body["entry"].as_array().map(Vec::as_slice).unwrap_or_default();
        let resources: Vec<&Value> = entries.iter().map(|entry| &entry["resource"]).collect();
        let mut found: Vec<Provider> = resources.iter().filter_map(|resource| read(resource)).take(20).collect();
        roles::add(&mut found, &resources);
        Ok(found)
    }
}

/// A comma would make two names of one, and a dollar or bar a token (R4 search, "Escaping Search Parameters").
fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for letter in words.chars() {
        if matches!(letter, ',' | '$' | '|' | '\\') {
            text.push('\\');
        }
        text.push(letter);
    }
    text
}

/// `None` for what is no practitioner, or has no id or name.
fn read(resource: &Value) -> Option<Provider> {
    if resource["resourceType"] != "Practitioner" {
        return None;
    }
    let npi = |list: &Value| {
        let found = list.as_array()?.iter().find(|identifier| identifier["system"] == NPI)?;
        found["value"].as_str().map(str::to_owned)
    };
    Some(Provider {
        id: resource["id"].as_str()?.to_owned(),
        name: name(&resource["name"])?,
        npi: npi(&resource["identifier"]),
        roles: Vec::new(),
        organisation: None,
        active: resource["active"].as_bool().unwrap_or(true),
    })
}

fn name(names: &Value) -> Option<String> {
    let names = names.as_array()?;
    let name = names.iter().find(|name| name["use"] == "official").or_else(|| names.first())?;
    if let Some(text) = name["text"].as_str() {
        return Some(text.to_owned());
    }
    let list = |field: &str| name[field].as_array().map(Vec::as_slice).unwrap_or_default();
    let parts = list("prefix").iter().chain(list("given")).chain([&name["family"]]).chain(list("suffix"));
    let text = parts.filter_map(Value::as_str).collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{escaped, read};

    #[test]
    fn a_comma_in_a_name_asked_for_two_names() {
        assert_eq!(escaped("Ruiz, Ana"), "Ruiz\\, Ana");
    }

    #[test]
    fn a_practitioner_is_read_by_the_official_name_and_the_npi() {
        let resource = json!({ "resourceType": "Practitioner", "id": "7", "active": false,
            "identifier": [{ "system": "urn:local", "value": "1" },
                { "system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893" }],
            "name": [{ "use": "maiden", "family": "Lopez" },
                { "use": "official", "prefix": ["Dr."], "given": ["Ana", "M."], "family": "Ruiz" }] });
        let provider = read(&resource).expect("a practitioner");
        assert_eq!(provider.name, "Dr. Ana M. Ruiz");
        assert_eq!((provider.npi.as_deref(), provider.active), (Some("1234567893"), false));
    }

    #[test]
    fn what_has_no_name_or_is_somebody_else_is_nobody() {
        for resource in [
            json!({ "resourceType": "Practitioner", "id": "7" }),
            json!({ "resourceType": "Practitioner", "name": [{ "text": "Ana" }] }),
            json!({ "resourceType": "Patient", "id": "7", "name": [{ "text": "Ana" }] }),
            json!(null),
        ] {
            assert_eq!(read(&resource), None, "{resource}");
        }
    }
}
