//! The reading of one launch, as its pages know it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use access::Clock;
use care_plan::Snapshot;
use care_plan::snapshot::{ProblemKind, Source, Status};
use fhir::{Resource, SourceId};
use fhir_client::{FhirServer, Pace, SystemPace};
use tokio::sync::watch;

use crate::about::Person;
use crate::board::{Board, Connection, Desk, Local, SlotName, Wave, Way};
use crate::local::LocalTask;
use crate::sift::Sifted;
use crate::source;
use crate::{Limits, LocalRecord, Profile};

/// Which resource types the grant of a source lets us read (its scopes). A type that it does not cover is not asked for.
pub type Permitted = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// For a source without scopes: every type may be asked for.
pub fn everything() -> Permitted {
    Arc::new(|_| true)
}

/// How far a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Grows with each part that people should see.
    pub revision: u64,
    /// Sources that are being read and not late.
    pub pending: usize,
}

/// The reading of one launch. Clones are the same reading.
///
/// It goes on whether or not anybody looks, and ends when the last clone is dropped.
#[derive(Clone)]
pub struct Reading {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) limits: Limits,
    pub(crate) pace: Arc<dyn Pace>,
    board: Mutex<Board>,
    progress: watch::Sender<Progress>,
}

impl Reading {
    /// A reading without sources, with the machine's timer for its deadlines.
    pub fn new(clock: Arc<dyn Clock>, limits: Limits) -> Self {
        Self::paced(clock, limits, Arc::new(SystemPace))
    }

    /// A reading whose deadlines are measured by `pace`.
    pub fn paced(clock: Arc<dyn Clock>, limits: Limits, pace: Arc<dyn Pace>) -> Self {
        let (progress, _) = watch::channel(Progress::default());
        Self { inner: Arc::new(Inner { clock, limits, pace, board: Mutex::default(), progress }) }
    }

    /// Shows a source where the person has not signed in. Does nothing where it is known already.
    pub fn register(&self, source: Source) {
        self.inner.change(|board| {
            board.desks.entry(source.id.clone()).or_insert_with(|| Desk::new(source));
        });
    }

    /// Reads a source for the person who is `patient` there, at once and from the beginning.
    ///
    /// What was read of that source before is thrown away. Must be called within a Tokio runtime.
    pub fn connect(&self, source: Source, patient: impl Into<String>, server: FhirServer, permitted: Permitted) {
        self.connect_as(source, patient, server, permitted, Profile::default());
    }

    /// As [`Reading::connect`], where something is known of the source's vendor.
    pub fn connect_as(
        &self,
        source: Source,
        patient: impl Into<String>,
        server: FhirServer,
        permitted: Permitted,
        profile: Profile,
    ) {
        let id = source.id.clone();
        let connection = Connection { patient: patient.into(), server, permitted, profile: Arc::new(profile) };
        self.inner.change(|board| {
            let desk = board.desks.entry(id.clone()).or_insert_with(|| Desk::new(source.clone()));
            desk.source = source;
            desk.clear(Some(Way::Server(connection)));
            self.start(&id, desk);
        });
    }

    /// Reads a record that is kept here for the person who is `patient` there, at once and from the beginning.
    ///
    /// What was read of it before is thrown away. Must be called within a Tokio runtime.
    pub fn connect_local(&self, source: Source, patient: impl Into<String>, record: Arc<dyn LocalRecord>) {
        let (id, local) = (source.id.clone(), Local { patient: patient.into(), record });
        self.inner.change(|board| {
            let desk = board.desks.entry(id.clone()).or_insert_with(|| Desk::new(source.clone()));
            desk.source = source;
            desk.clear(Some(Way::Here(local)));
            self.start(&id, desk);
        });
    }

    /// Reads a source again from the beginning, and no other; false where it is not connected. What the source says has
    /// not changed stays as it was read.
    pub fn retry(&self, source: &SourceId) -> bool {
        self.inner.change(|board| {
            let Some(desk) = board.desks.get_mut(source) else { return false };
            match &desk.connection {
                None => return false,
                Some(Way::Server(connection)) => connection.server.try_again(),
                Some(Way::Here(_)) => {}
            }
            desk.begin_again();
            self.start(source, desk);
            true
        })
    }

