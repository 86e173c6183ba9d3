//! Whose tokens are believed, from the configuration.

use access::TenantId;
use care_plan_service::fhir::TokenPlace;
use care_plan_service::identity::{ClaimNames, Program, Scopes, Trust};

use crate::config::{Config, IssuerConfig};

/// How the tokens of an identity service are read.
pub(super) fn trust(config: &Config, issuer: &IssuerConfig) -> Trust {
    let tenant = |id: &str| TenantId::new(id);
    let programs = issuer.programs.iter().filter_map(|program| {
        let of = program.tenant.as_deref().or(issuer.tenant.as_deref())?;
        Some(Program {
            id: program.id.clone(),
            tenant: tenant(of),
            role: program.role,
            scopes: Scopes::parse(&program.scopes.join(" ")),
        })
    });
    Trust {
        issuer: issuer.issuer.clone(),
        audience: issuer.audience.clone(),
        claims: ClaimNames {
            tenant: issuer.tenant_claim.clone(),
            roles: issuer.roles_claim.clone(),
            person: issuer.person_claim.clone(),
            patient: issuer.patient_claim.clone(),
        },
        roles: issuer.roles.clone(),
        patient_source: issuer.patient_source.clone(),
        bases: config.sources.iter().map(|source| (source.id.clone(), source.fhir_base.clone())).collect(),
        tenants: issuer.tenants(config).into_iter().map(tenant).collect(),
        tenant: issuer.tenant.as_deref().map(tenant),
        programs: programs.collect(),
    }
}

/// Where tokens are had, of each identity service that says so.
pub(super) fn places(config: &Config) -> Vec<TokenPlace> {
    let places = config.issuers().iter().filter_map(|issuer| {
        Some(TokenPlace {
            tenant: issuer.tenant.clone(),
            issuer: issuer.issuer.clone(),
            authorize: issuer.authorize_url.as_ref().map(ToString::to_string),
            token: issuer.token_url.as_ref()?.to_string(),
            keys: issuer.jwks_url.as_ref().map(ToString::to_string),
            has_programs: !issuer.programs.is_empty(),
        })
    });
    places.collect()
}
