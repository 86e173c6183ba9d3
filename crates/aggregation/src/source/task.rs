//! One reading of one source, from its first request to its last.

use std::sync::{Arc, Weak};

use care_plan::snapshot::{Reason, Status};
use fhir::SourceId;
use fhir::resource::is_id;
use fhir_client::Pace;

use crate::Limits;
use crate::about::Person;
use crate::board::{Connection, Desk, Slot, SlotName, Wave};
use crate::query_plan::{Known, QueryPlan};
use crate::reading::Inner;
use crate::sift::Sifted;

/// One reading of one source. Holds the launch's reading weakly: it ends with it.
pub(crate) struct Task {
    inner: Weak<Inner>,
    generation: u64,
    pub(super) source: SourceId,
    pub(super) person: Person,
    pub(super) connection: Connection,
    pub(super) limits: Limits,
    pub(super) plan: QueryPlan,
}

/// The server speaks another FHIR version.
pub(super) struct WrongVersion(pub(super) String);

impl Task {
    /// A reading of the source that the desk is for. Marks what will be asked, so that nothing looks finished too early.
    pub(crate) fn new(inner: &Arc<Inner>, source: &SourceId, desk: &mut Desk, connection: Connection) -> Self {
        let now = inner.clock.now();
        let stated = connection.server.known_capability();
        if let Some(stated) = &stated {
            desk.learn(stated);
        }
        let known = Known {
            stated: stated.as_deref(),
            refused: connection.server.remembered().refused_broad(now),
            profile: &connection.profile,
            permitted: &*connection.permitted,
        };
        let plan = QueryPlan::of(&known, &connection.patient, inner.limits.count);
        for kind in plan.searches.iter().map(|search| search.kind).chain(["Patient", "Linkage", "Provenance"]) {
            desk.slots.insert(SlotName::whole(kind), Slot::pending(now));
        }
        let settled = plan.unsupported.iter().map(|kind| (kind, Status::NotSupported));
        let withheld = plan.withheld.iter().map(|kind| (kind, Status::NotPermitted(Reason::NoScope)));
        for (kind, status) in settled.chain(withheld) {
            desk.end(&SlotName::whole(kind), status, now);
        }
        let person = Person { id: connection.patient.clone(), base: connection.server.base().clone() };
        Self {
            inner: Arc::downgrade(inner),
            generation: desk.generation,
            source: source.clone(),
            person,
            connection,
            limits: inner.limits,
            plan,
        }
    }

    /// Reads until all is read or the hard deadline is over.
    pub(crate) async fn run(self) {
        let Some(pace) = self.inner.upgrade().map(|inner| Arc::clone(&inner.pace)) else { return };
        if !is_id(&self.person.id) {
            // Nothing is asked with an id that FHIR does not allow: it could be a way to ask for more.
            self.tell(|desk, now| {
                desk.slots.values_mut().for_each(|slot| slot.end(Status::Failed(Reason::NotFhir), now))
            });
            self.tell(Desk::close);
            return;
        }
        let waves = self.waves(&*pace);
        let (soft, hard) = (pace.pause(self.limits.soft), pace.pause(self.limits.hard));
        tokio::pin!(waves);
        tokio::pin!(soft);
        tokio::pin!(hard);
        let mut late = false;
        let ended = loop {
            tokio::select! {
                ended = &mut waves => break ended,
                () = &mut hard => break Ok(()),
                () = &mut soft, if !late => {
                    late = true;
                    self.tell(|desk, _| desk.mark_late());
                }
            }
        };
        self.tell(|desk, now| {
            if let Err(WrongVersion(version)) = ended {
                desk.wrong_version(&version, now);
            }
            desk.close(now);
        });
    }

    async fn waves(&self, pace: &dyn Pace) -> Result<(), WrongVersion> {
        if self.connection.server.known_capability().is_some_and(|stated| stated.release().is_none()) {
            // A source of another release is asked for nothing but whether that still is so.
            self.linkages().await?;
        }
        let record = async {
            self.record(pace).await;
            Ok(())
        };
        // What the server can do is asked beside the rest, and holds back only what cannot be asked without it.
        futures::try_join!(record, self.linkages()).map(|_| ())
    }

    /// Takes in what came for a read. Not told of by itself: a page more is not worth a redraw, a finished type is.
    pub(super) fn take(&self, name: &SlotName, sifted: Sifted, wave: Wave) {
        self.quietly(|desk, now| desk.take(name, sifted, wave, now));
    }

    /// Ends a read, and tells of it.
    pub(super) fn end(&self, name: &SlotName, status: Status) {
        self.tell(|desk, now| {
            desk.end(name, status, now);
            self.relearn(desk);
        });
    }

    /// Reads what has come in the light of what the source has said that it can do.
    pub(super) fn relearn(&self, desk: &mut Desk) {
        if let Some(capability) = self.connection.server.known_capability() {
            desk.learn(&capability);
        }
    }

    /// Changes the desk of this reading, and tells of it. Does nothing where another reading has taken its place.
    pub(super) fn tell(&self, change: impl FnOnce(&mut Desk, jiff::Timestamp)) {
        let Some(inner) = self.inner.upgrade() else { return };
        let now = inner.clock.now();
        inner.change(|board| {
            if let Some(desk) = board.desks.get_mut(&self.source).filter(|desk| desk.generation == self.generation) {
                change(desk, now);
            }
        });
    }

    /// Looks at the desk of this reading, or changes it without telling.
    pub(super) fn quietly<T>(&self, look: impl FnOnce(&mut Desk, jiff::Timestamp) -> T) -> Option<T> {
        let inner = self.inner.upgrade()?;
        let now = inner.clock.now();
        let mut board = inner.board();
        let desk = board.desks.get_mut(&self.source).filter(|desk| desk.generation == self.generation)?;
        Some(look(desk, now))
    }
}
