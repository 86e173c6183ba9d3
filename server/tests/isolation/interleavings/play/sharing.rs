//! A person shares with the care team and takes it back; a coordinator opens from the panel whoever shares.

use std::collections::BTreeSet;

use axum::http::header::REFRESH;

use super::{Choice, HOMES, Play, Tab};
use crate::judge::{Verdict, nobody, only};
use crate::support::browser::Page;
use crate::support::form::{self, Form};
use crate::support::people::{Human, Place, SOURCES, marked};
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
        only(&page, &tab.allowed)?;
        let on = page.headers.get(REFRESH).and_then(|on| Some(on.to_str().ok()?.split_once("url=")?.1.to_owned()));
        let Some(on) = on else { return Ok(()) };
        let Ok(callback) = browser.sign_in(self.world.at(&on), user, &human.patient_at(place)).await else {
            return Ok(());
        };
        let page = browser.get(&callback).await;
        only(&page, &tab.allowed)?;
        if page.location().is_some() {
            self.shared.insert((human, place));
            self.tally.shared += 1;
            let one = self.one_with(human);
            self.lent_to(&one).for_each(|tab| tab.allowed = one.clone());
        }
        Ok(())
    }

    pub(super) async fn take_back(&mut self, choice: &mut Choice) -> Verdict {
        let Some(tab) = choice.of(&self.patients()) else { return Ok(()) };
        let tab = &self.tabs[tab];
        let human = tab.human;
        let (url, browser) = (self.at(&tab.id, "sharing"), &self.visitors[tab.visitor].browser);
        let page = browser.get(&url).await;
        only(&page, &tab.allowed)?;
        let Some(form) = form::with_action(&page, "/sharing/revoke") else { return Ok(()) };
        only(&browser.post(&url, &form).await, &tab.allowed)?;
        let after = browser.get(&url).await;
        only(&after, &tab.allowed)?;
        self.tally.answers += 3;
        if after.status.is_success() && form::with_action(&after, "/sharing/revoke").is_none() {
            // From now on nothing of it is on any coordinator's screen.
            let one = self.one_with(human);
            self.shared.retain(|(human, _)| !one.contains(human));
            self.lent_to(&one).for_each(|tab| tab.allowed.clear());
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
        let sharing = self.shared.iter().map(|(human, _)| *human).filter(|human| human.tenant == place.tenant());
        let allowed: BTreeSet<Human> = sharing.flat_map(|human| self.one_with(human)).collect();
        only(&page, &allowed)?;
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
        let one = self.one_with(human);
        let home = (0..SOURCES).map(Place).find(|place| self.shared.contains(&(human, *place)));
        self.tabs.push(Tab {
            visitor,
            id: id.to_owned(),
            place: home.unwrap_or(place),
            human,
            user: (place, user),
            allowed: one.clone(),
            ever: one,
            connected: false,
            lent: true,
            ended: false,
            cookie: self.visitors[visitor].cookies.len().saturating_sub(1),
            goals: Vec::new(),
            answers: Vec::new(),
        });
        Ok(())
    }

    /// Launches that patients have open.
    fn patients(&self) -> Vec<usize> {
        self.live().into_iter().filter(|tab| USERS[self.tabs[*tab].user.1].starts_with("patient-")).collect()
    }

    /// Launches opened from the panel, of one person.
    fn lent_to<'a>(&'a mut self, one: &'a BTreeSet<Human>) -> impl Iterator<Item = &'a mut Tab> {
        self.tabs.iter_mut().filter(|tab| tab.lent && one.contains(&tab.human))
    }

    /// Everybody whom somebody has confirmed to be this person.
    fn one_with(&self, human: Human) -> BTreeSet<Human> {
        let found = self.one.iter().find(|one| one.contains(&human)).cloned();
        found.unwrap_or_else(|| [human].into())
    }
}
