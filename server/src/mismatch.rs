//! A source that sends somebody else's resources for the person who was asked for: kept out of the plan, and written down
//! (smart-launch P3, P4).

use std::collections::HashMap;
use std::sync::Arc;

use access::{AuditEvent, Operation, Outcome, PatientAt};
use care_plan::snapshot::{ProblemKind, Record};

use crate::rooms::Room;
use crate::state::Server;

/// Writes an event for each source that sends such resources, and one more when more come; as long as the room is open.
pub fn watch(server: &Arc<Server>, room: &Arc<Room>) {
    let (server, weak_room) = (Arc::downgrade(server), Arc::downgrade(room));
    let mut progress = room.reading.watch();
    tokio::spawn(async move {
        let mut noted: HashMap<String, usize> = HashMap::new();
        // The sender lives in the room: when nobody holds that any more, the watch ends.
        while progress.changed().await.is_ok() {
            let (Some(server), Some(room)) = (server.upgrade(), weak_room.upgrade()) else { return };
            let events = new_events(&server, &room, &mut noted);
            if let Err(error) = server.audit.write_all(&events).await {
                tracing::error!(%error, "a patient mismatch could not be written down");
            }
        }
    });
}

fn new_events(server: &Server, room: &Room, noted: &mut HashMap<String, usize>) -> Vec<AuditEvent> {
    let snapshot = room.reading.snapshot();
    let mut events = Vec::new();
    for record in &snapshot.records {
        let (source, count) = (record.source.id.as_str(), foreign(record));
        let before = noted.insert(source.to_owned(), count).unwrap_or(0);
        if count <= before {
            continue;
        }
        let event = AuditEvent::new(room.launch.tenant.clone(), Operation::ReadPlan, server.clock.now());
        let event = event.of_launch(&room.launch).with(Outcome::PatientMismatch);
        let event = match &record.patient {
            Some(patient) => event.at(PatientAt::new(source, patient.as_str())),
            None => event,
        };
        events.push(AuditEvent { reason: Some(format!("{count} resources of another patient")), ..event });
    }
    events
}

fn foreign(record: &Record) -> usize {
    record.problems.iter().filter(|problem| problem.kind == ProblemKind::OtherPatient).count()
}
