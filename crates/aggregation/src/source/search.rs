//! One search or read at one source, and how the ways to ask for a type follow each other.

use care_plan::snapshot::{Problem, ProblemKind, Reason, Status};
use fhir_client::{FhirError, Query};
use futures::future::join_all;

use super::Task;
use crate::board::{Answer, SlotName, Wave};
use crate::query_plan::{Search, Step};
use crate::sift::Sifted;
use crate::status;

/// A way to ask that the source does not take: its status, and its words where it gave any.
struct Refused(u16, Option<String>);

impl Refused {
    /// Of two refusals the first that says why.
    fn or_with_words(self, later: Self) -> Self {
        if self.1.is_none() && later.1.is_some() { later } else { self }
    }
}

fn is_rejected(status: &fhir_client::Status) -> bool {
    matches!(status, fhir_client::Status::Rejected { .. })
}

impl Task {
    /// Asks for a type in one way after the other, until the source takes one.
    pub(super) async fn search_type(&self, search: &Search) {
        let mut refusal: Option<Refused> = None;
        let mut refused_broad = false;
        for step in &search.steps {
            match self.step(search.kind, step).await {
                Ok(()) => {
                    if refused_broad && !step.is_broad {
                        self.tell(|_, now| self.connection.server.remembered().refuse_broad(search.kind, now));
                    }
                    return;
                }
                Err(refused) => {
                    refused_broad |= step.is_broad;
                    refusal = Some(match refusal {
                        Some(before) => before.or_with_words(refused),
                        None => refused,
                    });
                }
            }
        }
        let whole = SlotName::whole(search.kind);
        self.quietly(|desk, now| desk.replan(search.kind, std::slice::from_ref(&whole), now));
        match refusal {
            Some(refused) if !search.optional => self.rejected(&whole, refused),
            _ => self.end(&whole, Status::NotSupported),
        }
    }

    /// Makes the searches of one way to ask. It is taken where one of them is.
    async fn step(&self, kind: &str, step: &Step) -> Result<(), Refused> {
        let name = |part: Option<&str>| SlotName { kind: kind.to_owned(), part: part.map(str::to_owned) };
        let names: Vec<SlotName> = step.parts.iter().map(|(part, _)| name(*part)).collect();
        self.quietly(|desk, now| desk.replan(kind, &names, now));
        let asked = step.parts.iter().zip(&names).map(|((_, query), name)| self.search(name, query, Wave::First));
        let answers = join_all(asked).await;
        let refusals = answers.iter().filter_map(|answer| match answer {
            fhir_client::Status::Rejected { status, said } => Some(Refused(*status, said.clone())),
            _ => None,
        });
        let refusals: Vec<Refused> = refusals.collect();
        if refusals.len() == answers.len()
            && let Some(refused) = refusals.into_iter().reduce(Refused::or_with_words)
        {
            return Err(refused);
        }
        let taken = step.parts.iter().zip(&answers).filter(|(_, answer)| !is_rejected(answer));
        let taken = taken.map(|((_, query), _)| query.clone()).collect();
        self.quietly(|desk, _| {
            desk.taken.insert(kind.to_owned(), taken);
            if step.with_provenance {
                desk.with_provenance.insert(kind.to_owned());
            }
        });
        for (name, answer) in names.iter().zip(answers) {
            // A category that the server does not know is one that it has nothing of.
            let is_unknown = is_rejected(&answer);
            self.end(name, if is_unknown { Status::NotSupported } else { status::status(answer) });
        }
        Ok(())
    }

    /// A server takes neither the broad query nor the floor: that is a failure, and its words may say why.
    fn rejected(&self, name: &SlotName, Refused(status, said): Refused) {
        self.quietly(|desk, _| {
            if let (Some(said), Some(slot)) = (said, desk.slots.get_mut(name)) {
                slot.problems.push(Problem { about: Some(name.kind.clone()), kind: ProblemKind::Said(said) });
            }
        });
        self.end(name, Status::Failed(Reason::Http(status)));
    }

    /// Makes one search; each page enters the snapshot as it comes. An answer that the source says is the one of the
    /// reading before is taken from there.
    pub(super) async fn search(&self, name: &SlotName, query: &Query, wave: Wave) -> fhir_client::Status {
        let former = self.quietly(|desk, _| desk.kept().lookup(name, query)).flatten();
        let known = former.as_ref().map(|answer| answer.validators.clone());
        let mut last = None;
        let take = &mut |page| {
            let sifted = Sifted::page(page, &name.kind, &self.source, &self.person);
            last = Some(sifted.clone());
            self.take(name, sifted, wave);
        };
        let searched = self.connection.server.search_pages_unless(query, known, take).await;
        if let Some(former) = former.filter(|_| searched.unchanged) {
            self.take(name, former.sifted, wave);
            return former.status;
        }
        let is_whole = matches!(
            searched.status,
            fhir_client::Status::Complete | fhir_client::Status::Partial(fhir_client::Reason::EntriesUnusable(_))
        );
        let answer = searched.validators.zip(last).filter(|_| is_whole).map(|(validators, sifted)| Answer {
            validators,
            sifted,
            status: searched.status.clone(),
        });
        self.quietly(|desk, _| desk.kept().replace(name, query, answer));
        searched.status
    }

    /// Reads one resource; one that the source says has not changed is taken from the reading before.
    pub(super) async fn read(&self, name: &SlotName, id: &str, wave: Wave) -> Result<(), FhirError> {
        let query = Query::of(name.kind.as_str()).with("_id", id);
        let former = self.quietly(|desk, _| desk.kept().lookup(name, &query)).flatten();
        let known = former.as_ref().map(|answer| &answer.validators);
        match (self.connection.server.read_unless(&name.kind, id, known).await?, former) {
            (Some((read, validators)), _) => {
                let sifted = Sifted::one(read.resource, &self.source, &self.person);
                let status = fhir_client::Status::Complete;
                let answer = validators.map(|validators| Answer { validators, sifted: sifted.clone(), status });
                self.quietly(|desk, _| desk.kept().replace(name, &query, answer));
                self.take(name, sifted, wave);
            }
            (None, former) => former.into_iter().for_each(|answer| self.take(name, answer.sifted, wave)),
        }
        Ok(())
    }
}
