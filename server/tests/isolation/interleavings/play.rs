//! A block being played: the browsers, the launches they opened, those on their way, and what each of them may see.

mod arriving;
mod changing;
mod joining;
mod persons;
mod reading;
mod sharing;

use std::collections::{BTreeMap, BTreeSet};

use joining::Question;
use persons::{Kept, Person, Persons};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sha2::{Digest, Sha256};
use url::Url;

use super::Deeds;
use super::step::{Deed, Step};
use crate::judge::{May, Verdict, nobody};
use crate::support::browser::Browser;
use crate::support::form::Form;
use crate::support::people::{Human, PEOPLE, Place, SOURCES};
use crate::support::world::{USERS, World};

/// Launches that are steered at a time, at most.
const TABS: usize = 8;
/// Where each user is at home: the user of [`USERS`] at a source. The last browser never signs in.
const HOMES: [Option<(Place, usize)>; 6] =
    [Some((Place(0), 0)), Some((Place(1), 1)), Some((Place(5), 0)), Some((Place(0), 2)), Some((Place(2), 1)), None];

/// A user: a name at one source.
type User = (Place, usize);

/// One browser.
struct Visitor {
    browser: Browser,
    home: Option<User>,
    /// Every session cookie it ever had, the present one last.
    cookies: Vec<String>,
    /// The first cookie of the session that is open now; none is open where it stands behind the last.
    session: usize,
    /// Who has signed in to the panel.
    panel: Option<User>,
}

/// One launch that was opened.
struct Tab {
    visitor: usize,
    id: String,
    place: Place,
    human: Human,
    user: User,
    /// Whom its pages may show: whoever's records it reads now, and who has written into them.
    may: May,
    /// Whose record at the second source was joined and has not left.
    connected: Option<Human>,
    /// It was opened from the panel and reads by what this person shares.
    lent: Option<Person>,
    /// It was ended: nobody gets in any more.
    ended: bool,
    /// The session cookie of its beginning, by its place among the visitor's.
    cookie: usize,
    /// Pages of its goals, below the launch.
    goals: Vec<String>,
    /// What stands behind `answer=` in addresses of its answers.
    answers: Vec<String>,
}

impl Tab {
    /// The record that it was opened for.
    fn home(&self) -> Kept {
        (self.place, self.human)
    }

    /// The patient who has opened it.
    fn patient(&self) -> Option<Human> {
        Human::of(self.user.0, USERS[self.user.1].strip_prefix("patient-")?)
    }
}

/// A launch between leaving the EHR and coming back.
struct Arrival {
    visitor: usize,
    callback: Url,
    place: Place,
    human: Human,
    user: User,
    /// The launch that gets one more source.
    tab: Option<usize>,
    used: bool,
}

/// What was done and seen.
#[derive(Debug, Default)]
pub struct Tally {
    pub answers: usize,
    deeds: Deeds,
    opened: usize,
    joined: usize,
    confirmed: usize,
    parted: usize,
    shared: usize,
    taken_back: usize,
    lent: usize,
    own: usize,
    own_shown: usize,
    strangers: usize,
    notes: usize,
}

impl Tally {
    pub fn add(&mut self, other: Self) {
        self.answers += other.answers;
        self.opened += other.opened;
        self.joined += other.joined;
        self.confirmed += other.confirmed;
        self.parted += other.parted;
        self.shared += other.shared;
        self.taken_back += other.taken_back;
        self.lent += other.lent;
        self.own += other.own;
        self.own_shown += other.own_shown;
        self.strangers += other.strangers;
        self.notes += other.notes;
        for (deed, count) in other.deeds {
            *self.deeds.entry(deed).or_default() += count;
        }
    }

    pub fn tell(&self) {
        eprintln!(
            "interleavings: {} launches opened, {} joined by a second source, {} of them after a question, {} parted from it again, {} shared with the care team, {} taken back, {} opened from the panel, {} own pages of which {} showed the person, {} strangers answered as if nothing were there, {} notes written",
            self.opened,
            self.joined,
            self.confirmed,
            self.parted,
            self.shared,
            self.taken_back,
            self.lent,
            self.own,
            self.own_shown,
            self.strangers,
            self.notes
        );
        eprintln!("interleavings: {:?}", self.deeds);
    }

    /// A run in which nobody sees anything would prove nothing.
    pub fn is_of_use(&self) {
        let steps: usize = self.deeds.values().sum();
        assert!(
            self.own_shown * 2 > self.own && self.own_shown * 6 > steps,
            "too few pages show their person: {self:?}"
        );
        assert!(self.strangers * 12 > steps && self.opened * 40 > steps, "too little was tried: {self:?}");
        assert!(
            self.confirmed * 1000 > steps && self.parted * 1000 > steps,
            "too little was asked and parted: {self:?}"
        );
        assert!(self.shared * 1500 > steps && self.lent * 3000 > steps, "too little was shared: {self:?}");
        assert!(self.joined * 400 > steps && self.notes * 400 > steps, "too little was joined and written: {self:?}");
    }
}

