//! Shared plans of which nobody knows whose they are, because a record was taken out of their person.

use std::sync::Arc;

use access::policy::{Context, LaunchOf, Way};
use access::{Decision as Decided, Operation, PatientAt, PersonId, StoreError, decide};
use app::unsettled::{Answered, Candidate, STAYS, Unsettled, UnsettledItem, Written};
use shared_plan::concern::Concern;
use shared_plan::decision::Decision;
use shared_plan::overlay::Overlay;
use shared_plan::plan::Plan;
use shared_plan::ports::{Document, Doubt, Key, Kind, Said, Settled};
use shared_plan::{ContentError, Kept};

use super::{home, of_launch};
use crate::rooms::Room;
use crate::state::Server;
use crate::{shared_plan as plans, sources};

/// What waits for an answer on the pages of a launch.
pub async fn unsettled(server: &Server, room: &Room) -> Result<Unsettled, StoreError> {
    let tenant = &room.launch.tenant;
    // Somebody whom nobody knows yet has nothing.
    let Some(person) = server.persons.lookup(tenant, &home(room)).await? else { return Ok(Unsettled::default()) };
    let whose = &server.plan_store.whose;
    let here = whose.in_doubt(tenant, &person).await?;
    let mut elsewhere: Vec<Key> = Vec::new();
    for link in server.persons.links(tenant, &person).await? {
        for key in whose.may_be_of(tenant, &link.at).await? {
            if !elsewhere.contains(&key) && !here.iter().any(|doubt| *doubt.key() == key) {
                elsewhere.push(key);
            }
        }
    }
    Ok(Unsettled { here: here.len(), elsewhere: elsewhere.len(), may_settle: may_settle(room), unknown: false })
}

/// True where the user may say whose they are: whoever may take a record out.
pub fn may_settle(room: &Room) -> bool {
    let context = Context { session: true, launch: LaunchOf::ThisSession, way: Way::OwnGrant };
    decide(Some(&room.launch.viewer), Operation::SplitPerson, &context) == Decided::Allowed
}

/// The list from which a user answers.
pub async fn items(server: &Server, room: &Room) -> Result<Vec<UnsettledItem>, StoreError> {
    let tenant = &room.launch.tenant;
    let person = of_launch(server, room).await?;
    let mut items = Vec::new();
    for doubt in server.plan_store.whose.in_doubt(tenant, &person).await? {
        let mut candidates = Vec::new();
        for (index, left) in doubt.left.iter().enumerate() {
            // A record that has come back, or is nobody's any more, is no other answer.
            let whose = server.persons.lookup(tenant, left).await?;
            if whose.is_some_and(|whose| whose != person) {
                candidates.push(Candidate { name: name_of(index), source_name: source_name(server, left) });
            }
        }
        items.push(item(server, &doubt, candidates));
    }
    Ok(items)
}

/// What an answer means.
pub enum Meant {
    /// The document is this person's.
    Person {
        /// The document.
        key: Key,
        /// Whose it is.
        to: PersonId,
        /// True where it stays with the person of the launch.
        stays: bool,
    },
    /// The question is over.
    Before,
    /// Nothing that could be answered.
    Nothing,
}

/// Finds out what an answer means: `whose` is [`STAYS`], or the name of a record that was taken out.
pub async fn meant(
    server: &Server,
    room: &Room,
    document: &str,
    question: u64,
    whose: &str,
) -> Result<Meant, StoreError> {
    let tenant = &room.launch.tenant;
    let person = of_launch(server, room).await?;
    let all = server.plan_store.whose.in_doubt(tenant, &person).await?;
    let asked = |doubt: &&Doubt| document_name(doubt.key()) == document && doubt.question == question;
    let Some(doubt) = all.iter().find(asked) else { return Ok(Meant::Before) };
    let to = if whose == STAYS {
        Some(person.clone())
    } else {
        let named = doubt.left.iter().enumerate().find(|(index, _)| name_of(*index) == whose);
        match named {
            Some((_, left)) => server.persons.lookup(tenant, left).await?,
            None => None,
        }
    };
    let key = doubt.key().clone();
    Ok(to.map_or(Meant::Nothing, |to| Meant::Person { key, stays: to == person, to }))
}

/// Carries it out.
pub async fn settle(
    server: &Arc<Server>,
    room: &Room,
    key: &Key,
    question: u64,
    to: &PersonId,
) -> Result<Answered, StoreError> {
    let person = of_launch(server, room).await?;
    let said = Said { by: plans::caller(server, room, None).await?.who, at: server.clock.now() };
    let settled = server.plan_store.whose.settle(key, question, to, &said).await?;
    for whose in [&person, to] {
        plans::read_again(server, &room.launch.tenant, whose);
    }
    // The answer stands; a launch that could not follow shows less than there is, and housekeeping looks after it.
    let theirs = |whose: &PersonId| *whose == person || whose == to;
    if let Err(error) = plans::begin_where_none(server, &room.launch.tenant, theirs).await {
        tracing::error!(%error, "an open launch could not begin to read what has come to be its person's");
    }
    Ok(match settled {
        Settled::Kept => Answered::Kept { stays: *to == person },
        Settled::Answered | Settled::Missing => Answered::Before,
    })
}

fn name_of(index: usize) -> String {
    format!("record-{index}")
}

/// The name of a document in forms.
fn document_name(key: &Key) -> String {
    format!("{}-{}", key.kind.code(), key.id)
}

fn item(server: &Server, doubt: &Doubt, candidates: Vec<Candidate>) -> UnsettledItem {
    let written = |document: &Document| Written {
        by: document.by.name.clone(),
        at: document.at,
        source_name: document.written_at.as_ref().map(|at| source_name(server, at)),
    };
    let changed = (doubt.latest.version != doubt.first.version).then(|| written(&doubt.latest));
    UnsettledItem {
        name: document_name(doubt.key()),
        question: doubt.question,
        kind: doubt.key().kind,
        title: title(server, &doubt.latest).unwrap_or_else(|error| {
            tracing::error!(document = doubt.key().id, %error, "a document in doubt could not be read");
            None
        }),
        begun: written(&doubt.first),
        changed,
        candidates,
    }
}

/// What it is about, as people know it.
fn title(server: &Server, document: &Document) -> Result<Option<String>, ContentError> {
    Ok(match document.key.kind {
        Kind::Plan => Some(Plan::from_document(document)?.content.title),
        Kind::Concern => Some(Concern::from_document(document)?.content.description.title().to_owned()),
        Kind::Overlay => {
            let target = Overlay::from_document(document)?.target;
            let place = source_name(server, &PatientAt::new(target.source, ""));
            Some(target.display.map_or_else(|| place.clone(), |display| format!("{display}, {place}")))
        }
        Kind::Decision => {
            let decision = Decision::from_document(document)?;
            decision.words.or(decision.reason)
        }
    })
}

fn source_name(server: &Server, at: &PatientAt) -> String {
    let config = server.config.source(&at.source);
    config.map_or_else(|| at.source.clone(), |config| sources::source(config).name)
}
