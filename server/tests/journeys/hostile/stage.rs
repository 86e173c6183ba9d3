//! A lying EHR, an honest one, and the story that every case tells.

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use sandbox::{EhrConfig, Hostility};
use server::{Server, SystemRandomness};
use smart::Smart;

use crate::support::browser::{Browser, Page};
use crate::support::world::{EHRS, World};

/// The EHR that lies: Accord proves itself there by a signed assertion.
pub const LIAR: &str = "valley-ehr";
/// The one that never does: Accord proves itself there by a secret.
pub const HONEST: &str = "nephrology";
/// Clinicians there.
const USERS: [(&str, &str); 2] = [(LIAR, "castellanos"), (HONEST, "solberg")];

/// What must come of a launch during which the EHR lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A page with this status and calm words; nothing is opened.
    Refused(StatusCode),
    /// The lie is harmless or within what servers may do: the plan opens, of the person whose record was open.
    Opens,
    /// A launch opens, and shows nothing of anybody: the EHR names a person whose record its token does not open.
    OpensBlind,
}

pub const BAD_GATEWAY: Outcome = Outcome::Refused(StatusCode::BAD_GATEWAY);
pub const BAD_REQUEST: Outcome = Outcome::Refused(StatusCode::BAD_REQUEST);
pub const FORBIDDEN: Outcome = Outcome::Refused(StatusCode::FORBIDDEN);

/// A world with both EHRs, and what was complained about until now.
pub struct Stage {
    pub world: World,
    pub browser: Browser,
    pub complaints: Vec<String>,
    cases: usize,
}

impl Stage {
    pub async fn set() -> Self {
        let ehr = |(id, name, _): &(&str, &str, &str)| EhrConfig::new(*id, *name);
        let world = World::with(EHRS.iter().take(2).map(ehr).collect()).await;
        Self { world, browser: Browser::new(), complaints: Vec::new(), cases: 0 }
    }

    /// Another Accord and other EHRs, which have kept nothing of what was before.
    pub async fn renew(&mut self) {
        let ehr = |(id, name, _): &(&str, &str, &str)| EhrConfig::new(*id, *name);
        self.world = World::with(EHRS.iter().take(2).map(ehr).collect()).await;
        self.browser = Browser::new();
    }

    /// As [`Stage::renew`], with an Accord that waits two seconds for an answer and not ten: for EHRs that never give one.
    pub async fn lose_patience(&mut self) {
        self.renew().await;
        let ehr = |(id, name, _): &(&str, &str, &str)| EhrConfig::new(*id, *name);
        let impatient = |server: &mut Server| {
            server.outbound = server.outbound.clone().with_patience(Duration::from_secs(2));
            let random = Arc::new(SystemRandomness);
            server.smart = Arc::new(Smart::new(server.outbound.clone(), server.clock.clone(), random));
        };
        self.world = World::altered(EHRS.iter().take(2).map(ehr).collect(), impatient).await;
    }

    /// Runs one launch during the lie, and an honest one after it.
    pub async fn launch(&mut self, lie: Hostility, outcome: Outcome) {
        self.begin(lie, outcome);
        self.lie(Some(lie));
        let page = self.open(LIAR, 0).await;
        self.judge(lie, outcome, &page).await;
        self.end(lie, &page).await;
    }

    /// Runs an honest launch for another person first, whose answer or identity the lie brings again.
    pub async fn launch_after_another(&mut self, lie: Hostility, outcome: Outcome) {
        self.lie(None);
        let other = self.open(LIAR, 1).await;
        self.expect(lie, other.status == StatusCode::OK, "the earlier launch opens");
        self.launch(lie, outcome).await;
    }

    /// Notes a case in the output.
    pub fn begin(&mut self, lie: Hostility, outcome: Outcome) {
        self.cases += 1;
        eprintln!("{lie}: {outcome:?}: {}", lie.meaning());
    }

    pub fn lie(&self, lie: Option<Hostility>) {
        self.world.sandbox.ehr(LIAR).set_hostility(lie);
    }

    /// Opens a person's plan from an EHR.
    pub async fn open(&mut self, ehr: &str, person: usize) -> Page {
        let people = sandbox::people::whereabouts();
        let user = USERS.iter().find(|(at, _)| *at == ehr).map_or("", |(_, user)| *user);
        let patient = people[person].patient_id(ehr).expect("the person is known there");
        self.world.open(&self.browser, ehr, user, patient).await
    }