/// Makes choices out of one number.
struct Choice(StdRng);

impl Choice {
    fn below(&mut self, count: usize) -> usize {
        self.0.random_range(0..count.max(1))
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        (!list.is_empty()).then(|| list[self.below(list.len())])
    }
}

/// A block being played.
pub struct Play {
    world: World,
    visitors: Vec<Visitor>,
    tabs: Vec<Tab>,
    arrivals: Vec<Arrival>,
    questions: Vec<Question>,
    persons: Persons,
    /// Which record each person shares with the care team, by its source.
    shared: BTreeMap<(Person, Place), Human>,
    /// Who has written into each record, as a patient.
    authors: BTreeMap<Kept, BTreeSet<Human>>,
    /// How many notes stand in each record.
    written: BTreeMap<Kept, usize>,
    tally: Tally,
}

impl Play {
    pub async fn begin() -> Self {
        let world = World::start().await;
        let visitor = |home| Visitor { browser: world.browser(), home, cookies: Vec::new(), session: 0, panel: None };
        let visitors = HOMES.into_iter().map(visitor).collect();
        Self {
            world,
            visitors,
            tabs: Vec::new(),
            arrivals: Vec::new(),
            questions: Vec::new(),
            persons: Persons::default(),
            shared: BTreeMap::new(),
            authors: BTreeMap::new(),
            written: BTreeMap::new(),
            tally: Tally::default(),
        }
    }

    pub async fn step(&mut self, step: Step) -> Verdict {
        // So that the limits on how often one may launch are not what is tested.
        self.world.clock.by_seconds(1);
        *self.tally.deeds.entry(step.deed).or_default() += 1;
        let choice = &mut Choice(StdRng::seed_from_u64(step.choice));
        match step.deed {
            Deed::Open => match self.leave(choice).await? {
                Some(arrival) => self.arrive(arrival).await,
                None => Ok(()),
            },
            Deed::Leave => self.leave(choice).await.map(|_| ()),
            Deed::Arrive => match self.on_their_way().last().copied() {
                Some(arrival) => self.arrive(arrival).await,
                None => Ok(()),
            },
            Deed::ArriveLate => match choice.of(&self.on_their_way()) {
                Some(arrival) => self.arrive(arrival).await,
                None => Ok(()),
            },
            Deed::ArriveTogether => self.arrive_together(choice).await,
            Deed::ArriveElsewhere => self.arrive_elsewhere(choice).await,
            Deed::ArriveTwice => self.arrive_twice(choice).await,
            Deed::ArriveAtAnotherSource => self.arrive_at_another_source(choice).await,
            Deed::Connect => self.connect(choice).await,
            Deed::ConnectElsewhere => self.connect_elsewhere(choice).await,
            Deed::AnswerQuestion => self.answer_question(choice).await,
            Deed::AnswerQuestionOfAnother => self.answer_question_of_another(choice).await,
            Deed::Part => self.part(choice).await,
            Deed::Share => self.share(choice).await,
            Deed::TakeBack => self.take_back(choice).await,
            Deed::SignInToPanel => self.sign_in_to_panel(choice).await,
            Deed::ReadPanel => self.read_panel(choice).await,
            Deed::Read => self.read(choice).await,
            Deed::ReadTogether => self.read_together(choice).await,
            Deed::ReadAsAnother => self.read_as_another(choice).await,
            Deed::ReadWithFormerCookie => self.read_with_former_cookie(choice).await,
            Deed::ReadGoalOfAnother => self.read_goal_of_another(choice).await,
            Deed::ReadAnswerOfAnother => self.read_answer_of_another(choice).await,
            Deed::ChangeGoal => self.change_goal(choice).await,
            Deed::ChangeGoalOfAnother => self.change_goal_of_another(choice).await,
            Deed::ChangeGoalAsAnother => self.change_goal_as_another(choice).await,
            Deed::Retry => self.retry(choice).await,
            Deed::Forget => {
                self.forget(choice);
                Ok(())
            }
            Deed::SignOut => self.sign_out(choice).await,
            Deed::ExpireTokens => {
                self.world.sandbox.ehr(&Place(choice.below(SOURCES)).id()).expire_tokens();
                Ok(())
            }
            Deed::Wait => {
                self.world.clock.by_seconds(choice.of(&[1, 12, 31, 31, 120, 300, 660]).unwrap_or(1));
                Ok(())
            }
            Deed::WaitLong => {
                self.world.clock.by_seconds(61 * 60);
                (0..self.visitors.len()).for_each(|visitor| self.session_has_ended(visitor));
                Ok(())
            }
        }
    }

