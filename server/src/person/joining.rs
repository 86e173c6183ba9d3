//! A source joins a launch: without a question where there is none, by its answer where there is one.

use access::launch::OpenedBy;
use access::person::likeness::{Facts, Likeness, compare};
use access::person::{Hung, Joining, Linking};
use access::policy::{Context, LaunchOf, Way};
use access::{
    Decision, Link, Operation, PatientAt, PersonId, Proof, Purpose, StoreError, TenantId, UserKey, Viewer, decide,
};
use app::who::{Known, Tie, Ties, Withheld};
use fhir::SourceId;
use shared_plan::Who;
use shared_plan::ports::Said;

use super::{gather, of_launch};
use crate::rooms::Room;
use crate::shared_plan as plans;
use crate::state::Server;

/// What is known of a Patient that a source has granted for an open launch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrived {
    /// It is the person of the launch, and linked.
    Theirs,
    /// A user must say; nothing was linked.
    Ask {
        /// True where it is linked to another person.
        of_another: bool,
    },
}

/// How a Patient is known to be the person of a launch; `None` where it is not.
pub async fn known(server: &Server, room: &Room, at: &PatientAt) -> Result<Option<Proof>, StoreError> {
    let person = of_launch(server, room).await?;
    let links = server.persons.links(&room.launch.tenant, &person).await?;
    Ok(links.into_iter().find(|link| link.at == *at).map(|link| link.how))
}

/// Links a granted Patient to the person of a launch, where that needs no question.
///
/// What only a grant has proven is asked again when the records have come to differ.
pub async fn arrived(
    server: &Server,
    room: &Room,
    at: &PatientAt,
    (own, other): (&Facts, &Facts),
    who: Option<UserKey>,
) -> Result<Arrived, StoreError> {
    let tenant = &room.launch.tenant;
    let person = of_launch(server, room).await?;
    let whose = server.persons.lookup(tenant, at).await?;
    if whose.as_ref().is_some_and(|whose| *whose != person) {
        return Ok(Arrived::Ask { of_another: true });
    }
    let different = matches!(compare(own, other), Likeness::Different(_));
    if different || !own.tell_who() || !other.tell_who() {
        return Ok(Arrived::Ask { of_another: false });
    }
    let how = Proof::Grant { launch: room.launch.id.clone() };
    let link = Link { at: at.clone(), how, who, when: server.clock.now() };
    Ok(match server.persons.link(tenant, &person, &link).await? {
        Linking::Linked | Linking::AlreadyTheirs => Arrived::Theirs,
        Linking::AnotherPersons(_) => Arrived::Ask { of_another: true },
        Linking::NotProven | Linking::NoSuchPerson => Arrived::Ask { of_another: false },
    })
}

/// Why a user may not say that two records are one person's: `None` where they may. `named` is true where the sign-in
/// there has said who they are.
pub fn withheld(viewer: &Viewer, named: bool, of_another: bool) -> Option<Withheld> {
    if !of_another {
        return None;
    }
    let context = Context { session: true, launch: LaunchOf::ThisSession, way: Way::OwnGrant };
    if decide(Some(viewer), Operation::JoinPersons, &context) != Decision::Allowed {
        return Some(Withheld::Carer);
    }
    // Two persons that are known are joined by name only.
    (!named && viewer.user.is_none()).then_some(Withheld::Nameless)
}

/// What came of "yes, the same person".
#[derive(Debug)]
pub enum Confirmed {
    /// The Patient is the person's now.
    Joined {
        /// What hung on a person that is no more.
        hung: Vec<Hung>,
    },
    /// Meanwhile it has become another person's: that has other consequences, so it is asked again.
    AskAgain,
    /// Two known persons are joined by name only, and nobody is named.
    Nameless,
    /// One of the persons is not there any more.
    Gone,
}

/// Links or joins by a confirmed question. `of_another` is what the user was shown.
pub async fn confirm(
    server: &Server,
    room: &Room,
    at: &PatientAt,
    question: &str,
    of_another: bool,
    who: Option<UserKey>,
) -> Result<Confirmed, StoreError> {
    let (tenant, when) = (&room.launch.tenant, server.clock.now());
    let person = of_launch(server, room).await?;
    let how = Proof::Confirmed { question: question.to_owned() };
    let link = Link { at: at.clone(), how, who: who.clone(), when };
    let other = match server.persons.link(tenant, &person, &link).await? {
        Linking::Linked | Linking::AlreadyTheirs => return Ok(Confirmed::Joined { hung: Vec::new() }),
        Linking::NotProven | Linking::NoSuchPerson => return Ok(Confirmed::Gone),
        Linking::AnotherPersons(other) => other,
    };
    if !of_another {
        return Ok(Confirmed::AskAgain);
    }
    let Some(who) = who else { return Ok(Confirmed::Nameless) };
    let joining = Joining { question: question.to_owned(), who, when };
    let joined = server.persons.join(tenant, &person, &other, &joining).await?;
    if joined.is_some() {
        come_along(server, tenant, &person, &joining).await;
    }
    Ok(joined.map_or(Confirmed::Gone, |joined| Confirmed::Joined { hung: joined.hung }))
}

/// Brings what hung on the one who was joined. Where that fails it is done when the person is opened again, or by
/// housekeeping: the join stands.
async fn come_along(server: &Server, tenant: &TenantId, person: &PersonId, joining: &Joining) {
    let by = Who { user: Some(joining.who.clone()), ..Who::clock() };
    let said = Said { by, at: joining.when };
    match gather(&*server.persons, &*server.plan_store.whose, tenant, person, &said).await {
        Ok(_) => plans::read_again(server, tenant, person),
        Err(error) => tracing::error!(%error, "what hung on a person who was joined has not come along yet"),
    }
}

/// The Patients that are known to be the person's of a launch.
pub async fn ties(server: &Server, room: &Room) -> Result<Ties, StoreError> {
    let tenant = &room.launch.tenant;
    let known = match server.persons.lookup(tenant, &super::home(room)).await? {
        Some(person) => server.persons.links(tenant, &person).await?,
        None => Vec::new(),
    };
    let tie = |link: Link| Tie {
        source: SourceId::new(link.at.source.as_str()),
        patient: link.at.patient,
        how: match link.how {
            Proof::Grant { .. } => Known::Grant,
            Proof::Match { .. } => Known::Match,
            Proof::Confirmed { .. } => Known::Confirmed,
        },
        when: link.when,
    };
    let context = Context { session: true, launch: LaunchOf::ThisSession, way: Way::OwnGrant };
    let may_split = decide(Some(&room.launch.viewer), Operation::SplitPerson, &context) == Decision::Allowed;
    let shared = shared(server, room, &known).await?;
    Ok(Ties { known: known.into_iter().map(tie).collect(), may_split, shared })
}

/// In a launch of the panel, the sources whose record is shared with the care team; what is not, is not read there.
async fn shared(server: &Server, room: &Room, known: &[Link]) -> Result<Option<Vec<SourceId>>, StoreError> {
    if room.launch.opened_by != OpenedBy::Panel {
        return Ok(None);
    }
    let (tenant, now) = (&room.launch.tenant, server.clock.now());
    let person = of_launch(server, room).await?;
    let mut shared = Vec::new();
    for link in known {
        let source = link.at.source.as_str();
        if server.consents.in_force(tenant, &person, source, Purpose::CareTeam, now).await?.is_some() {
            shared.push(SourceId::new(source));
        }
    }
    Ok(Some(shared))
}
