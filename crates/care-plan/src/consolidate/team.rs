//! The care team: the participants of every CareTeam.

use std::collections::BTreeMap;

use fhir::{CareTeam, CareTeamParticipant, FhirDate, Period, Practitioner, Resource, ResourceKey};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::codings::{label, words};
use super::item_id;
use super::records::{Found, Records};
use crate::plan::{ActsFor, Evidence, ItemId, TeamMember};

/// System of the National Provider Identifier.
const NPI: &str = "http://hl7.org/fhir/sid/us-npi";

/// One entry for each participant, in the order of the teams' keys and of the participants in them.
///
/// A team without participants is no member; it stays among the supporting resources.
pub(super) fn members(records: &Records<'_>, today: Date) -> Vec<TeamMember> {
    let mut members = Vec::new();
    for resource in records.of_kind("CareTeam") {
        let team: CareTeam = resource.read();
        let over = matches!(team.status.as_deref(), Some("inactive" | "entered-in-error"))
            || ended(team.period.as_ref(), today);
        for (at, participant) in team.participant.iter().enumerate() {
            let (who, because) = who(records, resource, participant, at);
            members.push(TeamMember {
                former: over || ended(participant.period.as_ref(), today),
                who,
                because,
                ..member(records, resource, &team, participant)
            });
        }
    }
    same_people(&mut members);
    members
}

/// Says of entries that are the same person or organisation why they are.
fn same_people(members: &mut [TeamMember]) {
    let mut counted: BTreeMap<ItemId, usize> = BTreeMap::new();
    for member in &*members {
        *counted.entry(member.who.clone()).or_default() += 1;
    }
    for member in members {
        if counted[&member.who] < 2 {
            member.because.clear();
        }
    }
}

/// Who a participant is, over all teams: by a national identifier and the family name, else by the resource it is.
///
/// The number alone is not enough: numbers are mistyped and copied from template to template, and a nephrologist and a
/// family doctor shown as one person are worse than one person shown twice.
fn who(
    records: &Records<'_>,
    resource: &Resource,
    participant: &CareTeamParticipant,
    at: usize,
) -> (ItemId, Vec<Evidence>) {
    let Some(found) = participant.member.as_ref().and_then(|member| human(records, resource, member)) else {
        return (item_id::of_part('t', resource.key(), at), Vec::new());
    };
    let national = found.identifiers().iter().find(|identifier| identifier.system.as_deref() == Some(NPI));
    match national.and_then(|identifier| words(identifier.value.as_deref())) {
        Some(value) => {
            let evidence = Evidence::SamePractitioner { system: NPI.to_owned(), value: value.clone() };
            (item_id::item_id('t', &[NPI, &value, &family(found)]), vec![evidence])
        }
        None => (item_id::of_key('t', found.key()), Vec::new()),
    }
}

/// The family name, in small letters and without anything between them; empty where there is none.
fn family(found: &Resource) -> String {
    let person: Practitioner = found.read();
    let families = person.name.iter().filter_map(|name| name.family.as_deref());
    let letters = |family: &str| family.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    families.map(letters).find(|family: &String| !family.is_empty()).unwrap_or_default()
}

/// The resource that a participant is; of a role, the person who has it.
fn human<'a>(records: &Records<'a>, resource: &Resource, member: &fhir::Reference) -> Option<&'a Resource> {
    let found = records.resource(resource, member)?;
    if found.kind() != "PractitionerRole" {
        return Some(found);
    }
    let role: fhir::PractitionerRole = found.read();
    let person = role.practitioner.as_ref().and_then(|person| records.resource(found, person));
    Some(person.unwrap_or(found))
}

fn member(
    records: &Records<'_>,
    resource: &Resource,
    team: &CareTeam,
    participant: &CareTeamParticipant,
) -> TeamMember {
    let name = participant.member.as_ref().and_then(|member| records.name(resource, member));
    let roles: Vec<String> = participant.role.iter().filter_map(|role| label(Some(role))).collect();
    TeamMember {
        source: resource.key().source.clone(),
        key: resource.key().clone(),
        who: ItemId(String::new()),
        because: Vec::new(),
        role_codes: participant
            .role
            .iter()
            .flat_map(|role| &role.coding)
            .filter_map(|coding| coding.code.0.clone())
            .collect(),
        kind: participant.member.as_ref().and_then(|member| kind(records, resource, member)),
        resource: participant.member.as_ref().and_then(|member| own(records, resource, member)),
        on_behalf_of: acts_for(records, resource, participant),
        until: participant.period.as_ref().and_then(|period| period.end.0.clone()),
        name: name.unwrap_or_else(|| "Unnamed member".to_owned()),
        roles,
        contact: contact(records, resource, participant),
        team: words(team.name.as_deref()),
        status: team.status.0.clone(),
        former: false,
    }
}

/// The resource that a participant is; of a role, the practitioner who has it, though they were not read.
fn own(records: &Records<'_>, resource: &Resource, member: &fhir::Reference) -> Option<ResourceKey> {
    let holder = role(records, resource, member).and_then(|(found, role)| {
        let person = role.practitioner.as_ref()?;
        records.key_of(found, person)
    });
    holder.or_else(|| records.key_of(resource, member))
}

/// The organisation of a participant: the team's own word goes first, then that of their role.
fn acts_for(records: &Records<'_>, resource: &Resource, participant: &CareTeamParticipant) -> Option<ActsFor> {
    let named = |from: &Resource, organisation: &fhir::Reference| {
        let (key, name) = (records.key_of(from, organisation), records.name(from, organisation));
        (key.is_some() || name.is_some()).then_some(ActsFor { key, name })
    };
    let said = participant.on_behalf_of.as_ref().and_then(|organisation| named(resource, organisation));
    said.or_else(|| {
        let (found, role) = role(records, resource, participant.member.as_ref()?)?;
        named(found, role.organization.as_ref()?)
    })
}

/// The role that a participant is, where it is one that was read.
fn role<'a>(
    records: &Records<'a>,
    resource: &Resource,
    member: &fhir::Reference,
) -> Option<(&'a Resource, fhir::PractitionerRole)> {
    let found = records.resource(resource, member).filter(|found| found.kind() == "PractitionerRole")?;
    Some((found, found.read()))
}

fn kind(records: &Records<'_>, resource: &Resource, member: &fhir::Reference) -> Option<String> {
    let said = || match member.target()? {
        fhir::Target::Relative { kind, .. } | fhir::Target::Absolute { kind, .. } => Some(kind),
        _ => member.kind.0.clone(),
    };
    records.resource(resource, member).map(|found| found.kind().to_owned()).or_else(said)
}

/// A phone number, else any other contact, of the person or organisation.
fn contact(records: &Records<'_>, resource: &Resource, participant: &CareTeamParticipant) -> Option<String> {
    let Found::Resource(found) = records.find(resource, participant.member.as_ref()?) else { return None };
    // `telecom` has the same shape on all of them.
    let telecom = found.read::<Practitioner>().telecom;
    let value = |contact: &fhir::ContactPoint| words(contact.value.as_deref());
    let phone = telecom.iter().filter(|contact| contact.system.as_deref() == Some("phone")).find_map(value);
    phone.or_else(|| telecom.iter().find_map(value))
}

fn ended(period: Option<&Period>, today: Date) -> bool {
    let end = period.and_then(|period| period.end.as_ref());
    end.and_then(|end: &FhirDate| end.last_day(&TimeZone::UTC)).is_some_and(|end| end < today)
}
