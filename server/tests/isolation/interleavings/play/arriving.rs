//! Leaving for a source and coming back from it.

use futures::future::join_all;

use super::{Arrival, Choice, Play, Tab};
use crate::judge::{May, Verdict, nobody, within};
use crate::support::browser::Page;
use crate::support::people::{Human, PEOPLE, Place, SOURCES};
use crate::support::world::USERS;

impl Play {
    /// Those that have not come back yet.
    pub(super) fn on_their_way(&self) -> Vec<usize> {
        (0..self.arrivals.len()).filter(|arrival| !self.arrivals[*arrival].used).collect()
    }

    /// Leaves an EHR with a person open there.
    pub(super) async fn leave(&mut self, choice: &mut Choice) -> Result<Option<usize>, String> {
        let (visitor, (place, user), human) = self.somebody(choice);
        let Some(launch) = self.world.launch(place, USERS[user], human) else { return Ok(None) };
        let way = self.visitors[visitor].browser.sign_in(launch, USERS[user], &human.patient_at(place)).await;
        self.tally.answers += 1;
        match way {
            Ok(callback) => {
                let user = (place, user);
                self.arrivals.push(Arrival { visitor, callback, place, human, user, tab: None, used: false });
                Ok(Some(self.arrivals.len() - 1))
            }
            Err(page) => Err(format!("no way to {}: {} {}", place.id(), page.status, page.text)),
        }
    }

    /// Leaves an open launch for the other source of its tenant; a quarter of the time for somebody else's record, and half of the
    /// time back at once.
    pub(super) async fn connect(&mut self, choice: &mut Choice) -> Verdict {
        let Some(tab) = choice.of(&self.live()) else { return Ok(()) };
        let (place, human, visitor) = {
            let tab = &self.tabs[tab];
            (tab.place.other_side(), tab.human, tab.visitor)
        };
        let other = Human { number: choice.below(PEOPLE), ..human };
        let human = if choice.one_in(4) { other } else { human };
        let patient = human.patient_at(place);
        let from = self.at(&self.tabs[tab].id, &format!("connect/{}", place.id()));
        let user = choice.below(2);
        self.tally.answers += 1;
        // A session that has ended by its age is told like a launch that never was.
        let Ok(callback) = self.visitors[visitor].browser.sign_in(from, USERS[user], &patient).await else {
            return Ok(());
        };
        let user = (place, user);
        self.arrivals.push(Arrival { visitor, callback, place, human, user, tab: Some(tab), used: false });
        if choice.one_in(2) { self.arrive(self.arrivals.len() - 1).await } else { Ok(()) }
    }

    /// A source of another tenant is not there for a launch.
    pub(super) async fn connect_elsewhere(&mut self, choice: &mut Choice) -> Verdict {
        let Some(tab) = choice.of(&self.live()) else { return Ok(()) };
        let place = Place(choice.below(SOURCES));
        let tab = &self.tabs[tab];
        if place.tenant() == tab.place.tenant() {
            return Ok(());
        }
        let url = self.at(&tab.id, &format!("connect/{}", place.id()));
        let page = self.visitors[tab.visitor].browser.get(&url).await;
        self.tally.answers += 1;
        nobody(&page)?;
        if page.status.is_client_error() { Ok(()) } else { Err(format!("{} to {}", page.status, url.path())) }
    }

    pub(super) async fn arrive(&mut self, arrival: usize) -> Verdict {
        let (visitor, callback) = (self.arrivals[arrival].visitor, self.arrivals[arrival].callback.clone());
        let page = self.visitors[visitor].browser.get(&callback).await;
        self.arrived(arrival, &page)
    }

    /// Two at the same time, of two browsers: which of two users in one browser was the last is then not known.
    pub(super) async fn arrive_together(&mut self, choice: &mut Choice) -> Verdict {
        let all = self.on_their_way();
        let Some(first) = choice.of(&all) else { return Ok(()) };
        let of = |arrival: usize| self.arrivals[arrival].visitor;
        let others: Vec<usize> = all.into_iter().filter(|other| of(*other) != of(first)).collect();
        let both: Vec<usize> = [Some(first), choice.of(&others)].into_iter().flatten().collect();
        let asked = both.iter().map(|arrival| {
            let Arrival { visitor, callback, .. } = &self.arrivals[*arrival];
            self.visitors[*visitor].browser.get(callback)
        });
        let pages = join_all(asked).await;
        let mut came: Vec<_> = both.iter().zip(&pages).collect();
        // What joined without a question did so before it was opened by itself.
        came.sort_by_key(|(arrival, _)| self.arrivals[**arrival].tab.is_none());
        came.into_iter().try_for_each(|(arrival, page)| self.arrived(*arrival, page))
    }

