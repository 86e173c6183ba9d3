//! The steps of a block: what is done, and a number that chooses among what is there when it is done.
//!
//! The choice is made late, so that a block still makes sense when one of its steps is left out.

use std::fmt;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deed {
    /// Leaves an EHR for Accord and comes back at once.
    Open,
    /// Leaves an EHR and has not come back yet.
    Leave,
    /// Comes back, the one that left last.
    Arrive,
    /// Comes back, any one: late and out of order.
    ArriveLate,
    /// Two come back at the same time.
    ArriveTogether,
    /// Comes back in another browser.
    ArriveElsewhere,
    /// Comes back a second time, in whichever browser.
    ArriveTwice,
    /// Comes back at the address of another source.
    ArriveAtAnotherSource,
    /// Leaves an open launch to sign in at the other source of its tenant.
    Connect,
    /// Asks an open launch to sign in at a source of another tenant.
    ConnectElsewhere,
    /// Answers the question whether the records of two sources are one person's.
    AnswerQuestion,
    /// Answers the question of another launch.
    AnswerQuestionOfAnother,
    /// Takes the second source out of a launch again.
    Part,
    /// A patient shares the record with the care team.
    Share,
    /// A patient takes that back.
    TakeBack,
    /// A coordinator signs in without a person.
    SignInToPanel,
    /// Reads the panel and opens somebody from it.
    ReadPanel,
    /// Reads a page of an open launch in its own browser.
    Read,
    /// Reads pages of several launches at the same time, each in its own browser or in another.
    ReadTogether,
    /// Reads a launch in another browser, or in one that never signed in.
    ReadAsAnother,
    /// Reads a launch with a cookie that its browser had before.
    ReadWithFormerCookie,
    /// Reads, within one launch, a goal of another.
    ReadGoalOfAnother,
    /// Reads, within one launch, the answer to a form of another.
    ReadAnswerOfAnother,
    /// Changes a goal.
    ChangeGoal,
    /// Sends, within one launch, the goal form of another.
    ChangeGoalOfAnother,
    /// Sends a goal form to another browser's launch.
    ChangeGoalAsAnother,
    /// Asks a source once more, of this tenant or another.
    Retry,
    /// Forgets what the process holds of a session, so that its launches are opened again from the store.
    Forget,
    /// Signs out in one tab.
    SignOut,
    /// Ends every access token at one EHR.
    ExpireTokens,
    /// Puts the clock forward, by a moment or by minutes.
    Wait,
    /// Puts the clock forward until every session has ended.
    WaitLong,
}

/// How often each is done.
const WEIGHTS: [(Deed, u32); 32] = [
    (Deed::Open, 40),
    (Deed::Leave, 25),
    (Deed::Arrive, 15),
    (Deed::ArriveLate, 15),
    (Deed::ArriveTogether, 10),
    (Deed::ArriveElsewhere, 15),
    (Deed::ArriveTwice, 15),
    (Deed::ArriveAtAnotherSource, 10),
    (Deed::Connect, 45),
    (Deed::ConnectElsewhere, 10),
    (Deed::AnswerQuestion, 30),
    (Deed::AnswerQuestionOfAnother, 15),
    (Deed::Part, 15),
    (Deed::Share, 25),
    (Deed::TakeBack, 6),
    (Deed::SignInToPanel, 25),
    (Deed::ReadPanel, 40),
    (Deed::Read, 340),
    (Deed::ReadTogether, 60),
    (Deed::ReadAsAnother, 140),
    (Deed::ReadWithFormerCookie, 40),
    (Deed::ReadGoalOfAnother, 40),
    (Deed::ReadAnswerOfAnother, 30),
    (Deed::ChangeGoal, 40),
    (Deed::ChangeGoalOfAnother, 20),
    (Deed::ChangeGoalAsAnother, 20),
    (Deed::Retry, 15),
    (Deed::Forget, 10),
    (Deed::SignOut, 5),
    (Deed::ExpireTokens, 10),
    (Deed::Wait, 25),
    (Deed::WaitLong, 1),
];

/// One step.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub deed: Deed,
    /// Chooses tabs, people, pages.
    pub choice: u64,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:#x}", self.deed, self.choice)
    }
}

/// The steps of one block; the same for the same seed and number.
pub fn block(seed: u64, number: u64, length: usize) -> Vec<Step> {
    let mut random = StdRng::seed_from_u64(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(number));
    let all: u32 = WEIGHTS.iter().map(|(_, weight)| weight).sum();
    let deed = |random: &mut StdRng| {
        let mut left = random.random_range(0..all);
        for (deed, weight) in WEIGHTS {
            match left.checked_sub(weight) {
                Some(rest) => left = rest,
                None => return deed,
            }
        }
        Deed::Read
    };
    (0..length).map(|_| Step { deed: deed(&mut random), choice: random.random() }).collect()
}

#[test]
fn every_deed_is_done_in_a_few_blocks_and_a_block_is_the_same_every_time() {
    let all: Vec<Step> = (0..4).flat_map(|number| block(1, number, 500)).collect();
    for (deed, _) in WEIGHTS {
        assert!(all.iter().any(|step| step.deed == deed), "{deed:?}");
    }
    let again = block(1, 3, 500);
    assert!(again.iter().zip(&all[1500..]).all(|(one, other)| one.choice == other.choice && one.deed == other.deed));
}
