//! A token answer, read leniently where SMART servers differ and strictly where it matters (T2, section 5).

use std::fmt;
use std::time::Duration;

use access::Secret;
use jiff::{SignedDuration, Timestamp};
use oauth2::basic::BasicTokenType;
use oauth2::{AccessToken, RefreshToken, TokenResponse};
use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use url::Url;

use super::LaunchContext;
use crate::document::Document;
use crate::{Grant, Scope};

/// Seconds that a token lives whose answer does not say (T2).
const DEFAULT_LIFETIME: i64 = 300;
/// No answer is believed beyond a day.
const LONGEST_LIFETIME: i64 = 24 * 60 * 60;

/// A token answer.
pub(crate) struct TokenAnswer {
    access_token: AccessToken,
    token_type: BasicTokenType,
    lifetime: i64,
    refresh_token: Option<RefreshToken>,
    scopes: Option<Vec<oauth2::Scope>>,
    patient: Option<String>,
    id_token: Option<Secret>,
    context: LaunchContext,
}

/// What comes with a grant.
pub(crate) struct Beside {
    pub(crate) id_token: Option<Secret>,
    pub(crate) context: LaunchContext,
}

impl TokenAnswer {
    /// Makes the grant. `asked` stands where the answer does not say what was granted, `before` where it has no new
    /// refresh token. `None` where the answer is not about a bearer token.
    pub(crate) fn into_grant(
        self,
        now: Timestamp,
        asked: Vec<Scope>,
        before: Option<Secret>,
        token_endpoint: Url,
    ) -> Option<(Grant, Beside)> {
        if self.token_type != BasicTokenType::Bearer {
            return None;
        }
        let expires = now.saturating_add(SignedDuration::from_secs(self.lifetime)).ok()?;
        let grant = Grant {
            access_token: Secret::new(self.access_token.into_secret()),
            expires,
            refresh_token: self.refresh_token.map(|token| Secret::new(token.into_secret())).or(before),
            scopes: self.scopes.map_or(asked, |list| list.iter().map(|scope| Scope::parse(scope)).collect()),
            patient: self.patient,
            token_endpoint,
        };
        Some((grant, Beside { id_token: self.id_token, context: self.context }))
    }
}

impl Grant {
    /// Reads the body of a token answer that says what it grants; `None` where it cannot be used. Hands over what stands
    /// beside the grant as well: the context of the launch, and the identity token, still to be verified.
    ///
    /// Launches go through the OAuth library, which reads the answer by the same code; this is for whoever has an
    /// answer alone, such as a check of what a source sends.
    pub fn of_answer(
        body: &[u8],
        now: Timestamp,
        token_endpoint: Url,
    ) -> Option<(Self, LaunchContext, Option<Secret>)> {
        let answer: TokenAnswer = serde_json::from_slice(body).ok()?;
        let (grant, beside) = answer.into_grant(now, Vec::new(), None, token_endpoint)?;
        Some((grant, beside.context, beside.id_token))
    }
}

/// Never quotes what it could not read: the library keeps the text of this error.
impl<'de> Deserialize<'de> for TokenAnswer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let document = Document(deserializer.deserialize_map(EachOnce)?);
        let token = |field| document.text(field).filter(|text| is_token(text)).map(str::to_owned);
        let missing = |field| D::Error::missing_field(field);
        let token_type = document.text("token_type").ok_or_else(|| missing("token_type"))?.to_ascii_lowercase();
        let id = |field| match document.0.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if is_id(text) => Ok(Some(text.clone())),
            Some(_) => Err(D::Error::custom("an id that is none")),
        };
        // An empty text is an answer: nothing was granted. Only a missing one means "as asked" (RFC 6749 section 5.1).
        let scopes = (document.0.get("scope").and_then(Value::as_str))
            .map(|text| text.split_ascii_whitespace().map(|scope| oauth2::Scope::new(scope.to_owned())).collect());
        Ok(Self {
            access_token: AccessToken::new(token("access_token").ok_or_else(|| missing("access_token"))?),
            token_type: Deserialize::deserialize(Value::String(token_type)).map_err(D::Error::custom)?,
            lifetime: document
                .seconds("expires_in")
                .filter(|seconds| *seconds > 0)
                .map_or(DEFAULT_LIFETIME, |seconds| seconds.min(LONGEST_LIFETIME)),
            refresh_token: token("refresh_token").map(RefreshToken::new),
            scopes,
            patient: id("patient")?,
            id_token: token("id_token").map(Secret::new),
            context: LaunchContext::of(&document),
        })
    }
}

/// Reads an object whose every name stands once: of two values nobody can say which one the other side meant (S19).
struct EachOnce;

impl<'de> Visitor<'de> for EachOnce {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut map = Map::new();
        while let Some((name, value)) = access.next_entry::<String, Value>()? {
            if map.insert(name, value).is_some() {
                return Err(A::Error::custom("a name that stands twice"));
            }
        }
        Ok(map)
    }
}

/// True for the id of a FHIR resource (R4 datatypes, `id`).
pub(super) fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}

/// True for what can stand in an `Authorization` header (S11).
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| (0x21..=0x7e).contains(&byte))
}

impl TokenResponse for TokenAnswer {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    fn token_type(&self) -> &BasicTokenType {
        &self.token_type
    }

    fn expires_in(&self) -> Option<Duration> {
        u64::try_from(self.lifetime).ok().map(Duration::from_secs)
    }

    fn refresh_token(&self) -> Option<&RefreshToken> {
        self.refresh_token.as_ref()
    }

    fn scopes(&self) -> Option<&Vec<oauth2::Scope>> {
        self.scopes.as_ref()
    }
}

/// The library's trait asks for it; a token answer is never written anywhere.
impl Serialize for TokenAnswer {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("a token answer is never written"))
    }
}

impl fmt::Debug for TokenAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenAnswer").finish_non_exhaustive()
    }
}
