//! Questions that wait for the answer whether another Patient is the person of the launch (smart-launch P9).
//!
//! *Invariant:* what a question holds is stored nowhere and read by nothing until it was answered with yes. A restart
//! loses it: the user signs in there once more, or the source is asked once more who the person is.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use access::session::ABSOLUTE_END;
use access::{LaunchId, PatientAt, UserKey};
use app::who::PersonQuestion;
use jiff::{SignedDuration, Timestamp};
use smart::Grant;

/// How long a question waits that holds a grant. One that holds none waits as long as its launch.
pub const QUESTION_LIFETIME: SignedDuration = SignedDuration::from_mins(10);
/// Questions with a grant of one launch that wait at a time; the oldest goes first.
const PER_LAUNCH: usize = 4;
/// Questions that wait at a time, of all with a grant and of all without: neither takes the place of the other.
const MOST: usize = 1024;

/// A question that waits for its answer. It may hold a grant, so it has neither `Debug` nor `Serialize` nor `Clone`.
pub struct Question {
    /// What the user is shown, with the question's name.
    pub shown: PersonQuestion,
    /// The launch that the source would join.
    pub launch: LaunchId,
    /// The Patient that it is about.
    pub at: PatientAt,
    /// By what it is read after "yes".
    pub reach: Reach,
}

/// By what the Patient of a question is read after "yes".
pub enum Reach {
    /// A sign-in there: its grant is stored with "yes", and given back with anything else.
    SignIn {
        /// The grant.
        grant: Box<Grant>,
        /// The user of that sign-in, where the source named one.
        who: Option<UserKey>,
    },
    /// The registration of the tenant itself, so that there is nothing to give back.
    Registration,
}

impl Question {
    /// Takes what is to be given back where the answer is not "yes".
    pub fn unanswered(self) -> Option<Unanswered> {
        match self.reach {
            Reach::SignIn { grant, .. } => Some((self.at.source, *grant)),
            Reach::Registration => None,
        }
    }

    fn holds_a_grant(&self) -> bool {
        matches!(self.reach, Reach::SignIn { .. })
    }
}

/// The name of a question, from random bits. It opens nothing by itself: only its own launch sees the question.
pub fn name(bits: [u8; 16]) -> String {
    bits.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A grant that nobody answered for, to be given back at its source.
pub type Unanswered = (String, Grant);

/// The questions that wait.
#[derive(Default)]
pub struct Questions {
    waiting: Mutex<HashMap<String, Waiting>>,
}

struct Waiting {
    question: Question,
    until: Timestamp,
}

impl Questions {
    /// Lets a question wait, in the place of one about the same source of the same launch; but one that a sign-in has
    /// raised goes only for another sign-in. Gives the grants of those that had to go, or whose time was over.
    #[must_use = "grants that nobody answered for are given back"]
    pub fn put(&self, question: Question, now: Timestamp) -> Vec<Unanswered> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let (launch, source, granted) = (question.launch.clone(), question.at.source.clone(), question.holds_a_grant());
        let mut gone = take_where(&mut waiting, |it| {
            let same = it.question.launch == launch && it.question.at.source == source;
            it.until <= now || (same && (granted || !it.question.holds_a_grant()))
        });
        let alike = |it: &Waiting| it.question.holds_a_grant() == granted;
        let of_launch = waiting.values().filter(|it| alike(it) && it.question.launch == launch).count();
        if granted && of_launch >= PER_LAUNCH {
            gone.extend(take_oldest(&mut waiting, |it| alike(it) && it.question.launch == launch));
        } else if waiting.values().filter(|it| alike(it)).count() >= MOST {
            gone.extend(take_oldest(&mut waiting, alike));
        }
        let lifetime = if granted { QUESTION_LIFETIME } else { ABSOLUTE_END };
        let until = now.saturating_add(lifetime).unwrap_or(now);
        waiting.insert(question.shown.id.clone(), Waiting { question, until });
        gone
    }

    /// What a launch's question shows, and about whom; `None` where it was answered, is over, or was never there.
    pub fn look(&self, launch: &LaunchId, id: &str, now: Timestamp) -> Option<(PersonQuestion, PatientAt)> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let found = waiting.get(id).filter(|it| it.is_open(launch, now))?;
        Some((found.question.shown.clone(), found.question.at.clone()))
    }

    /// Takes a launch's question out to answer it: of two answers, one gets it.
    pub fn take(&self, launch: &LaunchId, id: &str, now: Timestamp) -> Option<Question> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if !waiting.get(id)?.is_open(launch, now) {
            return None;
        }
        waiting.remove(id).map(|it| it.question)
    }

    /// Takes the grants of questions whose time is over.
    #[must_use = "grants that nobody answered for are given back"]
    pub fn take_late(&self, now: Timestamp) -> Vec<Unanswered> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        take_where(&mut waiting, |it| it.until <= now)
    }

    /// Takes the grants of launches that have ended.
    #[must_use = "grants that nobody answered for are given back"]
    pub fn take_of(&self, ended: impl Fn(&LaunchId) -> bool) -> Vec<Unanswered> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        take_where(&mut waiting, |it| ended(&it.question.launch))
    }
}

