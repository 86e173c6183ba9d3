//! Targets of a goal's form: several groups of fields, each with its number.

use app::desk::shared_plan::measures;
use care_plan::units::Unit;
use rust_decimal::Decimal;
use shared_plan::commands::{NewTarget, Wrong};
use shared_plan::plan::{Coded, Comparator, Quantity, Target, TargetValue};

use super::Reading;
use crate::shared_plan::Fields;

/// The targets that say anything.
pub(super) fn read(form: &mut Reading<'_>) -> Vec<NewTarget> {
    let known = measures(&form.picture.plan);
    let fields = &mut form.fields;
    let mut targets = Vec::new();
    for at in fields.positions("how") {
        let field = |name: &str| format!("{name}-{at}");
        let chosen = fields.text(&field("measure"));
        let measure = match chosen {
            Some(chosen) => {
                let found = known.iter().find(|(item, _)| item.0 == chosen).map(|(_, coded)| coded.clone());
                if found.is_none() {
                    fields.wrong(field("measure"), Wrong::NotAChoice);
                }
                found
            }
            None => fields.text(&field("measured")).map(Coded::text),
        };
        let unit = fields.text(&field("unit")).map(str::to_owned);
        let value = value(fields, at, unit);
        let due = fields.day(&field("due"));
        let says = measure.is_some() || value.is_some() || due.is_some();
        let id = fields.id(&field("target"));
        if says {
            targets.push(NewTarget { id, measure, value, due });
        }
    }
    targets
}

fn value(fields: &mut Fields<'_>, at: usize, unit: Option<String>) -> Option<TargetValue> {
    let field = |name: &str| format!("{name}-{at}");
    let how = fields.text(&field("how")).unwrap_or_default();
    let comparator = match how {
        "words" => return fields.text(&field("value")).map(|text| TargetValue::Text(text.to_owned())),
        "between" => {
            let (low, high) = (fields.number(&field("value")), fields.number(&field("high")));
            let quantity = |value: Decimal| quantity(value, None, unit.as_ref());
            let (low, high) = (low.map(quantity), high.map(quantity));
            return (low.is_some() || high.is_some()).then_some(TargetValue::Range { low, high });
        }
        "at-most" => Some(Comparator::AtMost),
        "below" => Some(Comparator::Below),
        "at-least" => Some(Comparator::AtLeast),
        "above" => Some(Comparator::Above),
        "exactly" => None,
        _ => {
            fields.wrong(field("how"), Wrong::NotAChoice);
            return None;
        }
    };
    let value = fields.number(&field("value"))?;
    Some(TargetValue::Quantity(quantity(value, comparator, unit.as_ref())))
}

/// The unit as it was typed; as UCUM only where it is spelled so, such as `%` or `mm[Hg]`.
fn quantity(value: Decimal, comparator: Option<Comparator>, unit: Option<&String>) -> Quantity {
    let is_ucum = |unit: &&String| {
        let read = Unit::read(Some(unit), None);
        read.dimension().is_some() && read.key() == unit.as_str()
    };
    let ucum = unit.filter(is_ucum).cloned();
    Quantity { value, comparator, unit: unit.cloned(), ucum }
}

/// What stands in the former targets and in no form stays: a measure's codes, a unit in UCUM.
pub(super) fn kept(mut new: Vec<NewTarget>, old: &[Target]) -> Vec<NewTarget> {
    for target in &mut new {
        let Some(before) = old.iter().find(|before| Some(before.id) == target.id) else { continue };
        if let (Some(now), Some(known)) = (&mut target.measure, &before.measure) {
            let is_same = now.codings.is_empty() && now.title() == known.title()
                || now.codings.iter().any(|coding| {
                    known.codings.iter().any(|other| (&other.system, &other.code) == (&coding.system, &coding.code))
                });
            if is_same {
                now.clone_from(known);
            }
        }
        if same_words(target.value.as_ref(), before.value.as_ref()) {
            target.value.clone_from(&before.value);
        }
    }
    new
}

/// True where two values read the same in the form.
fn same_words(one: Option<&TargetValue>, other: Option<&TargetValue>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    let words = app::words::words();
    let is_number = |value: &TargetValue| matches!(value, TargetValue::Quantity(_) | TargetValue::Range { .. });
    is_number(one) == is_number(other) && words.plan_value(one) == words.plan_value(other)
}
