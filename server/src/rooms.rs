//! The rooms: what the process holds of each open launch. A room can be opened anew from the store at any time.
//!
//! *Invariant:* a room belongs to one launch. Nothing of one room is reachable from another.

mod room;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use access::{LaunchId, Session, SessionHash, StoreError};
use jiff::Timestamp;
pub use room::{Room, fhir_server};
use tokio::sync::OnceCell;

use crate::state::Server;

/// How long a page waits for the board before it goes out with what is there.
pub const BUDGET: Duration = Duration::from_millis(1500);
/// Launches held in memory at a time; the longest unused goes first and is read again when it comes back.
const MOST: usize = 512;

/// All open launches.
#[derive(Default)]
pub struct Rooms {
    open: Mutex<HashMap<LaunchId, Held>>,
}

struct Held {
    room: Arc<OnceCell<Arc<Room>>>,
    /// The session that entered last: a launch moves with its session to the next cookie.
    session: SessionHash,
    used: Timestamp,
}

impl Rooms {
    /// The room of a launch that this session opens; `None` where the session has no such launch.
    pub async fn enter(
        &self,
        server: &Arc<Server>,
        id: &LaunchId,
        session: &Session,
    ) -> Result<Option<Arc<Room>>, StoreError> {
        let found = server.launches.lookup(id, session.hash).await?;
        let Some(launch) = found.filter(|launch| session.opens(launch)) else { return Ok(None) };
        let cell = self.hold(id, session.hash, server.clock.now());
        let room = cell.get_or_try_init(|| Room::open(server, launch.clone())).await?;
        if room.is_still_shared(server).await? {
            return Ok(Some(room.clone()));
        }
        // Something that it shows is shared no longer: it is opened anew without.
        self.close_launches(std::slice::from_ref(id));
        let cell = self.hold(id, session.hash, server.clock.now());
        let room = cell.get_or_try_init(|| Room::open(server, launch)).await?;
        Ok(Some(room.clone()))
    }

    /// Closes the rooms that show what is shared no longer: taken back by way of another process, or ended by its date.
    pub async fn close_unshared(&self, server: &Server) -> Result<(), StoreError> {
        let rooms: Vec<Arc<Room>> = {
            let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            open.values().filter_map(|held| held.room.get().cloned()).collect()
        };
        let mut first = Ok(());
        for room in rooms {
            let shared = room.is_still_shared(server).await;
            // What cannot be asked is not taken for shared: whoever comes next opens it anew, with what is.
            if !matches!(shared, Ok(true)) {
                self.close_launches(std::slice::from_ref(&room.launch.id));
            }
            first = first.and(shared.map(drop));
        }
        first
    }

    /// Closes the rooms of sessions that have ended by themselves, and tells of which launches they were: nobody may look
    /// at what was read for them any more.
    pub async fn close_ended(&self, server: &Server) -> Result<Vec<LaunchId>, StoreError> {
        let sessions: HashSet<SessionHash> = {
            let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            open.values().map(|held| held.session).collect()
        };
        let mut ended = Vec::new();
        for session in sessions {
            if server.sessions.peek(session, server.clock.now()).await?.is_none() {
                ended.extend(self.close(session));
            }
        }
        Ok(ended)
    }

    /// Returns when every source of an open launch has been read or has failed.
    pub async fn settled(&self, id: &LaunchId) {
        if let Some(room) = self.held(id) {
            room.sightings.settled().await;
            room.reading.settled().await;
        }
    }

    /// The room of a launch that is open in this process.
    pub fn held(&self, id: &LaunchId) -> Option<Arc<Room>> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.get(id).and_then(|held| held.room.get().cloned())
    }

    /// Every room that is open in this process.
    pub fn all(&self) -> Vec<Arc<Room>> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.values().filter_map(|held| held.room.get().cloned()).collect()
    }

    /// The session that entered a launch last, under its present cookie.
    pub fn session_of(&self, id: &LaunchId) -> Option<SessionHash> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.get(id).map(|held| held.session)
    }

    /// Closes the rooms of a session, and tells of which launches they were.
    pub fn close(&self, session: SessionHash) -> Vec<LaunchId> {
        self.close_where(|_, held| held.session == session)
    }

    /// Closes the rooms of launches that have ended.
    pub fn close_launches(&self, launches: &[LaunchId]) {
        self.close_where(|id, _| launches.contains(id));
    }

    /// Lets the rooms go with their session to its next cookie.
    pub fn move_to(&self, from: SessionHash, to: SessionHash) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.values_mut().filter(|held| held.session == from).for_each(|held| held.session = to);
    }

    fn close_where(&self, ends: impl Fn(&LaunchId, &Held) -> bool) -> Vec<LaunchId> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let closed = open.extract_if(|id, held| ends(id, held)).map(|(id, held)| {
            if let Some(room) = held.room.get() {
                room.close();
            }
            id
        });
        closed.collect()
    }

    fn hold(&self, id: &LaunchId, session: SessionHash, now: Timestamp) -> Arc<OnceCell<Arc<Room>>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= MOST && !open.contains_key(id) {
            let oldest = open.iter().min_by_key(|(_, held)| held.used).map(|(id, _)| id.clone());
            oldest.map(|id| open.remove(&id));
        }
        let held = open.entry(id.clone()).or_insert_with(|| Held { room: Arc::default(), session, used: now });
        (held.session, held.used) = (session, now);
        held.room.clone()
    }
}
