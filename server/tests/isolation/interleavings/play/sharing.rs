//! A person shares with the care team and takes it back; a coordinator opens from the panel whoever shares.

use std::collections::BTreeSet;

use axum::http::header::REFRESH;

use super::{Choice, HOMES, Person, Play, Tab};
use crate::judge::{May, Verdict, nobody, within};
use crate::support::browser::Page;
use crate::support::form::{self, Form};
use crate::support::people::marked;
use crate::support::world::USERS;

impl Play {
    pub(super) async fn share(&mut self, choice: &mut Choice) -> Verdict {
        let Some(number) = choice.of(&self.patients()) else { return Ok(()) };
        let tab = &self.tabs[number];
        let (place, human, user) = (tab.place, tab.human, USERS[tab.user.1]);
        let browser = &self.visitors[tab.visitor].browser;
        let fields = [("source", place.id()), ("purpose", "care-team".to_owned()), ("until", String::new())];
        let fields = fields.map(|(name, value)| (name.to_owned(), value)).into();
        let form = Form { action: self.at(&tab.id, "sharing/give"), fields };
        let page = browser.post(&self.at(&tab.id, "sharing"), &form).await;
        self.tally.answers += 2;
        within(&page, &tab.may)?;
        let on = page.headers.get(REFRESH).and_then(|on| Some(on.to_str().ok()?.split_once("url=")?.1.to_owned()));
        let Some(on) = on else { return Ok(()) };
        let Ok(callback) = browser.sign_in(self.world.at(&on), user, &human.patient_at(place)).await else {
            return Ok(());
        };
        let page = browser.get(&callback).await;
        within(&page, &tab.may)?;
        if page.location().is_some() {
            let person = self.persons.whose((place, human));
            self.shared.insert((person, place), human);
            self.tally.shared += 1;
            self.look_anew();
        }
        Ok(())
    }

    pub(super) async fn take_back(&mut self, choice: &mut Choice) -> Verdict {
        let Some(tab) = choice.of(&self.patients()) else { return Ok(()) };
        let tab = &self.tabs[tab];
        let home = tab.home();
        let (url, browser) = (self.at(&tab.id, "sharing"), &self.visitors[tab.visitor].browser);
        let page = browser.get(&url).await;
        within(&page, &tab.may)?;
        let Some(form) = form::with_action(&page, "/sharing/revoke") else { return Ok(()) };
        within(&browser.post(&url, &form).await, &tab.may)?;
        let after = browser.get(&url).await;
        within(&after, &tab.may)?;
        self.tally.answers += 3;
        if after.status.is_success() && form::with_action(&after, "/sharing/revoke").is_none() {
            // From now on nothing of it is on any coordinator's screen.
            let person = self.persons.whose(home);
            self.shared.retain(|(of, _), _| *of != person);
            self.look_anew();
            self.tally.taken_back += 1;
        }
        Ok(())
    }

    /// A coordinator signs in without a person; a quarter of the time somebody who is none.
    pub(super) async fn sign_in_to_panel(&mut self, choice: &mut Choice) -> Verdict {
        let visitor = if choice.one_in(4) { choice.below(HOMES.len() - 1) } else { [1, 1, 1, 4][choice.below(4)] };
        let Some((place, user)) = self.visitors[visitor].home else { return Ok(()) };
        let from = self.world.at(&format!("/sign-in?at={}&for=panel", place.id()));
        let Ok(callback) = self.visitors[visitor].browser.sign_in(from, USERS[user], "").await else { return Ok(()) };
        let page = self.visitors[visitor].browser.get(&callback).await;
        self.tally.answers += 1;
        nobody(&page)?;
        if page.location().is_some_and(|to| to.path() == "/panel") {
            self.note_cookie(visitor);
            self.ends_others(visitor, (place, user));
            self.visitors[visitor].panel = Some((place, user));
        }
        Ok(())
    }

    /// Reads the panel, and opens somebody from it half of the time.
    pub(super) async fn read_panel(&mut self, choice: &mut Choice) -> Verdict {
        let signed_in: Vec<usize> = (0..HOMES.len()).filter(|it| self.visitors[*it].panel.is_some()).collect();
        let anybody = choice.below(HOMES.len());
        let visitor = choice.of(&signed_in).filter(|_| !choice.one_in(4)).unwrap_or(anybody);
        let url = self.world.at("/panel");
        let page = self.visitors[visitor].browser.get(&url).await;
        self.tally.answers += 1;
        let Some((place, user)) = self.visitors[visitor].panel else { return nobody(&page) };
        let show = self.shared.values().copied().filter(|human| human.tenant == place.tenant()).collect();
        within(&page, &May { show, ..May::default() })?;
        let rows: Vec<&str> = page.text.split("<tr").filter(|row| row.contains("\"/panel/open\"")).collect();
        let Some(row) = choice.of(&rows).filter(|_| choice.one_in(2)) else { return Ok(()) };
        let Some(human) = marked(row).into_iter().next() else { return Ok(()) };
        let row = Page { text: row.to_owned(), url: url.clone(), headers: page.headers.clone(), ..page };
        let Some(form) = form::with_action(&row, "/panel/open") else { return Ok(()) };
        let opened = self.visitors[visitor].browser.post(&url, &form).await;
        nobody(&opened)?;
        let to = opened.location();
        let Some(id) = to.as_ref().and_then(|to| to.path().strip_prefix("/l/")?.split('/').next()) else {
            return Ok(());
        };
        self.tally.lent += 1;
        // A launch is about the first record that its person shares. Where two persons share one of this name, it is not
        // told apart here which was opened.
        let persons: BTreeSet<Person> =
            self.shared.iter().filter(|(_, of)| **of == human).map(|((person, _), _)| *person).collect();
        let mut persons = persons.into_iter();
        let (Some(person), None) = (persons.next(), persons.next()) else { return Ok(()) };
        let first = self.shared.iter().find(|((of, _), _)| *of == person);
        let (home, human) = first.map(|((_, place), human)| (*place, *human)).expect("the person shares it");
        self.tabs.push(Tab {
            visitor,
            id: id.to_owned(),
            place: home,
            human,
            user: (place, user),
            may: May::default(),
            connected: None,
            lent: Some(person),
            ended: false,
            cookie: self.visitors[visitor].cookies.len().saturating_sub(1),
            goals: Vec::new(),
            answers: Vec::new(),
        });
        self.look_anew();
        Ok(())
    }

    /// Launches that patients have open.
    fn patients(&self) -> Vec<usize> {
        self.live().into_iter().filter(|tab| USERS[self.tabs[*tab].user.1].starts_with("patient-")).collect()
    }
}
