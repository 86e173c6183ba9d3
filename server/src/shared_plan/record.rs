//! The shared plan as one more source of a launch.

use std::sync::{Arc, Weak};

use access::{PersonId, StoreError, TenantId};
use aggregation::LocalRecord;
use app::desk::kept::Waiting;
use async_trait::async_trait;
use care_plan::snapshot::{Reason, Source};
use care_plan_service::neighbours::directory::DIRECTORY;
use care_plan_service::service::{Caller, Failure, SOURCE};
use fhir::{Resource, SourceId};
use shared_plan::concern::Concern;
use shared_plan::decision::Decision;
use shared_plan::fhir::{Bases, resources_of};
use shared_plan::overlay::Overlay;
use shared_plan::plan::Plan;
use shared_plan::ports::{Document, Kind, Selection};
use shared_plan::{Foreign, Kept};
use url::Url;

use super::kept::Found;
use super::{KeptHere, caller_for};
use crate::person;
use crate::rooms::Room;
use crate::state::Server;

/// Documents that are asked for at a time.
const PAGE: usize = 100;

/// What is kept of one person, for one launch.
struct SharedPlan {
    server: Weak<Server>,
    caller: Caller,
    person: PersonId,
    base: Url,
    kept: Arc<KeptHere>,
}

/// Begins to read the shared plan for a launch. Where the tenant has no licence, only what was kept while it had is read;
/// nothing is done where there is nothing.
///
/// # Errors
/// It could not be asked whose launch it is.
pub async fn connect(server: &Arc<Server>, room: &Room) -> Result<(), StoreError> {
    let person = person::of_launch(server, room).await?;
    person::gather_for(server, &room.launch.tenant, &person).await?;
    if !server.care_plans.is_licensed(&room.launch.tenant) {
        match server.care_plans.keeps_something(&room.launch.tenant, &person).await {
            Ok(false) => {
                // What was read before is somebody else's now, or in doubt.
                disconnect(room);
                return Ok(());
            }
            Ok(true) => {}
            // What cannot be asked is not taken for empty: the record will say that it has failed.
            Err(error) => tracing::error!(%error, "it could not be seen whether there is a shared plan"),
        }
    }
    let mut base = server.config.public_url.clone();
    base.set_path("/fhir/r4");
    let source = Source {
        id: SourceId::new(SOURCE),
        name: "Shared plan".to_owned(),
        tag: "SP".to_owned(),
        base: Some(base.to_string()),
    };
    let caller = caller_for(room, person.clone(), None);
    // What was kept of another person is none of this one's.
    room.kept.forget();
    let kept = room.kept.clone();
    let record = SharedPlan { server: Arc::downgrade(server), caller, person: person.clone(), base, kept };
    room.reading.connect_local(source, person.as_str(), Arc::new(record));
    Ok(())
}

/// Ends the reading of the shared plan in a launch, and forgets what came from it.
pub fn disconnect(room: &Room) {
    if room.reading.patient(&SourceId::new(SOURCE)).is_some() {
        room.kept.forget();
        room.disconnect(SOURCE);
    }
}

/// Begins to read the shared plan in those open launches of persons in which there was nothing to read: without the
/// licence, what comes to be theirs is shown too.
///
/// # Errors
/// The first launch of which it could not be asked; all others are looked after.
pub async fn begin_where_none(
    server: &Arc<Server>,
    tenant: &TenantId,
    wanted: impl Fn(&PersonId) -> bool + Send + Sync,
) -> Result<(), StoreError> {
    let source = SourceId::new(SOURCE);
    let mut first = Ok(());
    for room in server.rooms.all() {
        if room.launch.tenant != *tenant || room.reading.patient(&source).is_some() {
            continue;
        }
        let begun = match server.persons.lookup(tenant, &person::home(&room)).await {
            Ok(Some(person)) if wanted(&person) => connect(server, &room).await,
            Ok(_) => Ok(()),
            Err(error) => Err(error),
        };
        first = first.and(begun);
    }
    first
}

/// Reads the shared plan again in every open launch of a person, so that all their screens follow.
pub fn read_again(server: &Server, tenant: &TenantId, person: &PersonId) {
    read_again_where(server, tenant, person, |_| true);
}

/// The same, in some of those launches.
pub fn read_again_where(server: &Server, tenant: &TenantId, person: &PersonId, wanted: impl Fn(&Room) -> bool) {
    let source = SourceId::new(SOURCE);
    for room in server.rooms.all() {
        let is_theirs = || room.reading.patient(&source).is_some_and(|known| known == person.as_str());
        if room.launch.tenant == *tenant && is_theirs() && wanted(&room) {
            room.reading.retry(&source);
        }
    }
}