    /// Compares a page with the outcome that must be.
    pub async fn judge(&mut self, lie: Hostility, outcome: Outcome, page: &Page) {
        let opened = page.url.path().starts_with("/l/");
        match outcome {
            Outcome::Refused(status) => {
                self.expect(lie, !opened, &format!("a launch opened at {}", page.url.path()));
                self.expect(lie, page.status == status, &format!("status {} instead of {status}", page.status));
                let calm = ["Start again", "Try again", "start again", "open Accord again"];
                let says = calm.iter().any(|words| page.text.contains(words));
                self.expect(lie, says, "the page does not say what to do");
                self.nobody(lie, page);
            }
            Outcome::Opens => {
                self.expect(lie, opened && page.status == StatusCode::OK, &format!("not opened: {}", page.status));
                if opened {
                    self.world.settled(page).await;
                    let plan = self.browser.get(&page.at("plan?show=all")).await;
                    self.only(lie, &plan, 0);
                }
            }
            Outcome::OpensBlind => {
                self.expect(lie, page.status == StatusCode::OK, &format!("status {}", page.status));
                if opened {
                    self.world.settled(page).await;
                    let plan = self.browser.get(&page.at("plan?show=all")).await;
                    self.nobody(lie, &plan);
                    let items = self.world.snapshot(page).map_or(0, |snapshot| {
                        snapshot.records.iter().map(|record| record.resources.len()).sum::<usize>()
                    });
                    self.expect(lie, items == 0, &format!("{items} resources were taken in"));
                }
            }
        }
    }

    /// What holds after every case: nothing hostile is live on the page, and an honest EHR opens in the same browser.
    pub async fn end(&mut self, lie: Hostility, page: &Page) {
        self.lie(None);
        let live = ["<script>alert", "<img src=x", "javascript:alert"];
        self.expect(lie, !live.iter().any(|text| page.text.contains(text)), "hostile text is live on the page");
        let broken = page.status.is_server_error() && page.status != StatusCode::BAD_GATEWAY;
        self.expect(lie, !broken, &format!("status {}", page.status));
        let honest = self.open(HONEST, 0).await;
        self.world.settled(&honest).await;
        let honest = self.browser.get(&honest.url).await;
        self.expect(lie, honest.status == StatusCode::OK, &format!("the honest EHR: status {}", honest.status));
        self.only(lie, &honest, 0);
    }

    /// Expects the banner of one person, and of nobody else.
    pub fn only(&mut self, lie: Hostility, page: &Page, person: usize) {
        for (index, banner) in banners().iter().enumerate() {
            let shown = page.text.contains(banner);
            self.expect(lie, shown == (index == person), &format!("{banner}: shown is {shown} ({})", page.status));
        }
    }

    /// Expects nobody's banner.
    pub fn nobody(&mut self, lie: Hostility, page: &Page) {
        for banner in banners() {
            self.expect(lie, !page.text.contains(&banner), &format!("{banner} is shown"));
        }
    }

    pub fn expect(&mut self, lie: Hostility, holds: bool, complaint: &str) {
        if !holds {
            self.complaints.push(format!("{lie}: {complaint}"));
        }
    }

    /// Ends the step: counts the cases, searches for secrets, and fails with every complaint.
    pub fn close(mut self, step: &str, expected: usize) {
        let found = self.world.search();
        assert!(found.secrets > 10, "only {} secrets were collected", found.secrets);
        eprintln!(
            "{step}: {} cases; {} secrets searched in {} bytes of answers, {} of log and {} of database",
            self.cases, found.secrets, found.answers, found.logged, found.stored
        );
        self.complaints.extend(found.complaints);
        assert_eq!(self.cases, expected, "every way of {step} has its case");
        assert!(self.complaints.is_empty(), "{} complaints:\n{}", self.complaints.len(), self.complaints.join("\n"));
    }
}

/// The last word of each person's name, as banners write it; places differ in what they put before it.
fn banners() -> Vec<String> {
    let people = sandbox::people::whereabouts();
    let last = |name: &str| name.rsplit(|letter: char| !letter.is_alphabetic()).next().map(str::to_uppercase);
    people.iter().filter_map(|person| last(person.name)).collect()
}