    /// Ends the reading of a source and erases what came from it; it is shown as not connected.
    pub fn disconnect(&self, source: &SourceId) {
        self.inner.change(|board| {
            if let Some(desk) = board.desks.get_mut(source) {
                desk.clear(None);
            }
        });
    }

    /// Says of a source what its reads do not, such as that the sign-in there has expired. The next reading clears it.
    pub fn set_state(&self, source: &SourceId, state: Status) {
        self.inner.change(|board| {
            if let Some(desk) = board.desks.get_mut(source) {
                desk.state = Some(state);
            }
        });
    }

    /// Puts a resource into the snapshot that was just read or written, in the place of what was known of it.
    ///
    /// # Errors
    /// Why it stays out: another patient's, or of a source that is not connected.
    pub fn put(&self, resource: Resource) -> Result<(), ProblemKind> {
        let now = self.inner.clock.now();
        self.inner.change(|board| {
            let key = resource.key().clone();
            let not_connected = || ProblemKind::Unreadable("its source is not connected".into());
            let desk = board.desks.get_mut(&key.source).ok_or_else(not_connected)?;
            let way = desk.connection.as_ref().ok_or_else(not_connected)?;
            let person = Person { id: way.patient().to_owned(), base: way.base().clone() };
            let sifted = Sifted::one(resource, &key.source, &person);
            if let Some(problem) = sifted.problems.first() {
                return Err(problem.kind.clone());
            }
            for slot in desk.slots.values_mut() {
                slot.resources.retain(|known| *known.key() != key);
            }
            let whole = SlotName::whole(&key.kind);
            if let Some(slot) = desk.slots.get_mut(&whole) {
                slot.resources.extend(sifted.resources);
            } else {
                let name = SlotName::part(&key.kind, "written here");
                desk.take(&name, sifted, Wave::First, now);
                desk.end(&name, Status::Complete, now);
            }
            Ok(())
        })
    }

    /// Tells of each change; a listener that is slow sees only the newest.
    pub fn watch(&self) -> watch::Receiver<Progress> {
        self.inner.progress.subscribe()
    }

    /// How far the reading is.
    pub fn progress(&self) -> Progress {
        *self.inner.progress.borrow()
    }

    /// Waits until no source is pending. Callers put their own time limit on it.
    pub async fn settled(&self) {
        let mut progress = self.watch();
        let _gone_with_the_reading = progress.wait_for(|progress| progress.pending == 0).await;
    }

    /// Everything read so far.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.inner.board().snapshot()
    }

    /// The server of a connected source, for reads and writes of single resources; `None` for what is kept here.
    pub fn server(&self, source: &SourceId) -> Option<FhirServer> {
        match self.inner.board().desks.get(source)?.connection.as_ref()? {
            Way::Server(connection) => Some(connection.server.clone()),
            Way::Here(_) => None,
        }
    }

    /// The person's Patient id at a connected source.
    pub fn patient(&self, source: &SourceId) -> Option<String> {
        Some(self.inner.board().desks.get(source)?.connection.as_ref()?.patient().to_owned())
    }

    fn start(&self, source: &SourceId, desk: &mut Desk) {
        let way = desk.connection.clone().expect("a desk is cleared with a connection before it is read");
        let running = match way {
            Way::Server(connection) => tokio::spawn(source::Task::new(&self.inner, source, desk, connection).run()),
            Way::Here(local) => tokio::spawn(LocalTask::new(&self.inner, source, desk, local).run()),
        };
        desk.runs(running.abort_handle());
    }
}

impl Inner {
    /// Changes the board, and tells of it.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Board) -> T) -> T {
        let (answer, now) = {
            let mut board = self.board();
            let answer = change(&mut board);
            board.revision += 1;
            (answer, Progress { revision: board.revision, pending: board.pending() })
        };
        // Told outside the lock, since listeners look at the board while they hold the channel; so a newer word may have
        // gone out already, and stands.
        self.progress.send_if_modified(|told| {
            let newer = now.revision > told.revision;
            if newer {
                *told = now;
            }
            newer
        });
        answer
    }

    /// The board, to look at or to change without telling.
    pub(crate) fn board(&self) -> MutexGuard<'_, Board> {
        // A panic elsewhere leaves the board whole: each change is complete by itself.
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