/// Where persons were joined or parted, open launches go on with the plans of the one who is theirs now.
///
/// # Errors
/// It could not be asked whose launch it is.
pub async fn follow_its_person(server: &Arc<Server>, room: &Room) -> Result<(), StoreError> {
    let person = person::of_launch(server, room).await?;
    let known = room.reading.patient(&SourceId::new(SOURCE));
    if known.is_some_and(|known| known == person.as_str()) { Ok(()) } else { connect(server, room).await }
}

#[async_trait]
impl LocalRecord for SharedPlan {
    fn kinds(&self) -> &'static [&'static str] {
        &["CarePlan", "CareTeam", "Condition", "Goal", "Task"]
    }

    fn base(&self) -> &Url {
        &self.base
    }

    async fn read(&self) -> Result<Vec<Resource>, Reason> {
        let Some(server) = self.server.upgrade() else { return Err(Reason::Unreachable) };
        let turn = self.kept.begin();
        let read = async {
            // What hung on somebody who was joined is theirs, also where the join was cut off before it came along.
            person::gather_for(&server, &self.caller.tenant, &self.person).await?;
            let plans: Vec<Plan> = self.all(&server, Kind::Plan).await?;
            let concerns: Vec<Concern> = self.all(&server, Kind::Concern).await?;
            let decisions: Vec<Decision> = self.all(&server, Kind::Decision).await?;
            let overlays: Vec<Overlay> = self.all(&server, Kind::Overlay).await?;
            let waiting = self.waiting(&server).await?;
            Ok::<_, Failure>((plans, Found { decisions, overlays, concerns, waiting }))
        };
        let (plans, found) = read.await.map_err(|error| {
            tracing::error!(%error, "the shared plan could not be read for a launch");
            match error {
                Failure::Refused(_) | Failure::NotLicensed => Reason::Refused(None),
                Failure::Content(_) => Reason::NotFhir,
                _ => Reason::Unreachable,
            }
        })?;
        // Before the resources: whoever looks meanwhile sees either, and everybody both when the reading tells of itself.
        let concerns = found.concerns.clone();
        self.kept.put(turn, found);
        let tenant = &*self.caller.tenant.0;
        let base = |foreign: &Foreign| {
            if foreign.source == DIRECTORY {
                return server.config.directory_url().map(Url::to_string);
            }
            let source = server.config.source(&foreign.source).filter(|source| *source.tenant == *tenant);
            source.map(|source| source.fhir_base.to_string())
        };
        let resources = resources_of(&plans, &concerns, Bases(&base)).into_iter();
        // Who the person is, the sources say; this record keeps nothing of it.
        let resources = resources.filter(|resource| resource["resourceType"] != "Patient");
        let source = SourceId::new(SOURCE);
        resources
            .map(|resource| Resource::parse(&source, &resource.to_string()))
            .collect::<Result<_, _>>()
            .map_err(|_| Reason::NotFhir)
    }
}

impl SharedPlan {
    /// What may be the person's: it is neither shown nor followed, and nothing is begun beside it.
    async fn waiting(&self, server: &Server) -> Result<Waiting, Failure> {
        let (mut decisions, mut overlays) = (Vec::new(), Vec::new());
        for doubt in server.plan_store.whose.in_doubt(&self.caller.tenant, &self.person).await? {
            match doubt.key().kind {
                Kind::Decision => decisions.push(Decision::from_document(&doubt.latest)?),
                Kind::Overlay => overlays.push(Overlay::from_document(&doubt.latest)?),
                Kind::Plan | Kind::Concern => {}
            }
        }
        Ok(Waiting::new(decisions, overlays))
    }

    /// Everything of one kind that hangs on the person.
    async fn all<T: Kept>(&self, server: &Server, kind: Kind) -> Result<Vec<T>, Failure> {
        let mut found = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let person = Some(self.person.clone());
            let selection = Selection { kind, person, statuses: Vec::new(), changed_since: None };
            let page = server.care_plans.list(&self.caller, selection, after.as_deref(), PAGE).await?;
            let read = |document: &Document| T::from_document(document);
            found.extend(page.documents.iter().map(read).collect::<Result<Vec<T>, _>>()?);
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(found),
            }
        }
    }
}
