//! Targets of a goal's form: several groups of fields, each with its number.

use app::desk::shared_plan::measures;
use care_plan::units::Unit;
use rust_decimal::Decimal;
use shared_plan::Id;
use shared_plan::commands::{NewTarget, Wrong};
use shared_plan::plan::{Coded, Comparator, Quantity, Target, TargetValue};

use super::Reading;
use crate::shared_plan::Fields;

/// What a form says of the targets of a goal.
#[derive(Debug, Clone)]
pub(super) struct Said {
    /// The targets that say anything.
    pub(super) targets: Vec<NewTarget>,
    /// Those that it showed: of them, what says nothing any more goes.
    shown: Vec<Id<Target>>,
}

/// Reads the targets.
pub(super) fn read(form: &mut Reading<'_>) -> Said {
    let known = measures(&form.picture.plan);
    let fields = &mut form.fields;
    let (mut targets, mut shown) = (Vec::new(), Vec::new());
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
        shown.extend(id);
        if says {
            targets.push(NewTarget { id, measure, value, due });
        }
    }
    Said { targets, shown }
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

/// What stands in the former targets and in no form stays: a measure's codes, a unit in UCUM, and each target that the form
/// did not show, after those that it did.
pub(super) fn kept(said: Said, old: &[Target]) -> Vec<NewTarget> {
    let Said { targets: mut new, shown } = said;
    let unseen = old.iter().filter(|target| !shown.contains(&target.id)).map(|target| NewTarget {
        id: Some(target.id),
        measure: target.measure.clone(),
        value: target.value.clone(),
        due: target.due,
    });
    let added = new.iter().position(|target| target.id.is_none()).unwrap_or(new.len());
    new.splice(added..added, unseen);
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
    is_number(one) == is_number(other) && words.plan_value_typed(one) == words.plan_value_typed(other)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn targets_that_a_form_had_not_shown_were_lost() {
        let target = |byte: u8| Target {
            id: Id::from_random([byte; 16]),
            measure: Some(Coded::text(format!("measure {byte}"))),
            value: None,
            due: None,
        };
        let old: Vec<Target> = (0..60).map(target).collect();
        let new = |at: usize| NewTarget {
            id: Some(old[at].id),
            measure: old[at].measure.clone(),
            value: None,
            due: "2030-01-01".parse().ok(),
        };
        let mut targets: Vec<NewTarget> = (1..50).map(new).collect();
        targets.push(NewTarget { id: None, measure: Some(Coded::text("added")), value: None, due: None });
        let shown = old[..50].iter().map(|target| target.id).collect();
        let kept = kept(Said { targets, shown }, &old);
        assert_eq!(kept.len(), 60, "the first was emptied, one was added");
        let ids: Vec<_> = kept.iter().filter_map(|target| target.id).collect();
        assert_eq!(ids, old[1..].iter().map(|target| target.id).collect::<Vec<_>>());
        assert_eq!((kept[49].due, kept.last().unwrap().id), (None, None));
    }
}
