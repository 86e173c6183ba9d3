//! One open launch: what it reads, and by which grants.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use access::person::likeness::Facts;
use access::{Launch, LaunchId, PatientAt, StandingKey, StoreError};
use aggregation::Reading;
use app::desk::Picture;
use care_plan::snapshot::{Reason, Status};
use care_plan::{ConsolidatedPlan, Snapshot};
use fhir::{ResourceKey, SourceId};
use fhir_client::FhirServer;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use smart::Grant;
use tokio::sync::watch;

use crate::panel::{Sightings, backend, read_by_backend};
use crate::state::Server;
use crate::tokens::{TokenKeeper, standing};
use crate::{mismatch, person, shared_plan, sources};

/// A plan, with the revision of the reading and of what is kept here that it was made of.
type Consolidated = ((u64, u64), Arc<ConsolidatedPlan>);

/// One open launch.
pub struct Room {
    /// The launch.
    pub launch: Launch,
    /// The reading of its sources.
    pub reading: Reading,
    /// When it was opened in this process.
    pub opened: Timestamp,
    /// The tenant's time zone: "today" is the tenant's.
    pub time_zone: TimeZone,
    /// What came of looking for the person where the tenant itself is registered.
    pub sightings: Sightings,
    /// What people settled and edited here, as it was read last.
    pub kept: Arc<shared_plan::KeptHere>,
    /// Who the launch's own source said that its Patient is, when it was first heard: a write for somebody else is refused.
    pub described: OnceLock<Facts>,
    consolidated: Mutex<Option<Consolidated>>,
    grants: Mutex<HashMap<String, Grant>>,
    /// What is read by standing grants.
    shared: Mutex<Vec<StandingKey>>,
    looked_again: Mutex<Option<Timestamp>>,
    closed: watch::Sender<bool>,
}

impl Room {
    pub(super) async fn open(server: &Arc<Server>, launch: Launch) -> Result<Arc<Self>, StoreError> {
        let tenant = server.config.tenant(&launch.tenant.0);
        let time_zone = tenant.and_then(|tenant| TimeZone::get(&tenant.time_zone).ok()).unwrap_or(TimeZone::UTC);
        let reading = Reading::new(server.clock.clone(), aggregation::Limits::default());
        for source in server.config.sources.iter().filter(|source| *source.tenant == *launch.tenant.0) {
            reading.register(sources::source(source));
        }
        let grants = server.grants.of_launch(&launch.tenant, &launch.id).await?;
        let room = Arc::new(Self {
            launch,
            reading,
            opened: server.clock.now(),
            time_zone,
            sightings: Sightings::default(),
            kept: Arc::default(),
            described: OnceLock::new(),
            consolidated: Mutex::default(),
            grants: Mutex::default(),
            shared: Mutex::default(),
            looked_again: Mutex::default(),
            closed: watch::Sender::new(false),
        });
        mismatch::watch(server, &room);
        for (source, grant) in grants {
            if person::is_theirs(server, &room, &source, grant.patient.as_deref()).await? {
                room.connect(server, &source, grant);
            } else {
                person::disconnect(server, &room, &source).await?;
            }
        }
        for key in server.standing.lent_to(&room.launch.tenant, &room.launch.id, server.clock.now()).await? {
            room.connect_standing(server, &key).await?;
        }
        read_by_backend(server, &room).await?;
        shared_plan::connect(server, &room).await?;
        Ok(room)
    }

    /// Ends what is open of this room: its event streams close, and nothing more is shown from it.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }

    /// Returns when the room is closed, or is held by nobody any more.
    pub fn closed(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut closed = self.closed.subscribe();
        async move {
            // An error says that the room is gone, which is an end too.
            let _ = closed.wait_for(|closed| *closed).await;
        }
    }

