//! The care team: the participants of every CareTeam.

use fhir::{CareTeam, CareTeamParticipant, FhirDate, Period, Practitioner, Resource};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::codings::{label, words};
use super::records::{Found, Records};
use crate::plan::TeamMember;

/// One entry for each participant, in the order of the teams' keys and of the participants in them.
///
/// A team without participants is no member; it stays among the supporting resources.
pub(super) fn members(records: &Records<'_>, today: Date) -> Vec<TeamMember> {
    let mut members = Vec::new();
    for resource in records.of_kind("CareTeam") {
        let team: CareTeam = resource.read();
        let over = matches!(team.status.as_deref(), Some("inactive" | "entered-in-error"))
            || ended(team.period.as_ref(), today);
        for participant in &team.participant {
            members.push(TeamMember {
                former: over || ended(participant.period.as_ref(), today),
                ..member(records, resource, &team, participant)
            });
        }
    }
    members
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
        name: name.unwrap_or_else(|| "Unnamed member".to_owned()),
        roles,
        contact: contact(records, resource, participant),
        team: words(team.name.as_deref()),
        status: team.status.0.clone(),
        former: false,
    }
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
