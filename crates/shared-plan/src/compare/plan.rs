//! What the plan says itself, and its review.

use super::found::{At, Found};
use super::{Field, Part, Said, names};
use crate::plan::{Period, Plan, SignOff};

pub(super) fn plan(found: &mut Found<'_>) {
    let (was, is) = (found.before, found.after);
    let at = At { part: Part::Plan, name: is.content.title.clone() };
    found.field(&at, Field::Status, Some(&was.status), Some(&is.status));
    found.field(&at, Field::StatusReason, was.status_reason.as_ref(), is.status_reason.as_ref());
    found.field(&at, Field::Author, Some(&was.author), Some(&is.author));
    content(found, &at);
    review(found, &at, was, is);
}

fn content(found: &mut Found<'_>, at: &At) {
    let (was, is) = (&found.before.content, &found.after.content);
    found.field(at, Field::Title, Some(&was.title), Some(&is.title));
    found.field(at, Field::Description, was.description.as_ref(), is.description.as_ref());
    found.list(at, Field::Category, &was.categories, &is.categories);
    period(found, at, &was.period, &is.period);
    found.field(at, Field::Custodian, was.custodian.as_ref(), is.custodian.as_ref());
    found.list(at, Field::Addresses, &was.addresses, &is.addresses);
    found.list(at, Field::SupportingInformation, &was.supporting_information, &is.supporting_information);
    found.field(at, Field::Encounter, was.encounter.as_ref(), is.encounter.as_ref());
    found.list(at, Field::Instantiates, &was.instantiates, &is.instantiates);
    found.list(at, Field::Replaces, &was.replaces, &is.replaces);
}

/// From when to when something is.
pub(super) fn period(found: &mut Found<'_>, at: &At, was: &Period, is: &Period) {
    found.field(at, Field::Start, was.start.as_ref(), is.start.as_ref());
    found.field(at, Field::End, was.end.as_ref(), is.end.as_ref());
}

fn review(found: &mut Found<'_>, at: &At, was: &Plan, is: &Plan) {
    let (was, is) = (&was.review, &is.review);
    found.field(at, Field::ReviewState, Some(&was.state), Some(&is.state));
    found.list(at, Field::Asked, &was.asked, &is.asked);
    for signed in missing(&was.signed, &is.signed) {
        found.push(at, Field::Signature(signed.role), Some(signature(signed)), None);
    }
    for signed in missing(&is.signed, &was.signed) {
        found.push(at, Field::Signature(signed.role), None, Some(signature(signed)));
    }
    found.field(at, Field::Approved, was.approved.as_ref(), is.approved.as_ref());
    found.field(at, Field::NextReview, was.next.as_ref(), is.next.as_ref());
}

/// The signatures of one version that the other has not, by whom and in which role.
fn missing<'s>(of: &'s [SignOff], other: &'s [SignOff]) -> impl Iterator<Item = &'s SignOff> {
    let count = |list: &[SignOff], one: &SignOff| {
        list.iter().filter(|signed| (signed.role, &signed.by) == (one.role, &one.by)).count()
    };
    let more = move |(at, one): &(usize, &SignOff)| count(&of[..=*at], one) > count(other, one);
    of.iter().enumerate().filter(more).map(|(_, one)| one)
}

fn signature(signed: &SignOff) -> Said {
    Said::Text(format!("{}, {}", signed.by.name, names::role(signed.role)))
}
