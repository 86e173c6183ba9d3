//! What comes of somebody whom a source names as the person of a launch: linked and read, asked about, or nothing.

use std::sync::Arc;

use access::person::Linking;
use access::policy::{Context, Decision, LaunchOf, Way, decide};
use access::{AuditEvent, Launch, Link, Operation, Outcome, PatientAt, PersonId, Proof, StoreError};
use app::desk::Sighting;
use app::who::{Described, PersonQuestion, Raised};
use fhir::Resource;
use fhir_client::{FhirError, FhirServer};

use super::find::{Candidate, Verdict};
use crate::questions::{self, Question, Reach};
use crate::rooms::Room;
use crate::routes::give_back;
use crate::sources;
use crate::state::Server;

/// Why it could not be seen who somebody is.
#[derive(Debug, thiserror::Error)]
pub enum Unweighed {
    /// The source did not give the record.
    #[error("the Patient could not be read")]
    Fhir(#[from] FhirError),
    /// Our own store did not answer.
    #[error("it could not be looked up or written down")]
    Store(#[from] StoreError),
}

/// Reads the record of a candidate, and acts by what it says. `None` where it is the person and is read now.
pub async fn weigh(
    server: &Arc<Server>,
    room: &Arc<Room>,
    person: &PersonId,
    home: &Resource,
    fhir: &FhirServer,
    named: &Candidate,
) -> Result<Option<Sighting>, Unweighed> {
    match server.persons.lookup(&room.launch.tenant, &named.at).await? {
        Some(whose) if whose == *person => {
            room.connect_backend(server, &named.at);
            return Ok(None);
        }
        // Two whom Accord knows are made one by somebody who signs in there, and never because we have looked: perhaps
        // they were taken apart.
        Some(_) => return Ok(Some(Sighting::NotIdentified)),
        None => {}
    }
    server.audit.write(&event(server, &room.launch, &named.at, "read there to compare it")).await?;
    let held = fhir.read("Patient", &named.at.patient).await?.resource;
    match named.verdict(&home.read(), &held.read()) {
        Verdict::Certain(how) => Ok(join(server, room, person, &named.at, how).await?),
        Verdict::MayBe => Ok(Some(ask(server, room, home, &held, &named.at).await?)),
        Verdict::Another => Ok(Some(Sighting::NotIdentified)),
    }
}

/// Links who was found for certain.
async fn join(
    server: &Arc<Server>,
    room: &Room,
    person: &PersonId,
    at: &PatientAt,
    how: Proof,
) -> Result<Option<Sighting>, StoreError> {
    let (launch, now) = (&room.launch, server.clock.now());
    server.audit.write(&event(server, launch, at, "found there for certain")).await?;
    let link = Link { at: at.clone(), how, who: launch.viewer.user.clone(), when: now };
    match server.persons.link(&launch.tenant, person, &link).await? {
        Linking::Linked | Linking::AlreadyTheirs => {
            room.connect_backend(server, at);
            Ok(None)
        }
        Linking::AnotherPersons(_) | Linking::NotProven | Linking::NoSuchPerson => Ok(Some(Sighting::NotIdentified)),
    }
}

/// Lets the question wait whether both records are one person's, where the user may answer it and has not yet.
async fn ask(
    server: &Arc<Server>,
    room: &Room,
    home: &Resource,
    held: &Resource,
    at: &PatientAt,
) -> Result<Sighting, StoreError> {
    let launch = &room.launch;
    let context = Context { session: true, launch: LaunchOf::ThisSession, way: Way::Backend };
    if decide(Some(&launch.viewer), Operation::ConfirmPerson, &context) != Decision::Allowed {
        return Ok(Sighting::NotIdentified);
    }
    if was_declined(server, launch, at).await? {
        return Ok(Sighting::Declined);
    }
    let described = |source: &str, patient: &Resource| {
        let config = server.config.source(source)?;
        Some(Described::of(sources::source(config), &patient.read()))
    };
    let (Some(own), Some(other)) = (described(&launch.source, home), described(&at.source, held)) else {
        return Ok(Sighting::NotIdentified);
    };
    let id = questions::name(server.opaque.bits());
    let raised = Raised::Search;
    let shown = PersonQuestion { id: id.clone(), own, other, raised, of_another: false, withheld: None };
    let question = Question { shown, launch: launch.id.clone(), at: at.clone(), reach: Reach::Registration };
    give_back(server, server.questions.put(question, server.clock.now())).await;
    Ok(Sighting::MayBe { question: id })
}

/// True where the answer in this launch was no, or that it is not known. It stands in the log, which outlasts the room.
async fn was_declined(server: &Server, launch: &Launch, at: &PatientAt) -> Result<bool, StoreError> {
    let events = server.trail.of_patient(&launch.tenant, at).await?;
    Ok(events.iter().any(|event| {
        event.operation == Operation::ConfirmPerson
            && event.outcome == Outcome::PatientMismatch
            && event.launch.as_ref() == Some(&launch.id)
    }))
}

fn event(server: &Server, launch: &Launch, at: &PatientAt, reason: &str) -> AuditEvent {
    let event = AuditEvent::new(launch.tenant.clone(), Operation::OpenPerson, server.clock.now()).of_launch(launch);
    AuditEvent { reason: Some(reason.to_owned()), ..event.at(at.clone()) }
}
