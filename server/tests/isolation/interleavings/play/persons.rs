//! Who is one person: what the launches and the answers of users imply, and what a split takes back.

use std::collections::BTreeMap;

use crate::support::people::{Human, Place};

/// The record of a human at a source.
pub(super) type Kept = (Place, Human);

/// A person, by number.
pub(super) type Person = usize;

/// The persons of all tenants: each record that was ever opened or joined is one person's.
#[derive(Default)]
pub(super) struct Persons {
    links: BTreeMap<Kept, Link>,
    made: usize,
}

#[derive(Clone, Copy)]
struct Link {
    person: Person,
    /// A user has answered that it is theirs.
    confirmed: bool,
}

impl Persons {
    /// Whose a record is; one that is opened for the first time is a person of its own.
    pub(super) fn whose(&mut self, record: Kept) -> Person {
        if let Some(link) = self.links.get(&record) {
            return link.person;
        }
        self.made += 1;
        self.links.insert(record, Link { person: self.made, confirmed: false });
        self.made
    }

    pub(super) fn are_one(&self, one: Kept, other: Kept) -> bool {
        let whose = |record| self.links.get(&record).map(|link| link.person);
        one == other || (whose(one).is_some() && whose(one) == whose(other))
    }

    /// True where a record may not join a launch of `home` before a user has said that it is the same person's.
    pub(super) fn is_a_question(&mut self, home: Kept, other: Kept) -> bool {
        let person = self.whose(home);
        match self.links.get(&other) {
            Some(link) => link.person != person || !(link.confirmed || home.1 == other.1),
            None => home.1 != other.1,
        }
    }

    /// A record joins without a question.
    pub(super) fn link(&mut self, home: Kept, other: Kept) {
        let person = self.whose(home);
        self.links.entry(other).or_insert(Link { person, confirmed: false });
    }

    /// A user has answered yes. Whoever had the record becomes the person of `home`, with all that was theirs; gives the
    /// person that is no more.
    pub(super) fn confirm(&mut self, home: Kept, other: Kept) -> Option<Person> {
        let person = self.whose(home);
        let former = self.whose(other);
        if former == person {
            self.links.insert(other, Link { person, confirmed: true });
            return None;
        }
        let theirs = self.links.values_mut().filter(|link| link.person == former);
        theirs.for_each(|link| *link = Link { person, confirmed: true });
        Some(former)
    }

    /// A record is taken away from the person of `home`, in every launch; gives that person where it was theirs.
    pub(super) fn split(&mut self, home: Kept, other: Kept) -> Option<Person> {
        let person = self.whose(home);
        let link = self.links.get_mut(&other).filter(|link| link.person == person)?;
        self.made += 1;
        link.person = self.made;
        Some(person)
    }
}

mod tests {
    use super::*;

    #[test]
    fn who_was_confirmed_to_be_one_is_one_in_every_launch_until_a_split() {
        let record = |place, number| (Place(place), Human { tenant: 0, number });
        let (home, own, stranger) = (record(0, 0), record(1, 0), record(1, 3));
        let mut persons = Persons::default();
        assert!(!persons.is_a_question(home, own) && persons.is_a_question(home, stranger));
        persons.link(home, own);
        persons.confirm(home, stranger);
        assert!(persons.are_one(own, stranger) && !persons.is_a_question(home, stranger));
        // From the other's side nobody has confirmed anything about this record.
        assert!(persons.is_a_question(stranger, home));
        assert!(persons.split(own, stranger).is_some() && persons.split(own, stranger).is_none());
        assert!(!persons.are_one(home, stranger) && persons.is_a_question(home, stranger));
        assert!(persons.are_one(home, own));
    }
}
