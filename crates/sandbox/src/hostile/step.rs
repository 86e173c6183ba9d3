//! Which step is wrong, and in which way.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, de::Error};

use super::{
    AuthorizeWay, BrandsWay, DiscoveryWay, IdTokenWay, JwksWay, MatchWay, OpenidWay, RecordsWay, RefreshWay, TokenWay,
};

/// A step of a launch, or of the reading after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// `/fhir/.well-known/smart-configuration`.
    Discovery,
    /// The redirect back to the client.
    Authorize,
    /// The answer to `grant_type=authorization_code`.
    Token,
    /// The id_token in that answer.
    IdToken,
    /// The public keys.
    Jwks,
    /// `/.well-known/openid-configuration`.
    OpenidConfiguration,
    /// The answer to `grant_type=refresh_token`.
    Refresh,
    /// What the FHIR server answers.
    Records,
    /// The answer to `Patient/$match`.
    Match,
    /// The list of brands.
    Brands,
}

impl Step {
    /// All of them, in the order in which a client meets them.
    pub const ALL: [Self; 10] = [
        Self::Discovery,
        Self::Authorize,
        Self::Token,
        Self::IdToken,
        Self::Jwks,
        Self::OpenidConfiguration,
        Self::Refresh,
        Self::Records,
        Self::Match,
        Self::Brands,
    ];

    /// Its name, the first half of a hostility's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Discovery => "discovery",
            Self::Authorize => "authorize",
            Self::Token => "token",
            Self::IdToken => "id-token",
            Self::Jwks => "jwks",
            Self::OpenidConfiguration => "openid-configuration",
            Self::Refresh => "refresh",
            Self::Records => "records",
            Self::Match => "match",
            Self::Brands => "brands",
        }
    }

    /// Every way in which this step can be wrong.
    pub fn ways(self) -> impl Iterator<Item = Hostility> {
        Hostility::all().filter(move |hostility| hostility.step() == self)
    }
}

/// One lie: a step, and the way in which it is wrong. Its name is `step/way`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hostility {
    /// Discovery is wrong.
    Discovery(DiscoveryWay),
    /// The redirect back is wrong.
    Authorize(AuthorizeWay),
    /// The token answer is wrong.
    Token(TokenWay),
    /// The id_token is wrong.
    IdToken(IdTokenWay),
    /// The public keys are wrong.
    Jwks(JwksWay),
    /// The issuer's own document is wrong.
    OpenidConfiguration(OpenidWay),
    /// The answer to a refresh is wrong.
    Refresh(RefreshWay),
    /// The records are wrong.
    Records(RecordsWay),
    /// The answer to `Patient/$match` is wrong.
    Match(MatchWay),
    /// The list of brands is wrong.
    Brands(BrandsWay),
}

impl Hostility {
    /// Every lie there is, step by step.
    pub fn all() -> impl Iterator<Item = Self> {
        let discovery = DiscoveryWay::ALL.iter().copied().map(Self::Discovery);
        let authorize = AuthorizeWay::ALL.iter().copied().map(Self::Authorize);
        let token = TokenWay::ALL.iter().copied().map(Self::Token);
        let id_token = IdTokenWay::ALL.iter().copied().map(Self::IdToken);
        let jwks = JwksWay::ALL.iter().copied().map(Self::Jwks);
        let openid = OpenidWay::ALL.iter().copied().map(Self::OpenidConfiguration);
        let refresh = RefreshWay::ALL.iter().copied().map(Self::Refresh);
        let records = RecordsWay::ALL.iter().copied().map(Self::Records);
        let matching = MatchWay::ALL.iter().copied().map(Self::Match);
        let brands = BrandsWay::ALL.iter().copied().map(Self::Brands);
        let launching = discovery.chain(authorize).chain(token).chain(id_token).chain(jwks).chain(openid);
        launching.chain(refresh).chain(records).chain(matching).chain(brands)
    }

    /// The step that is wrong.
    pub fn step(self) -> Step {
        match self {
            Self::Discovery(_) => Step::Discovery,
            Self::Authorize(_) => Step::Authorize,
            Self::Token(_) => Step::Token,
            Self::IdToken(_) => Step::IdToken,
            Self::Jwks(_) => Step::Jwks,
            Self::OpenidConfiguration(_) => Step::OpenidConfiguration,
            Self::Refresh(_) => Step::Refresh,
            Self::Records(_) => Step::Records,
            Self::Match(_) => Step::Match,
            Self::Brands(_) => Step::Brands,
        }
    }

    /// The name of the way within its step.
    pub fn way(self) -> &'static str {
        match self {
            Self::Discovery(way) => way.as_str(),
            Self::Authorize(way) => way.as_str(),
            Self::Token(way) => way.as_str(),
            Self::IdToken(way) => way.as_str(),
            Self::Jwks(way) => way.as_str(),
            Self::OpenidConfiguration(way) => way.as_str(),
            Self::Refresh(way) => way.as_str(),
            Self::Records(way) => way.as_str(),
            Self::Match(way) => way.as_str(),
            Self::Brands(way) => way.as_str(),
        }
    }

    /// What the server does, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Discovery(way) => way.meaning(),
            Self::Authorize(way) => way.meaning(),
            Self::Token(way) => way.meaning(),
            Self::IdToken(way) => way.meaning(),
            Self::Jwks(way) => way.meaning(),
            Self::OpenidConfiguration(way) => way.meaning(),
            Self::Refresh(way) => way.meaning(),
            Self::Records(way) => way.meaning(),
            Self::Match(way) => way.meaning(),
            Self::Brands(way) => way.meaning(),
        }
    }
}

impl fmt::Display for Hostility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.step().as_str(), self.way())
    }
}

impl FromStr for Hostility {
    type Err = UnknownHostility;

    fn from_str(text: &str) -> Result<Self, UnknownHostility> {
        let (step, way) = text.split_once('/').ok_or(UnknownHostility)?;
        Self::all()
            .find(|hostility| hostility.step().as_str() == step && hostility.way() == way)
            .ok_or(UnknownHostility)
    }
}

impl<'de> Deserialize<'de> for Hostility {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// The name is none of the lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a hostility is written step/way, such as token/other-patient; the control page lists them all")]
pub struct UnknownHostility;

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Hostility, Step};

    #[test]
    fn each_lie_is_found_by_its_name_and_says_what_it_does() {
        let mut names = HashSet::new();
        for hostility in Hostility::all() {
            let name = hostility.to_string();
            assert_eq!(name.parse(), Ok(hostility));
            assert!(hostility.meaning().ends_with('.'), "{name}");
            assert!(names.insert(name));
        }
        assert_eq!(Step::ALL.into_iter().flat_map(Step::ways).count(), names.len());
        for unknown in ["", "token", "token/", "token/never-heard-of", "Token/other-patient"] {
            assert!(unknown.parse::<Hostility>().is_err(), "{unknown}");
        }
    }

    #[test]
    fn every_step_has_ways() {
        assert!(Step::ALL.into_iter().all(|step| step.ways().next().is_some()));
    }
}