impl Waiting {
    fn is_open(&self, launch: &LaunchId, now: Timestamp) -> bool {
        self.question.launch == *launch && now < self.until
    }
}

fn take_where(waiting: &mut HashMap<String, Waiting>, goes: impl Fn(&Waiting) -> bool) -> Vec<Unanswered> {
    waiting.extract_if(|_, it| goes(it)).filter_map(|(_, it)| it.question.unanswered()).collect()
}

fn take_oldest(waiting: &mut HashMap<String, Waiting>, among: impl Fn(&Waiting) -> bool) -> Option<Unanswered> {
    let oldest = waiting.iter().filter(|(_, it)| among(it)).min_by_key(|(_, it)| it.until).map(|(id, _)| id.clone());
    waiting.remove(&oldest?).and_then(|it| it.question.unanswered())
}

#[cfg(test)]
mod tests {
    use access::Secret;
    use app::who::{Described, Raised};
    use care_plan::snapshot::Source;
    use fhir::{Patient, SourceId};

    use super::*;

    fn time(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn launch(number: u8) -> LaunchId {
        LaunchId::from_random([number; 16])
    }

    fn found(id: &str, launch: LaunchId, source: &str) -> Question {
        Question { reach: Reach::Registration, ..question(id, launch, source) }
    }

    fn question(id: &str, launch: LaunchId, source: &str) -> Question {
        let described = |source: &str| {
            let source =
                Source { id: SourceId::new(source), name: source.to_owned(), tag: "XX".to_owned(), base: None };
            Described::of(source, &Patient::default())
        };
        let (own, other) = (described("home"), described(source));
        Question {
            shown: PersonQuestion {
                id: id.to_owned(),
                own,
                other,
                raised: Raised::SignIn,
                of_another: false,
                withheld: None,
            },
            launch,
            at: PatientAt::new(source, "p"),
            reach: Reach::SignIn { grant: Box::new(grant(id)), who: None },
        }
    }

    fn grant(token: &str) -> Grant {
        Grant {
            access_token: Secret::new(token),
            expires: time("2026-11-21T11:00:00Z"),
            refresh_token: None,
            scopes: Vec::new(),
            patient: Some("p".to_owned()),
            token_endpoint: "https://ehr.example/token".parse().expect("an address"),
        }
    }

    fn tokens(gone: &[Unanswered]) -> Vec<&str> {
        gone.iter().map(|(_, grant)| grant.access_token.expose()).collect()
    }

    #[test]
    fn a_question_is_answered_once_and_by_its_own_launch() {
        let (questions, now) = (Questions::default(), time("2026-11-21T10:00:00Z"));
        assert!(questions.put(question("q", launch(1), "nephrology"), now).is_empty());
        assert!(questions.look(&launch(2), "q", now).is_none() && questions.take(&launch(2), "q", now).is_none());
        assert!(questions.look(&launch(1), "q", now).is_some());
        assert!(questions.take(&launch(1), "q", now).is_some());
        assert!(questions.take(&launch(1), "q", now).is_none() && questions.look(&launch(1), "q", now).is_none());
    }

    #[test]
    fn a_question_waits_ten_minutes_and_its_grant_is_given_back() {
        let questions = Questions::default();
        assert!(questions.put(question("q", launch(1), "nephrology"), time("2026-11-21T10:00:00Z")).is_empty());
        assert!(questions.look(&launch(1), "q", time("2026-11-21T10:09:59Z")).is_some());
        assert!(questions.take(&launch(1), "q", time("2026-11-21T10:10:00Z")).is_none());
        assert_eq!(tokens(&questions.take_late(time("2026-11-21T10:10:00Z"))), ["q"]);
        assert!(questions.take_late(time("2026-11-21T10:10:00Z")).is_empty());
    }

    #[test]
    fn a_second_sign_in_at_the_same_source_takes_the_place_of_the_first() {
        let (questions, now) = (Questions::default(), time("2026-11-21T10:00:00Z"));
        assert!(questions.put(question("one", launch(1), "nephrology"), now).is_empty());
        assert!(questions.put(question("other", launch(2), "nephrology"), now).is_empty());
        assert_eq!(tokens(&questions.put(question("two", launch(1), "nephrology"), now)), ["one"]);
        assert!(questions.look(&launch(1), "one", now).is_none() && questions.look(&launch(2), "other", now).is_some());
    }

    #[test]
    fn a_launch_keeps_only_its_newest_questions() {
        let questions = Questions::default();
        for number in 0..6 {
            let now = time("2026-11-21T10:00:00Z") + SignedDuration::from_secs(number);
            let gone = questions.put(question(&number.to_string(), launch(1), &format!("source-{number}")), now);
            assert_eq!(gone.len(), usize::from(number >= 4));
        }
        assert!(questions.look(&launch(1), "1", time("2026-11-21T10:00:10Z")).is_none());
        assert!(questions.look(&launch(1), "2", time("2026-11-21T10:00:10Z")).is_some());
    }

    #[test]
    fn a_question_without_a_grant_waits_as_long_as_its_launch_and_gives_nothing_back() {
        let questions = Questions::default();
        assert!(questions.put(found("q", launch(1), "homehealth"), time("2026-11-21T10:00:00Z")).is_empty());
        assert!(questions.look(&launch(1), "q", time("2026-11-21T21:59:59Z")).is_some());
        assert!(questions.take_late(time("2026-11-21T22:00:00Z")).is_empty());
        assert!(questions.look(&launch(1), "q", time("2026-11-21T21:59:59Z")).is_none());
        assert!(questions.put(found("q", launch(1), "homehealth"), time("2026-11-21T10:00:00Z")).is_empty());
        assert!(questions.take_of(|_| true).is_empty());
        assert!(questions.take(&launch(1), "q", time("2026-11-21T10:00:00Z")).is_none());
    }

    #[test]
    fn somebody_found_at_a_source_takes_no_sign_ins_place() {
        let (questions, now) = (Questions::default(), time("2026-11-21T10:00:00Z"));
        for number in 0..PER_LAUNCH {
            let source = format!("source-{number}");
            assert!(questions.put(question(&source, launch(1), &source), now).is_empty());
            assert!(questions.put(found(&format!("found-{number}"), launch(1), &source), now).is_empty());
        }
        assert!(questions.look(&launch(1), "source-0", now).is_some());
        assert!(questions.look(&launch(1), "found-0", now).is_some());
        // Signing in there says more than what was found.
        assert_eq!(tokens(&questions.put(question("again", launch(1), "source-0"), now)), ["source-0"]);
        assert!(questions.look(&launch(1), "found-0", now).is_none());
    }

    #[test]
    fn the_questions_of_a_launch_go_with_it() {
        let (questions, now) = (Questions::default(), time("2026-11-21T10:00:00Z"));
        assert!(questions.put(question("one", launch(1), "nephrology"), now).is_empty());
        assert!(questions.put(question("other", launch(2), "nephrology"), now).is_empty());
        assert_eq!(tokens(&questions.take_of(|id| *id == launch(1))), ["one"]);
        assert!(questions.look(&launch(2), "other", now).is_some());
    }
}
