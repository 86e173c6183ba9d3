//! Accord's registration at one source.

use access::{Secret, TenantId};
use outbound::Origin;
use url::Url;

use crate::SigningKey;

/// Accord's registration at one source.
#[derive(Debug, Clone)]
pub struct Client {
    /// The source, as the configuration calls it.
    pub source: String,
    /// The tenant that registered it. Chosen by the operator, never by what a source says.
    pub tenant: TenantId,
    /// FHIR base address; also what `iss` must say in a launch from the EHR.
    pub fhir_base: Url,
    /// `client_id` at this source.
    pub client_id: String,
    /// How Accord proves who it is at the token endpoint.
    pub auth: ClientAuth,
    /// Where the source sends the browser back to: another path for each source, as a defence against mix-up (S7).
    pub redirect_uri: Url,
    /// Scopes beyond the minimum set, in the form of SMART 2 (`patient/Goal.u`); translated where a source speaks 1.0 only.
    pub extra_scopes: Vec<String>,
    /// Origins besides the FHIR base's own where this source may have its endpoints.
    pub allowed_origins: Vec<Origin>,
    /// Keys that the source shall know besides the one that signs: the next one, at least a day before it signs, and the
    /// last one, at least a day after it signed (checklist T3).
    pub other_keys: Vec<SigningKey>,
    /// True where the operator knows that this source checks S256 although its list leaves it out (checklist D5).
    pub assume_s256: bool,
}

/// How Accord proves who it is at a token endpoint (checklist T3).
#[derive(Debug, Clone)]
pub enum ClientAuth {
    /// Not at all: for development servers only.
    Public,
    /// A secret in the `Authorization` header, the IG's symmetric method.
    SecretBasic(Secret),
    /// A secret in the body, for servers that list nothing else.
    SecretPost(Secret),
    /// A signed assertion: preferred.
    PrivateKeyJwt(SigningKey),
}

impl Client {
    /// True where an address lies at one of the origins that this source may use.
    pub fn may_use(&self, url: &Url) -> bool {
        let Some(origin) = Origin::of(url) else { return false };
        Origin::of(&self.fhir_base).as_ref() == Some(&origin) || self.allowed_origins.contains(&origin)
    }

    /// The keys that our key set shows for this source: the one that signs first; none where no assertion is signed.
    pub fn published_keys(&self) -> Vec<SigningKey> {
        match &self.auth {
            ClientAuth::PrivateKeyJwt(key) => std::iter::once(key).chain(&self.other_keys).cloned().collect(),
            ClientAuth::Public | ClientAuth::SecretBasic(_) | ClientAuth::SecretPost(_) => Vec::new(),
        }
    }

    /// The FHIR base as text, as it stands in `aud` of a standalone launch.
    pub(crate) fn base_text(&self) -> &str {
        let text = self.fhir_base.as_str();
        // A base that is a bare host gets its slash from the URL parser; no operator wrote it.
        if self.fhir_base.path() == "/" { text.trim_end_matches('/') } else { text }
    }

    /// An address below the FHIR base, whose own path is kept (checklist D1).
    pub(crate) fn below_base(&self, path: &str) -> Url {
        let mut url = self.fhir_base.clone();
        url.set_query(None);
        url.set_fragment(None);
        let whole = format!("{}/{path}", url.path().trim_end_matches('/'));
        url.set_path(&whole);
        url
    }
}