    pub(super) async fn arrive_elsewhere(&mut self, choice: &mut Choice) -> Verdict {
        let Some(arrival) = choice.of(&self.on_their_way()) else { return Ok(()) };
        let Arrival { visitor, callback, .. } = &self.arrivals[arrival];
        let other = (visitor + 1 + choice.below(self.visitors.len() - 1)) % self.visitors.len();
        let page = self.visitors[other].browser.get(callback).await;
        self.tally.answers += 1;
        refused(&page, "in another browser")
    }

    pub(super) async fn arrive_twice(&mut self, choice: &mut Choice) -> Verdict {
        let used: Vec<usize> = (0..self.arrivals.len()).filter(|arrival| self.arrivals[*arrival].used).collect();
        let Some(arrival) = choice.of(&used) else { return Ok(()) };
        let visitor = choice.below(self.visitors.len());
        let page = self.visitors[visitor].browser.get(&self.arrivals[arrival].callback).await;
        self.tally.answers += 1;
        refused(&page, "a second time")
    }

    /// The answer of one source is brought to the address of another (mix-up, S7). It may be spoilt by that, or not.
    pub(super) async fn arrive_at_another_source(&mut self, choice: &mut Choice) -> Verdict {
        let Some(arrival) = choice.of(&self.on_their_way()) else { return Ok(()) };
        let Arrival { visitor, callback, place, .. } = &self.arrivals[arrival];
        let other = Place((place.0 + 1 + choice.below(SOURCES - 1)) % SOURCES);
        let mut url = callback.clone();
        url.set_path(&format!("/callback/{}", other.id()));
        let page = self.visitors[*visitor].browser.get(&url).await;
        self.tally.answers += 1;
        refused(&page, "at another source")
    }

    /// Takes up what came of coming back in the right browser for the first time.
    fn arrived(&mut self, number: usize, page: &Page) -> Verdict {
        self.tally.answers += 1;
        self.arrivals[number].used = true;
        let Arrival { visitor, place, human, user, tab, .. } = self.arrivals[number];
        let to = page.location();
        let launch = to.as_ref().and_then(|url| url.path().strip_prefix("/l/")?.split('/').next());
        let Some(tab) = tab else {
            nobody(page)?;
            let Some(launch) = launch else { return Ok(()) };
            if self.tabs.iter().any(|tab| tab.id == launch) {
                return Err(format!("a new launch of {human} leads to {launch}, which was there"));
            }
            self.note_cookie(visitor);
            self.ends_others(visitor, user);
            self.tally.opened += 1;
            self.tabs.push(Tab {
                visitor,
                id: launch.to_owned(),
                place,
                human,
                user,
                may: May::default(),
                connected: None,
                lent: None,
                ended: false,
                cookie: self.visitors[visitor].cookies.len().saturating_sub(1),
                goals: Vec::new(),
                answers: Vec::new(),
            });
            self.persons.whose((place, human));
            self.look_anew();
            return Ok(());
        };
        let ended = self.tabs[tab].ended;
        match launch {
            Some(launch) if ended => Err(format!("coming back opens {launch}, which had ended")),
            Some(launch) if launch != self.tabs[tab].id => {
                Err(format!("coming back leads to another launch: {launch}"))
            }
            Some(_) => self.joined(tab, human, page),
            None => within(page, &self.tabs[tab].may),
        }
    }
}

fn refused(page: &Page, how: &str) -> Verdict {
    nobody(page)?;
    match page.location() {
        Some(to) if to.path().starts_with("/l/") => Err(format!("coming back {how} opens {}", to.path())),
        _ if page.status.is_success() => Err(format!("coming back {how} is answered by {}", page.status)),
        _ => Ok(()),
    }
}
