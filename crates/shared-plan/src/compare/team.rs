//! The team.

use super::found::{At, Found};
use super::plan::period;
use super::{Field, Part, Said};
use crate::plan::{Member, Plan};

pub(super) fn team(found: &mut Found<'_>) {
    let both = (found.before.team.members.as_slice(), found.after.team.members.as_slice());
    for (was, is) in found.parts(both, |member| member.id, at, whole) {
        member(found, was, is);
    }
}

fn at(member: &Member) -> At {
    At { part: Part::Member(member.id), name: member.content.name.clone() }
}

/// A member in one line: who, and what they do.
fn whole(member: &Member, _: &Plan) -> Said {
    let roles: Vec<&str> = member.content.roles.iter().map(crate::plan::Coded::title).collect();
    let name = &member.content.name;
    Said::Text(if roles.is_empty() { name.clone() } else { format!("{name} ({})", roles.join(", ")) })
}

fn member(found: &mut Found<'_>, was: &Member, is: &Member) {
    let at = at(is);
    let (before, after) = (&was.content, &is.content);
    found.field(&at, Field::Name, Some(&before.name), Some(&after.name));
    found.field(&at, Field::Resource, before.resource.as_ref(), after.resource.as_ref());
    found.list(&at, Field::Role, &before.roles, &after.roles);
    period(found, &at, &before.period, &after.period);
    found.field(&at, Field::OnBehalfOf, before.on_behalf_of.as_ref(), after.on_behalf_of.as_ref());
}
