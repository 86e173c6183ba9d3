//! When what is asked: a wave begins once all of the one before has come, or is overdue.
//!
//! One search that hangs must not keep back the people and medications of all the others (smart-launch F3). So what has
//! not come after a share of the soft deadline is not waited for any longer: what the rest refers to is asked for, and at
//! each further share what has come meanwhile. A source that answers in time is asked in three waves, whatever its pace.
//!
//! *Invariant:* what came of the third wave is not followed: there is no fourth.

use std::collections::BTreeSet;

use fhir_client::Pace;
use futures::StreamExt;
use futures::future::{BoxFuture, FutureExt};
use futures::stream::FuturesUnordered;

use super::Task;
use super::provenance::{Origins, Pass};
use crate::board::{Desk, Wave};

/// What has ended of what is under way.
enum Ended {
    FirstWave,
    References,
    Provenance(Pass),
}

/// Something under way: when it began, and whether what it brings is followed.
struct Flight {
    ended: Ended,
    /// The share of time in which it began; `None` where no wave waits for it.
    began: Option<u32>,
    is_followed: bool,
}

/// The rounds of one reading.
struct Rounds<'a> {
    task: &'a Task,
    under_way: FuturesUnordered<BoxFuture<'a, Flight>>,
    /// Types and ids that were asked for, since others refer to them.
    asked: BTreeSet<(String, String)>,
    origins: Origins,
    is_first_wave_over: bool,
    /// Shares of the soft deadline that are over.
    share: u32,
    /// What of this share the next round waits for.
    waited_for: usize,
    /// What is under way and followed, overdue or not.
    followed: usize,
}

impl Task {
    /// Reads the record: all searches, what the resources refer to, and where they come from.
    pub(super) async fn record(&self, pace: &dyn Pace) {
        let mut rounds = Rounds {
            task: self,
            under_way: FuturesUnordered::new(),
            asked: BTreeSet::new(),
            origins: Origins::default(),
            is_first_wave_over: false,
            share: 0,
            waited_for: 0,
            followed: 0,
        };
        rounds.begin(self.first_wave().map(|()| Ended::FirstWave), true, true);
        let mut overdue = pace.pause(self.limits.overdue());
        while !rounds.under_way.is_empty() {
            let begins_round = tokio::select! {
                Some(flight) = rounds.under_way.next() => rounds.has_ended(flight),
                () = &mut overdue => {
                    overdue = pace.pause(self.limits.overdue());
                    (rounds.share, rounds.waited_for) = (rounds.share + 1, 0);
                    true
                }
            };
            if begins_round {
                rounds.next();
            }
        }
    }
}

impl<'a> Rounds<'a> {
    fn begin(&mut self, flight: impl Future<Output = Ended> + Send + 'a, is_followed: bool, is_waited_for: bool) {
        let began = (is_followed && is_waited_for).then_some(self.share);
        self.waited_for += usize::from(began.is_some());
        self.followed += usize::from(is_followed);
        self.under_way.push(flight.map(move |ended| Flight { ended, began, is_followed }).boxed());
    }

    /// True where the next round begins with it: nothing is waited for any more, or nothing else can come.
    fn has_ended(&mut self, flight: Flight) -> bool {
        let is_of_this_share = flight.began == Some(self.share);
        self.waited_for -= usize::from(is_of_this_share);
        self.followed -= usize::from(flight.is_followed);
        match flight.ended {
            Ended::FirstWave => self.is_first_wave_over = true,
            Ended::References => {}
            Ended::Provenance(pass) => self.task.end_pass(&mut self.origins, pass),
        }
        if self.is_first_wave_over {
            self.task.quietly(Desk::settle_included);
        }
        flight.is_followed && (self.followed == 0 || is_of_this_share && self.waited_for == 0)
    }

    /// Asks for everything that is known to be missing and was not asked for.
    fn next(&mut self) {
        let task = self.task;
        for (wave, is_followed) in [(Wave::Second, true), (Wave::Third, false)] {
            for (kind, ids) in task.missing(wave, &mut self.asked) {
                let flight = task.kind_by_ids(kind, ids, wave).map(|()| Ended::References);
                self.begin(flight, is_followed, true);
            }
        }
        if let Some(kinds) = task.begin_pass(&mut self.origins, self.is_first_wave_over) {
            // What cannot be asked without the statement waits for it, and nothing else does.
            let is_waited_for = task.connection.server.known_capability().is_some();
            let flight = task.provenance(kinds).map(Ended::Provenance);
            self.begin(flight, true, is_waited_for);
        }
    }
}