    /// Begins to read a source that the launch has a grant for.
    pub fn connect(&self, server: &Arc<Server>, source: &str, grant: Grant) {
        let Some(config) = server.config.source(source) else { return };
        let Some(patient) = grant.patient.clone() else { return };
        let scopes = grant.scopes.clone();
        let Some(fhir) = fhir_server(server, &self.launch.id, source, grant.clone()) else { return };
        self.grants.lock().unwrap_or_else(PoisonError::into_inner).insert(source.to_owned(), grant);
        let permitted = move |kind: &str| ['s', 'r'].iter().any(|letter| smart::permits(&scopes, kind, *letter));
        self.reading.connect_as(sources::source(config), patient, fhir, Arc::new(permitted), config.profile());
    }

    /// Begins to read a source by the person's standing grant, which is noted as lent to this launch: when it is taken back,
    /// the room is closed. False, and nothing is read, where the person does not share it with the care team now.
    ///
    /// The launch must be stored before. An own grant at the source is left as it is: it says more. Nothing is written by
    /// a standing grant: the person let the care team read.
    pub async fn connect_standing(&self, server: &Arc<Server>, key: &StandingKey) -> Result<bool, StoreError> {
        if self.grants.lock().unwrap_or_else(PoisonError::into_inner).contains_key(&key.source) {
            return Ok(true);
        }
        let now = server.clock.now();
        if key.tenant != self.launch.tenant || !server.standing.lend(key, &self.launch.id, now).await? {
            return Ok(false);
        }
        let found = server.standing.lookup(key, now).await?;
        let grant = found.map(|found| Grant::from_bytes(&found.content)).transpose();
        let Some(grant) = grant.map_err(|error| StoreError(Box::new(error)))? else { return Ok(false) };
        let (Some(config), Some(patient)) = (server.config.source(&key.source), grant.patient) else {
            return Ok(false);
        };
        // A grant for a Patient who is not (any more) this person's opens nothing.
        if !person::is_theirs(server, self, &key.source, Some(&patient)).await? {
            return Ok(false);
        }
        let Some(fhir) = standing::server_at(server, key) else { return Ok(false) };
        {
            let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
            shared.retain(|known| known != key);
            shared.push(key.clone());
        }
        let permitted = move |kind: &str| ['s', 'r'].iter().any(|letter| smart::permits(&grant.scopes, kind, *letter));
        self.reading.connect_as(sources::source(config), patient, fhir, Arc::new(permitted), config.profile());
        Ok(true)
    }

    /// Begins to read a source by the tenant's own registration there, which reads and never writes.
    pub fn connect_backend(&self, server: &Server, at: &PatientAt) {
        let Some(config) = server.config.source(&at.source) else { return };
        let Some(fhir) = backend::server_at(server, &at.source) else { return };
        // What the registration covers is between the source and the tenant; the source says so, type by type.
        let permitted = aggregation::everything();
        self.reading.connect_as(sources::source(config), at.patient.as_str(), fhir, permitted, config.profile());
    }

    /// True where everything that is read by a standing grant is still shared.
    pub(super) async fn is_still_shared(&self, server: &Server) -> Result<bool, StoreError> {
        let shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if shared.is_empty() {
            return Ok(true);
        }
        let lent = server.standing.lent_to(&self.launch.tenant, &self.launch.id, server.clock.now()).await?;
        Ok(shared.iter().all(|key| lent.contains(key)))
    }

    /// Ends the reading of a source and forgets what came from it; open screens follow.
    pub fn disconnect(&self, source: &str) {
        self.grants.lock().unwrap_or_else(PoisonError::into_inner).remove(source);
        self.shared.lock().unwrap_or_else(PoisonError::into_inner).retain(|key| key.source != source);
        self.reading.disconnect(&SourceId::new(source));
    }

    /// True where this room reads a Patient.
    pub fn reads(&self, at: &PatientAt) -> bool {
        self.reading.patient(&SourceId::new(at.source.as_str())).is_some_and(|patient| patient == at.patient)
    }

