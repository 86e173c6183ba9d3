//! What was found out, for programs.

use serde_json::{Value, json};
use smart::AskedFor;

use super::gaps;
use super::survey::Survey;
use crate::config::Launches;

/// Writes all sources.
pub fn of(surveys: &[Survey<'_>]) -> Value {
    json!({ "sources": surveys.iter().map(source).collect::<Vec<_>>() })
}

fn source(survey: &Survey<'_>) -> Value {
    let discovery = match &survey.discovery {
        Ok(found) => json!({
            "capabilities": found.capabilities,
            "token_endpoint_auth_methods_supported": found.token_auth_methods,
            "grant_types_supported": found.extras.grant_types,
            "scopes_supported": found.scopes,
            "issuer": found.issuer,
            "revocation": found.revocation_endpoint.is_some(),
            "brands": found.brands,
        }),
        Err(why) => json!({ "error": why }),
    };
    let fhir = match &survey.capability {
        Ok(found) => json!({
            "version": found.fhir_version,
            "transaction": found.transaction,
            "match": survey.matches_people(),
            "types": found.types.iter().map(|(kind, offer)| (kind.clone(), json!(offer.interactions))).collect::<serde_json::Map<_, _>>(),
        }),
        Err(why) => json!({ "error": why }),
    };
    let (method, alg) = survey.method();
    let asked = |way, context| if survey.is_launched_by(way) { survey.asked(context) } else { Vec::new() };
    let types: Vec<Value> = survey
        .kinds()
        .iter()
        .map(|kind| {
            let may = |interaction| format!("{:?}", survey.permission(kind, interaction));
            json!({ "type": kind, "read": may('r'), "search": may('s'), "update": may('u') })
        })
        .collect();
    let gaps: Vec<Value> =
        gaps::of(survey).into_iter().map(|gap| json!({ "missing": gap.missing, "means": gap.means })).collect();
    json!({
        "id": survey.source.id,
        "name": survey.source.name,
        "fhir_base": survey.source.fhir_base,
        "offers": { "smart": discovery, "fhir": fhir },
        "uses": {
            "client_auth": method,
            "alg": alg,
            "scopes": {
                "ehr": asked(Launches::Ehr, AskedFor::Ehr),
                "standalone": asked(Launches::Standalone, AskedFor::Patient),
                "backend": asked(Launches::Backend, AskedFor::Backend),
            },
            "types": types,
        },
        "missing": gaps,
    })
}
