//! What a token says, read after its signature.

use access::{PatientAt, PersonId, Role, TenantId, UserKey};
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::role::role;
use super::{Program, Scopes, Trust};

/// Seconds by which two clocks may differ.
const LEEWAY: i64 = 60;
/// Characters of a subject.
const MAX_SUBJECT: usize = 255;
/// Characters of a name.
const MAX_NAME: usize = 200;

/// What a token says.
#[derive(Debug, PartialEq)]
pub(super) struct Claims {
    pub(super) tenant: TenantId,
    pub(super) user: UserKey,
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) scopes: Scopes,
    pub(super) about: About,
    /// True where nobody is behind it.
    pub(super) is_program: bool,
}

/// Whom it is about.
#[derive(Debug, PartialEq)]
pub(super) enum About {
    Nobody,
    Person(PersonId),
    Patient(PatientAt),
}

/// What is wrong with a token, for the log only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Wrong {
    #[error("issuer")]
    Issuer,
    #[error("audience")]
    Audience,
    #[error("time")]
    Time,
    #[error("subject")]
    Subject,
    #[error("tenant")]
    Tenant,
    #[error("role")]
    Role,
    #[error("person")]
    Person,
}

impl Claims {
    pub(super) fn read(claims: &Map<String, Value>, trust: &Trust, now: Timestamp) -> Result<Self, Wrong> {
        let text = |name: &str| claims.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let issuer = text("iss").filter(|issuer| *issuer == trust.issuer).ok_or(Wrong::Issuer)?;
        let ours = match claims.get("aud") {
            Some(Value::String(audience)) => *audience == trust.audience,
            Some(Value::Array(list)) => list.iter().any(|audience| audience.as_str() == Some(&trust.audience)),
            _ => false,
        };
        if !ours {
            return Err(Wrong::Audience);
        }
        in_time(claims, now)?;
        let subject = text("sub").filter(|sub| sub.chars().count() <= MAX_SUBJECT).ok_or(Wrong::Subject)?;
        let tenant = tenant(claims, trust).ok_or(Wrong::Tenant)?;
        let name = text("name").or_else(|| text("preferred_username")).unwrap_or(subject);
        let name = name.chars().filter(|letter| !letter.is_control()).take(MAX_NAME).collect();
        let about = about(claims, trust)?;
        let scopes = scopes(claims);
        let user = UserKey { issuer: issuer.to_owned(), subject: subject.to_owned() };
        if let Some(program) = program(claims, trust, tenant, &scopes) {
            // Whom a program works for is its registration's to say, and it is everybody.
            if about != About::Nobody {
                return Err(Wrong::Person);
            }
            let scopes = scopes.within(&program.scopes);
            return Ok(Self {
                tenant: tenant.clone(),
                user,
                name,
                role: program.role,
                scopes,
                about,
                is_program: true,
            });
        }
        let role = role(claims, trust, &about).ok_or(Wrong::Role)?;
        Ok(Self { tenant: tenant.clone(), user, name, role, scopes, about, is_program: false })
    }
}

/// The tenant. An issuer of one tenant need not say which, and says no other.
pub(super) fn tenant<'a>(claims: &Map<String, Value>, trust: &'a Trust) -> Option<&'a TenantId> {
    match (at(claims, &trust.claims.tenant), &trust.tenant) {
        (None, only) => only.as_ref(),
        (Some(said), only) => {
            let said = said.as_str()?;
            let known = trust.tenants.iter().find(|known| *known.0 == *said)?;
            Some(known).filter(|known| only.as_ref().is_none_or(|only| only == *known))
        }
    }
}

/// The program that a token is of: a registered one, with no scope that a user could have given it.
fn program<'a>(
    claims: &Map<String, Value>,
    trust: &'a Trust,
    tenant: &TenantId,
    scopes: &Scopes,
) -> Option<&'a Program> {
    let client = ["client_id", "azp", "sub"].iter().find_map(|name| claims.get(*name)?.as_str())?;
    let known = trust.programs.iter().find(|program| program.id == client && program.tenant == *tenant)?;
    scopes.are_a_programs().then_some(known)
}

fn in_time(claims: &Map<String, Value>, now: Timestamp) -> Result<(), Wrong> {
    let now = now.as_second();
    let ends = seconds(claims.get("exp")).ok_or(Wrong::Time)?;
    let begins = match claims.get("nbf") {
        None => i64::MIN,
        some => seconds(some).ok_or(Wrong::Time)?,
    };
    if ends <= now.saturating_sub(LEEWAY) || begins > now.saturating_add(LEEWAY) {
        return Err(Wrong::Time);
    }
    Ok(())
}

fn seconds(value: Option<&Value>) -> Option<i64> {
    let value = value?;
    value.as_i64().or_else(|| value.as_f64().filter(|number| number.is_finite()).map(|number| number.floor() as i64))
}

/// The value of a claim: by its whole name, else by the way that its dots show.
pub(super) fn at<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    claims.get(name).or_else(|| {
        let (first, rest) = name.split_once('.')?;
        at(claims.get(first)?.as_object()?, rest)
    })
}

fn scopes(claims: &Map<String, Value>) -> Scopes {
    match claims.get("scope").or_else(|| claims.get("scp")) {
        Some(Value::String(text)) => Scopes::parse(text),
        Some(Value::Array(list)) => Scopes::parse(&list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")),
        _ => Scopes::default(),
    }
}

/// Whom the token is about. What is there and cannot be read is never taken for nothing: that would widen it to all.
fn about(claims: &Map<String, Value>, trust: &Trust) -> Result<About, Wrong> {
    if let Some(person) = at(claims, &trust.claims.person) {
        return person.as_str().and_then(PersonId::parse).map(About::Person).ok_or(Wrong::Person);
    }
    let Some(patient) = at(claims, &trust.claims.patient) else { return Ok(About::Nobody) };
    let patient = patient.as_str().filter(|text| !text.is_empty()).ok_or(Wrong::Person)?;
    let (source, id) = match &trust.patient_source {
        Some(source) => (source.as_str(), patient.strip_prefix("Patient/").unwrap_or(patient)),
        None => patient.split_once('/').ok_or(Wrong::Person)?,
    };
    if source.is_empty() || id.is_empty() {
        return Err(Wrong::Person);
    }
    Ok(About::Patient(PatientAt::new(source, id)))
}