    /// Reads again what a reload should bring: everything once it is ten seconds old, and at once what failed quickly.
    ///
    /// A source that failed by taking too long is left as it is, or its failure would never be seen; its button reads it
    /// once more. Nothing is started while something is being read.
    pub fn look_again(&self, now: Timestamp) {
        let snapshot = self.reading.snapshot();
        let mut looked_again = self.looked_again.lock().unwrap_or_else(PoisonError::into_inner);
        let since = |then: Option<Timestamp>| then.map_or(SignedDuration::MAX, |then| now.duration_since(then));
        if snapshot.pending() > 0 || since(*looked_again) < SignedDuration::from_secs(2) {
            return;
        }
        let newest = snapshot.records.iter().filter_map(|record| record.as_of).max();
        let is_old = since(newest) >= SignedDuration::from_secs(10);
        for record in snapshot.records.iter().filter(|record| record.patient.is_some()) {
            let again = match record.status() {
                Status::Failed(Reason::TimedOut) | Status::Partial(Reason::TimedOut) => false,
                Status::Failed(_) => true,
                _ => is_old,
            };
            if again && self.reading.retry(&record.source.id) {
                *looked_again = Some(now);
            }
        }
    }

    /// True where the grant at a source covers an interaction (`c`, `r`, `u`, `d`, `s`) on a type.
    pub fn may(&self, source: &str, kind: &str, interaction: char) -> bool {
        let grants = self.grants.lock().unwrap_or_else(PoisonError::into_inner);
        grants.get(source).is_some_and(|grant| smart::permits(&grant.scopes, kind, interaction))
    }

    /// True where the launch's own source has said who the person is, and has not put another Patient in their place.
    pub fn is_known(&self, picture: &Picture) -> bool {
        let own = |person: &&care_plan::plan::Demographics| {
            person.source.as_str() == self.launch.source && person.key.id == self.launch.patient
        };
        picture.plan.people.iter().find(own).is_some_and(|person| !person.replaced)
    }

    /// Takes note of who the Patient is, the first time that their source says it.
    fn hear_who_it_is(&self, snapshot: &Snapshot) {
        let source = SourceId::new(self.launch.source.as_str());
        let key = ResourceKey { source, kind: "Patient".to_owned(), id: self.launch.patient.clone() };
        if self.described.get().is_none()
            && let Some(patient) = snapshot.resource(&key)
        {
            let _ = self.described.set(Facts::of(&patient.read()));
        }
    }

    /// What has been read until now, consolidated once for each revision.
    pub fn picture(&self, now: Timestamp) -> Picture {
        let progress = *self.reading.watch().borrow();
        let snapshot = self.reading.snapshot();
        self.hear_who_it_is(&snapshot);
        let (kept, decisions) = self.kept.decisions();
        let made_of = (progress.revision, kept);
        let mut consolidated = self.consolidated.lock().unwrap_or_else(PoisonError::into_inner);
        let plan = match consolidated.as_ref() {
            Some((known, plan)) if *known == made_of => plan.clone(),
            _ => {
                let today = now.to_zoned(self.time_zone.clone()).date();
                let plan = Arc::new(care_plan::consolidate(&snapshot, &decisions, today));
                *consolidated = Some((made_of, plan.clone()));
                plan
            }
        };
        Picture { revision: progress.revision, pending: progress.pending, plan, snapshot }
    }
}

/// The FHIR server of a source, with the tokens of one launch.
pub fn fhir_server(server: &Server, launch: &LaunchId, source: &str, grant: Grant) -> Option<FhirServer> {
    let (config, client) = (server.config.source(source)?, server.registry.by_source(source)?);
    let keeper = TokenKeeper::new(
        launch.clone(),
        client.clone(),
        server.smart.clone(),
        server.grants.clone(),
        server.clock.clone(),
        grant,
    );
    let options = server.reach.options(config, &server.outbound, Some(launch));
    Some(FhirServer::new(options.tokens(Arc::new(keeper))))
}
