//! Sending forms, the own and those of others.

use url::Url;

use super::reading::never;
use super::{Choice, Play};
use crate::judge::{Verdict, alike, within};
use crate::support::form::{self, Form};
use crate::support::people::{Human, Place, SOURCES};

/// Begins every note that is written; the number of the launch follows.
const NOTE: &str = "Written from launch number ";
/// Is what a note says that must never arrive.
const STRANGER: &str = "stranger";

impl Play {
    pub(super) async fn change_goal(&mut self, choice: &mut Choice) -> Verdict {
        let Some(tab) = choice.of(&self.live()) else { return Ok(()) };
        match self.goal_form(tab, &tab.to_string(), choice).await? {
            Some((page, form)) => self.send(tab, &page, &form).await,
            None => Ok(()),
        }
    }

    /// The form names an item of another launch's plan.
    pub(super) async fn change_goal_of_another(&mut self, choice: &mut Choice) -> Verdict {
        let (Some(mine), Some(other)) = (choice.of(&self.live()), choice.of(&self.live())) else { return Ok(()) };
        let Some((_, mut form)) = self.goal_form(other, &mine.to_string(), choice).await? else { return Ok(()) };
        form.action = self.at(&self.tabs[mine].id, "api/save_goal");
        let page = self.at(&self.tabs[mine].id, "plan");
        self.send(mine, &page, &form).await
    }

    /// The form is sent by a browser whose launch it is not.
    pub(super) async fn change_goal_as_another(&mut self, choice: &mut Choice) -> Verdict {
        let Some(tab) = choice.of(&self.live()) else { return Ok(()) };
        let Some((page, mut form)) = self.goal_form(tab, STRANGER, choice).await? else { return Ok(()) };
        let tab = &self.tabs[tab];
        let other = (tab.visitor + 1 + choice.below(self.visitors.len() - 1)) % self.visitors.len();
        let browser = &self.visitors[other].browser;
        let foreign = browser.post(&page, &form).await;
        let never = never(choice);
        form.action = self.at(&never, "api/save_goal");
        let other = browser.post(&page, &form).await;
        self.tally.answers += 2;
        self.tally.strangers += 1;
        alike((&foreign, &tab.id), (&other, &never))
    }

    /// Asks for a source once more, which may be of another tenant.
    pub(super) async fn retry(&mut self, choice: &mut Choice) -> Verdict {
        let Some(tab) = choice.of(&self.live()) else { return Ok(()) };
        let source = Place(choice.below(SOURCES)).id();
        let action = self.at(&self.tabs[tab].id, "api/retry_source");
        let page = self.at(&self.tabs[tab].id, "sources");
        self.send(tab, &page, &Form { action, fields: vec![("source".to_owned(), source)] }).await
    }

    /// A goal form of a launch, filled with a note, and the page it stands on.
    async fn goal_form(&mut self, tab: usize, by: &str, choice: &mut Choice) -> Result<Option<(Url, Form)>, String> {
        let tab = &self.tabs[tab];
        let Some(goal) = tab.goals.get(choice.below(tab.goals.len())) else { return Ok(None) };
        let page = self.visitors[tab.visitor].browser.get(&self.at(&tab.id, goal)).await;
        self.tally.answers += 1;
        within(&page, &tab.may)?;
        let Some(mut form) = form::with_action(&page, "/api/save_goal") else { return Ok(None) };
        form.set("note", &format!("{NOTE}{by}."));
        form.set("target_value", &format!("{}", 5 + choice.below(5)));
        Ok(Some((page.url, form)))
    }

    /// Sends a form of a launch in its own browser and reads the page with the answer.
    async fn send(&mut self, tab: usize, from: &Url, form: &Form) -> Verdict {
        let page = self.visitors[self.tabs[tab].visitor].browser.post(from, form).await;
        self.tally.answers += 1;
        self.notes()?;
        let tab = &mut self.tabs[tab];
        within(&page, &tab.may)?;
        let Some(to) = page.location() else { return Ok(()) };
        if !to.path().starts_with(&format!("/l/{}/", tab.id)) {
            return Err(format!("the answer to a form of {} is at {}", tab.id, to.path()));
        }
        let ticket = to.query_pairs().find(|(name, _)| name == "answer").map(|(_, ticket)| ticket.into_owned());
        tab.answers.extend(ticket);
        self.tally.answers += 1;
        within(&self.visitors[tab.visitor].browser.get(&to).await, &tab.may)
    }

    /// Every new note stands in a record that its launch may read now. From now on that record names who wrote it.
    pub(super) fn notes(&mut self) -> Verdict {
        for place in (0..SOURCES).map(Place) {
            for goal in self.world.sandbox.ehr(&place.id()).store().list("Goal") {
                let patient = goal["id"].as_str().and_then(|id| id.strip_prefix("goal-")).expect("our goals");
                let human = Human::of(place, patient).expect("one of ours");
                let written = goal.to_string();
                let by: Vec<&str> = written.split(NOTE).skip(1).filter_map(|rest| rest.split('.').next()).collect();
                let known = self.written.insert((place, human), by.len()).unwrap_or_default();
                for by in &by[known.min(by.len())..] {
                    let tab = by.parse().ok().and_then(|tab: usize| self.tabs.get(tab));
                    let Some(tab) = tab.filter(|tab| self.records(tab).contains(&(place, human))) else {
                        return Err(format!("a note of launch {by} was written to {human} at {}", place.id()));
                    };
                    self.authors.entry((place, human)).or_default().extend(tab.patient());
                }
            }
        }
        self.look_anew();
        Ok(())
    }
}
