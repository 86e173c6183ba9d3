//! A second source joins a launch, after a question where it is not plain whose record it is, and leaves it again.

use app::desk::member_name;
use fhir::{ResourceKey, SourceId};

use super::reading::never;
use super::{Choice, Play};
use crate::judge::{Verdict, alike, within};
use crate::support::browser::Page;
use crate::support::form::{self, Form};
use crate::support::people::{Human, PEOPLE, Place};

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
            return within(page, &self.tabs[tab].may);
        }
        let (home, other) = (self.tabs[tab].home(), (self.tabs[tab].place.other_side(), human));
        if self.persons.is_a_question(home, other) {
            return Err(format!("{human} was joined to {} without a question", home.1));
        }
        self.persons.link(home, other);
        self.tabs[tab].connected = Some(human);
        self.tally.joined += 1;
        self.look_anew();
        within(page, &self.tabs[tab].may)
    }

    pub(super) async fn answer_question(&mut self, choice: &mut Choice) -> Verdict {
        let Some(number) = choice.of(&self.open_questions()) else { return Ok(()) };
        let (tab, human) = (self.questions[number].tab, self.questions[number].human);
        let mut both = self.tabs[tab].may.clone();
        both.show.insert(human);
        let url = self.at(&self.tabs[tab].id, &self.questions[number].path);
        let browser = &self.visitors[self.tabs[tab].visitor].browser;
        let page = browser.get(&url).await;
        self.tally.answers += 2;
        within(&page, &both)?;
        let Some(mut form) = form::with_action(&page, url.path()) else {
            self.questions[number].answered = true;
            return Ok(());
        };
        let yes = !choice.one_in(3);
        form.set("answer", if yes { "yes" } else { "no" });
        form.set("checked", "yes");
        let page = browser.post(&url, &form).await;
        self.questions[number].answered = true;
        within(&page, &both)?;
        let Some(to) = page.location() else { return Ok(()) };
        if to.path().contains("/confirm/") {
            // It has become another person's meanwhile.
            return self.joined(tab, human, &page);
        }
        if !to.path().ends_with("/plan") {
            return Ok(());
        }
        if !yes {
            return Err(format!("{human} was joined by a no"));
        }
        // From now on the two are one person of their tenant, in every launch that is let in to both.
        let (home, other) = (self.tabs[tab].home(), (self.tabs[tab].place.other_side(), human));
        if let Some(former) = self.persons.confirm(home, other) {
            // What the other shared was shared as who they were known to be then.
            self.shared.retain(|(person, _), _| *person != former);
        }
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
            within(&page, &mine.may)?;
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
        let joined: Vec<usize> = self.live().into_iter().filter(|tab| self.tabs[*tab].connected.is_some()).collect();
        let Some(tab) = choice.of(&joined) else { return Ok(()) };
        let (visitor, may) = (self.tabs[tab].visitor, self.tabs[tab].may.clone());
        let (home, place) = (self.tabs[tab].home(), self.tabs[tab].place.other_side());
        let source = place.id();
        let page = if choice.one_in(2) { "sources".to_owned() } else { format!("split/{source}") };
        let url = self.at(&self.tabs[tab].id, &page);
        let browser = &self.visitors[visitor].browser;
        let page = browser.get(&url).await;
        self.tally.answers += 1;
        within(&page, &may)?;
        let form = ["disconnect", "split"].map(|way| form::with_action(&page, &format!("/{way}/{source}")));
        let Some(mut form) = form.into_iter().flatten().next() else { return Ok(()) };
        form.set("reason", "It is somebody else's.");
        let page = browser.post(&url, &form).await;
        self.tally.answers += 1;
        within(&page, &may)?;
        // Where something hangs on the person, it is asked next whose it is.
        if page.location().is_some_and(|to| ["/sources", "/whose"].iter().any(|end| to.path().ends_with(end))) {
            let human = form.get("record").and_then(|name| named(place, name)).expect("the form names a record");
            self.tally.parted += 1;
            if form.action.path().contains("/split/")
                && let Some(person) = self.persons.split(home, (place, human))
            {
                self.shared.retain(|of, _| *of != (person, place));
            }
            let connected = &mut self.tabs[tab].connected;
            *connected = connected.filter(|joined| *joined != human);
            self.look_anew();
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

/// Whose record a form names.
fn named(place: Place, name: &str) -> Option<Human> {
    let of = |human: &Human| {
        let (source, kind, id) = (SourceId::new(place.id()), "Patient".to_owned(), human.patient_at(place));
        member_name(&ResourceKey { source, kind, id }) == name
    };
    (0..PEOPLE).map(|number| Human { tenant: place.tenant(), number }).find(of)
}
