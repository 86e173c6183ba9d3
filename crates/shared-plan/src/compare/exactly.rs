//! Values with all that tells one from another: for two that read the same and are not.

use super::Said;
use super::say::Say;
use crate::plan::{Coded, Plan, Quantity, TargetValue};
use crate::{Foreign, Who};

pub(super) fn coded(coded: &Coded) -> String {
    let text = coded.text.as_ref().map(|text| format!("text {text:?}"));
    let codings = coded.codings.iter().map(|coding| {
        let display = coding.display.as_ref().map(|display| format!(" {display:?}"));
        format!("{}|{}{}", coding.system, coding.code, display.unwrap_or_default())
    });
    let all: Vec<String> = text.into_iter().chain(codings).collect();
    format!("{} [{}]", coded.title(), all.join("; "))
}

pub(super) fn foreign(foreign: &Foreign) -> String {
    let display = foreign.display.as_deref().map_or_else(|| "unnamed".to_owned(), |display| format!("{display:?}"));
    let version = foreign.version.as_ref().map(|version| format!(", version {version}")).unwrap_or_default();
    format!("{display} [{}/{} of {}{version}]", foreign.kind, foreign.id, foreign.source)
}

pub(super) fn who(who: &Who) -> String {
    let role = who.role.map_or("no role", super::names::role);
    let user = who.user.as_ref().map(|user| format!(", {} of {}", user.subject, user.issuer)).unwrap_or_default();
    let resource = who.resource.as_ref().map(|resource| format!(", {}", foreign(resource))).unwrap_or_default();
    format!("{} [{role}{user}{resource}]", who.name)
}

pub(super) fn value(value: &TargetValue, plan: &Plan) -> String {
    let bound = |bound: &Option<Quantity>| bound.as_ref().map_or_else(|| "open".to_owned(), quantity);
    match value {
        TargetValue::Quantity(one) => quantity(one),
        TargetValue::Range { low, high } => format!("range [{} to {}]", bound(low), bound(high)),
        TargetValue::Concept(concept) => concept.exactly(plan),
        TargetValue::Text(text) => format!("{text} [in words]"),
    }
}

fn quantity(quantity: &Quantity) -> String {
    let unit = quantity.unit.as_ref().map(|unit| format!("unit {unit:?}"));
    let ucum = quantity.ucum.as_ref().map(|ucum| format!("UCUM {ucum:?}"));
    let all: Vec<String> = unit.into_iter().chain(ucum).collect();
    format!("{} [{}]", Said::from(quantity).words(), all.join("; "))
}
