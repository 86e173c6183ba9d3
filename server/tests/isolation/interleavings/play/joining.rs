//! A second source joins a launch, after a question where it is not plain whose record it is, and leaves it again.

use super::reading::never;
use super::{Choice, Play};
use crate::judge::{Verdict, alike, only};
use crate::support::browser::Page;
use crate::support::form::{self, Form};
use crate::support::people::Human;

/// A question whether two records are one person's, waiting for its answer.
pub(super) struct Question {
    tab: usize,
    /// Its page below the launch.
    path: String,
    human: Human,
    answered: bool,
}

impl Play {
    /// Takes up where a second source has led its launch: to a question, or right into the plan.
    pub(super) fn joined(&mut self, tab: usize, human: Human, page: &Page) -> Verdict {
        let to = page.location();
        let home = format!("/l/{}/", self.tabs[tab].id);
        let Some(path) = to.as_ref().and_then(|url| url.path().strip_prefix(&home)) else { return Ok(()) };
        if path.starts_with("confirm/") {
            self.questions.push(Question { tab, path: path.to_owned(), human, answered: false });
            return only(page, &self.tabs[tab].allowed);
        }
        let own = self.tabs[tab].human;
        if human != own && !self.one.iter().any(|one| one.contains(&own) && one.contains(&human)) {
            return Err(format!("{human} was joined to {own} without a question"));
        }
        self.tabs[tab].allow(human);
        self.tabs[tab].connected = true;
        self.tally.joined += 1;
        only(page, &self.tabs[tab].allowed)
    }

    pub(super) async fn answer_question(&mut self, choice: &mut Choice) -> Verdict {
        let Some(number) = choice.of(&self.open_questions()) else { return Ok(()) };
        let (tab, human) = (self.questions[number].tab, self.questions[number].human);
        let mut both = self.tabs[tab].allowed.clone();
        both.insert(human);
        let url = self.at(&self.tabs[tab].id, &self.questions[number].path);
        let browser = &self.visitors[self.tabs[tab].visitor].browser;
        let page = browser.get(&url).await;
        self.tally.answers += 2;
        only(&page, &both)?;
        let Some(mut form) = form::with_action(&page, url.path()) else {
            self.questions[number].answered = true;
            return Ok(());
        };
        let yes = !choice.one_in(3);
        form.set("answer", if yes { "yes" } else { "no" });
        form.set("checked", "yes");
        let page = browser.post(&url, &form).await;
        self.questions[number].answered = true;
        only(&page, &both)?;
        if !yes || !page.status.is_redirection() {
            return Ok(());
        }
        // From now on the two are one person of their tenant, in every launch that is let in to both.
        let own = self.tabs[tab].human;
        let (mut ones, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.one).into_iter().partition(|one| one.contains(&own) || one.contains(&human));
        ones.push([own, human].into());
        self.one = others;
        self.one.push(ones.into_iter().flatten().collect());
        self.tally.confirmed += 1;
        self.joined(tab, human, &page)
    }

    /// The question of another launch is asked for, and answered, in one's own launch or in theirs.
    pub(super) async fn answer_question_of_another(&mut self, choice: &mut Choice) -> Verdict {
        let (Some(mine), Some(number)) = (choice.of(&self.live()), choice.of(&self.open_questions())) else {
            return Ok(());
        };
        self.tally.answers += 2;
        let question = &self.questions[number];
        let (mine, theirs) = (&self.tabs[mine], &self.tabs[question.tab]);
        if mine.id == theirs.id {
            return Ok(());
        }
        let answer = |launch: &str| Form {
            action: self.at(launch, &question.path),
            fields: [("answer", "yes"), ("checked", "yes")].map(|(name, value)| (name.into(), value.into())).into(),
        };
        let browser = &self.visitors[mine.visitor].browser;
        let from = self.at(&mine.id, "plan");
        let own = [browser.get(&self.at(&mine.id, &question.path)).await, browser.post(&from, &answer(&mine.id)).await];
        for page in own {
            only(&page, &mine.allowed)?;
            if page.location().is_some_and(|to| to.path().ends_with("/plan")) {
                return Err("the question of another launch is answered".to_owned());
            }
        }
        if mine.visitor == theirs.visitor {
            return Ok(());
        }
        let never = never(choice);
        let foreign = browser.post(&from, &answer(&theirs.id)).await;
        let other = browser.post(&from, &answer(&never)).await;
        alike((&foreign, &theirs.id), (&other, &never))
    }

    /// The second source leaves the launch: it is not read any more, or it never was this person's.
    pub(super) async fn part(&mut self, choice: &mut Choice) -> Verdict {
        let joined: Vec<usize> = self.live().into_iter().filter(|tab| self.tabs[*tab].connected).collect();
        let Some(tab) = choice.of(&joined) else { return Ok(()) };
        let (visitor, allowed) = (self.tabs[tab].visitor, self.tabs[tab].allowed.clone());
        let source = self.tabs[tab].place.other_side().id();
        let page = if choice.one_in(2) { "sources".to_owned() } else { format!("split/{source}") };
        let url = self.at(&self.tabs[tab].id, &page);
        let browser = &self.visitors[visitor].browser;
        let page = browser.get(&url).await;
        self.tally.answers += 1;
        only(&page, &allowed)?;
        let form = ["disconnect", "split"].map(|way| form::with_action(&page, &format!("/{way}/{source}")));
        let Some(mut form) = form.into_iter().flatten().next() else { return Ok(()) };
        form.set("reason", "It is somebody else's.");
        let page = browser.post(&url, &form).await;
        self.tally.answers += 1;
        only(&page, &allowed)?;
        if page.status.is_redirection() {
            self.tally.parted += 1;
            let tab = &mut self.tabs[tab];
            tab.allowed = [tab.human].into();
            tab.connected = false;
        }
        Ok(())
    }

    fn open_questions(&self) -> Vec<usize> {
        let open = |number: &usize| {
            let question = &self.questions[*number];
            !question.answered && !self.tabs[question.tab].ended
        };
        (0..self.questions.len()).filter(open).collect()
    }
}