    /// What was seen, after a look at what was written where.
    pub fn end(mut self) -> Result<Tally, String> {
        self.notes()?;
        self.tally.notes = self.written.values().sum();
        Ok(self.tally)
    }

    /// The records that a launch may read now: its own, one that was joined to it as long as both are one person's, and
    /// what is shared where it was opened by that.
    fn records(&self, tab: &Tab) -> Vec<Kept> {
        let shared = self.shared.iter().filter(|((person, _), _)| tab.lent == Some(*person));
        let shared = shared.map(|((_, place), human)| (*place, *human));
        let own = tab.lent.is_none().then(|| tab.home());
        let joined = tab.connected.map(|human| (tab.place.other_side(), human));
        let theirs = own.into_iter().chain(joined).chain(shared);
        theirs.filter(|record| self.persons.are_one(tab.home(), *record)).collect()
    }

    /// What each launch may show, after something has changed about persons, sources, sharing or notes.
    fn look_anew(&mut self) {
        let may = |tab: &Tab| {
            let records = self.records(tab);
            let authors = records.iter().filter_map(|record| self.authors.get(record)).flatten();
            May { show: records.iter().map(|(_, human)| *human).collect(), name: authors.copied().collect() }
        };
        let all: Vec<May> = self.tabs.iter().map(may).collect();
        self.tabs.iter_mut().zip(all).for_each(|(tab, may)| tab.may = may);
    }

    /// The launches that are steered now: the newest.
    fn steered(&self) -> Vec<usize> {
        (self.tabs.len().saturating_sub(TABS)..self.tabs.len()).collect()
    }

    fn live(&self) -> Vec<usize> {
        self.steered().into_iter().filter(|tab| !self.tabs[*tab].ended).collect()
    }

    fn at(&self, launch: &str, path: &str) -> Url {
        self.world.at(&format!("/l/{launch}/{path}"))
    }

    fn session_has_ended(&mut self, visitor: usize) {
        self.visitors[visitor].session = self.visitors[visitor].cookies.len();
        self.visitors[visitor].panel = None;
        self.tabs.iter_mut().filter(|tab| tab.visitor == visitor).for_each(|tab| tab.ended = true);
    }

    /// Whoever signs in at a shared workstation does not find what the one before had open (P6).
    fn ends_others(&mut self, visitor: usize, user: User) {
        self.tabs.iter_mut().filter(|tab| tab.visitor == visitor && tab.user != user).for_each(|tab| tab.ended = true);
        let panel = &mut self.visitors[visitor].panel;
        *panel = panel.filter(|of| *of == user);
    }

    /// Takes up the session cookie that the browser has now.
    fn note_cookie(&mut self, visitor: usize) {
        let visitor = &mut self.visitors[visitor];
        if let Some(cookie) = visitor.browser.session()
            && visitor.cookies.last() != Some(&cookie)
        {
            visitor.cookies.push(cookie);
        }
    }

    async fn sign_out(&mut self, choice: &mut Choice) -> Verdict {
        let visitor = choice.below(HOMES.len());
        let form = Form { action: self.world.at("/sign-out"), fields: Vec::new() };
        let page = self.visitors[visitor].browser.post(&self.world.at("/"), &form).await;
        self.tally.answers += 1;
        self.session_has_ended(visitor);
        nobody(&page)
    }

    fn forget(&self, choice: &mut Choice) {
        if let Some(cookie) = self.visitors[choice.below(HOMES.len())].cookies.last() {
            self.world.server.rooms.close(access::SessionHash(Sha256::digest(cookie.as_bytes()).into()));
        }
    }

    /// Somebody to launch, as somebody: mostly who is at home in the browser.
    fn somebody(&self, choice: &mut Choice) -> (usize, User, Human) {
        let visitor = [0, 1, 2, 3, 3, 4][choice.below(6)];
        let (place, user) = match self.visitors[visitor].home.filter(|_| !choice.one_in(14)) {
            Some(home) => home,
            None => (Place(choice.below(SOURCES)), choice.below(USERS.len())),
        };
        let anybody = Human { tenant: place.tenant(), number: choice.below(PEOPLE) };
        let oneself = USERS[user].strip_prefix("patient-").and_then(|patient| Human::of(place, patient));
        (visitor, (place, user), oneself.unwrap_or(anybody))
    }
}
