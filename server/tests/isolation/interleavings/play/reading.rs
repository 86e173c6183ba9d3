//! Reading pages of launches, in the right browser and in the wrong one.

use futures::future::join_all;
use rand::Rng;

use super::{Choice, Play};
use crate::judge::{Verdict, alike, within};
use crate::support::browser::Page;
use crate::support::people::marked;

/// Pages below a launch.
const PAGES: [&str; 9] =
    ["plan", "plan", "plan?show=all", "plan/board", "plan.json", "reconcile", "sources", "events", "sharing"];

/// A look at one page: which launch, which page, in which browser.
pub(super) struct Look {
    visitor: usize,
    tab: usize,
    path: String,
    never: String,
}

impl Play {
    pub(super) async fn read(&mut self, choice: &mut Choice) -> Verdict {
        let Some(tab) = choice.of(&self.steered()) else { return Ok(()) };
        let look = self.look_at(tab, self.tabs[tab].visitor, choice);
        self.look(&look).await.map(|page| self.seen(&look, page))
    }

    pub(super) async fn read_together(&mut self, choice: &mut Choice) -> Verdict {
        let mut looks = Vec::new();
        for _ in 0..2 + choice.below(3) {
            let Some(tab) = choice.of(&self.steered()) else { return Ok(()) };
            let visitor = if choice.one_in(3) { choice.below(self.visitors.len()) } else { self.tabs[tab].visitor };
            looks.push(self.look_at(tab, visitor, choice));
        }
        for (look, page) in looks.iter().zip(join_all(looks.iter().map(|look| self.look(look))).await) {
            self.seen(look, page?);
        }
        Ok(())
    }

    pub(super) async fn read_as_another(&mut self, choice: &mut Choice) -> Verdict {
        let tabs = if choice.one_in(4) { (0..self.tabs.len()).collect() } else { self.steered() };
        let Some(tab) = choice.of(&tabs) else { return Ok(()) };
        let other = (self.tabs[tab].visitor + 1 + choice.below(self.visitors.len() - 1)) % self.visitors.len();
        let look = self.look_at(tab, other, choice);
        self.look(&look).await.map(|page| self.seen(&look, page))
    }

    /// A cookie that was replaced opens what was open when it was replaced, for a moment, and nothing else (S5).
    pub(super) async fn read_with_former_cookie(&mut self, choice: &mut Choice) -> Verdict {
        let Some(tab) = choice.of(&self.steered()) else { return Ok(()) };
        let tab = &self.tabs[tab];
        let of = if choice.one_in(4) { choice.below(self.visitors.len()) } else { tab.visitor };
        let visitor = &self.visitors[of];
        if visitor.cookies.is_empty() {
            return Ok(());
        }
        let number = choice.below(visitor.cookies.len());
        let path = PAGES[choice.below(PAGES.len())];
        let page = visitor.browser.get_as(&self.at(&tab.id, path), &visitor.cookies[number]).await;
        self.tally.answers += 1;
        if of == tab.visitor && !tab.ended && number >= visitor.session && number >= tab.cookie {
            return within(&page, &tab.may);
        }
        let never = never(choice);
        let other = visitor.browser.get_as(&self.at(&never, path), &visitor.cookies[number]).await;
        self.tally.strangers += 1;
        alike((&page, &tab.id), (&other, &never))
    }

    /// An item of another launch's plan is not in this one, or is this one's own.
    pub(super) async fn read_goal_of_another(&mut self, choice: &mut Choice) -> Verdict {
        let (Some(mine), Some(other)) = (choice.of(&self.live()), choice.of(&self.steered())) else { return Ok(()) };
        let goals = &self.tabs[other].goals;
        let Some(goal) = goals.get(choice.below(goals.len())) else { return Ok(()) };
        let mine = &self.tabs[mine];
        let page = self.visitors[mine.visitor].browser.get(&self.at(&mine.id, goal)).await;
        self.tally.answers += 1;
        within(&page, &mine.may)
    }

    /// A ticket of another launch opens nothing.
    pub(super) async fn read_answer_of_another(&mut self, choice: &mut Choice) -> Verdict {
        let (Some(mine), Some(other)) = (choice.of(&self.live()), choice.of(&self.steered())) else { return Ok(()) };
        let answers = &self.tabs[other].answers;
        let Some(answer) = answers.get(choice.below(answers.len())) else { return Ok(()) };
        let mine = &self.tabs[mine];
        let place = mine.goals.first().filter(|_| choice.one_in(2)).map_or("sources", String::as_str);
        let url = self.at(&mine.id, &format!("{place}?answer={answer}"));
        let page = self.visitors[mine.visitor].browser.get(&url).await;
        self.tally.answers += 1;
        within(&page, &mine.may)
    }

    fn look_at(&self, tab: usize, visitor: usize, choice: &mut Choice) -> Look {
        let goals = &self.tabs[tab].goals;
        let goal = goals.get(choice.below(goals.len())).filter(|_| choice.one_in(5));
        let page = PAGES[choice.below(PAGES.len())];
        Look { visitor, tab, path: goal.map_or(page, String::as_str).to_owned(), never: never(choice) }
    }

    /// Looks, and judges what is seen.
    async fn look(&self, look: &Look) -> Result<Page, String> {
        let (tab, browser) = (&self.tabs[look.tab], &self.visitors[look.visitor].browser);
        let page = browser.get(&self.at(&tab.id, &look.path)).await;
        if self.is_stranger(look) {
            let never = browser.get(&self.at(&look.never, &look.path)).await;
            alike((&page, &tab.id), (&never, &look.never))?;
        } else {
            within(&page, &tab.may)?;
        }
        Ok(page)
    }

    fn is_stranger(&self, look: &Look) -> bool {
        self.tabs[look.tab].ended || self.tabs[look.tab].visitor != look.visitor
    }

    /// Takes up what was seen: links to goals, and that something was seen at all.
    fn seen(&mut self, look: &Look, page: Page) {
        self.tally.answers += 1;
        if self.is_stranger(look) {
            self.tally.strangers += 1;
            return;
        }
        if ["events", "sharing"].contains(&&*look.path) {
            return;
        }
        let tab = &mut self.tabs[look.tab];
        self.tally.own += 1;
        self.tally.own_shown += usize::from(marked(&page.text).contains(&tab.human));
        let home = format!("\"/l/{}/", tab.id);
        for link in page.text.split(&home).skip(1).filter_map(|rest| rest.split('"').next()) {
            if link.starts_with("goals/") && !tab.goals.iter().any(|goal| goal == link) {
                tab.goals.push(link.to_owned());
            }
        }
    }
}

/// The id of a launch that never was.
pub(super) fn never(choice: &mut Choice) -> String {
    format!("{:032x}", choice.0.random::<u128>())
}
