//! Comparing who two records are about.

use access::person::likeness::{Facts, Field, Likeness, Name, compare};
use proptest::prelude::*;

fn facts(family: &str, given: &str, birth_date: &str, sex: &str) -> Facts {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let given = given.split(',').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let names = vec![Name { family: some(family), given }];
    Facts { names, birth_date: some(birth_date), sex: some(sex) }
}

fn names(family: &str, given: &str, other_family: &str, other_given: &str) -> Likeness {
    compare(&facts(family, given, "1957-03-02", "female"), &facts(other_family, other_given, "1957-03-02", "female"))
}

#[test]
fn one_person_in_many_spellings_differs_in_spelling_only() {
    use Field::{Family, Given};
    for (family, given, other_family, other_given, fields) in [
        ("Ruiz", "Maria", "RUIZ", "maria", vec![Family, Given]),
        ("Ruíz", "María", "Ruiz", "Maria", vec![Family, Given]),
        ("Müller", "Ada", "Mueller", "Ada", vec![Family]),
        ("Müller", "Ada", "MULLER", "Ada", vec![Family]),
        ("Groß", "Ada", "Gross", "Ada", vec![Family]),
        ("Smith-Jones", "Ada", "Smith Jones", "Ada", vec![Family]),
        ("O’Neill", "Ada", "ONeill", "Ada", vec![Family]),
        ("Ruiz", "Anne-Marie", "Ruiz", "Annemarie", vec![Given]),
        ("Ruiz", "Maria,Elena", "Ruiz", "Elena,Maria", vec![Given]),
        ("Ruiz", "Maria Elena", "Ruiz", "Maria,Elena", vec![Given]),
        ("Ruiz", "Maria,Elena", "Ruiz", "Maria", vec![Given]),
        ("Ruiz", "Maria,E.", "Ruiz", "Maria,Elena", vec![Given]),
    ] {
        let found = names(family, given, other_family, other_given);
        assert_eq!(found, Likeness::SpellingDiffers(fields), "{given} {family} / {other_given} {other_family}");
    }
    assert_eq!(names("Ruiz", "Maria", "Ruiz ", "Maria"), Likeness::Same);
}

#[test]
fn other_names_are_a_difference() {
    assert_eq!(names("Ruiz", "Maria", "Ruiz", "Mario"), Likeness::Different(vec![Field::Given]));
    assert_eq!(names("Bauer", "Ada", "Baur", "Ada"), Likeness::Different(vec![Field::Family]));
    assert_eq!(names("Ruiz", "Maria,E", "Ruiz", "Maria,Anna"), Likeness::Different(vec![Field::Given]));
    assert_eq!(names("Ruiz", "Maria", "Maria", "Ruiz"), Likeness::Different(vec![Field::Family, Field::Given]));
}

#[test]
fn a_former_name_is_not_another_person() {
    let mut one = facts("Ruiz", "Maria", "1957-03-02", "female");
    one.names.push(Name { family: Some("Ortega".to_owned()), given: vec!["Maria".to_owned()] });
    assert_eq!(compare(&one, &facts("Ortega", "Maria", "1957-03-02", "female")), Likeness::Same);
}

#[test]
fn a_partial_date_agrees_as_far_as_it_says() {
    let with = |one: &str, other: &str| {
        compare(&facts("Ruiz", "Maria", one, "female"), &facts("Ruiz", "Maria", other, "female"))
    };
    let (differs, different) =
        (Likeness::SpellingDiffers(vec![Field::BirthDate]), Likeness::Different(vec![Field::BirthDate]));
    assert_eq!(with("1957", "1957-03-02"), differs);
    assert_eq!(with("1957-03", "1957-03-02"), differs);
    assert_eq!(with("1957", "1957-03"), differs);
    for (one, other) in
        [("1957-03-02", "1957-02-03"), ("1957", "1958-03"), ("195", "1957"), ("", "1957"), ("1957", "1957-xx-02")]
    {
        assert_eq!(with(one, other), different, "{one} {other}");
    }
}

#[test]
fn a_sex_that_is_not_known_is_not_another_one() {
    let with =
        |one: &str, other: &str| compare(&facts("Ruiz", "Maria", "1957", one), &facts("Ruiz", "Maria", "1957", other));
    assert_eq!(with("female", "unknown"), Likeness::SpellingDiffers(vec![Field::Sex]));
    assert_eq!(with("", "unknown"), Likeness::Same);
    assert_eq!(with("female", "male"), Likeness::Different(vec![Field::Sex]));
}

#[test]
fn what_says_nothing_is_never_taken_for_somebody() {
    let somebody = facts("Ruiz", "Maria", "1957-03-02", "female");
    let Likeness::Different(fields) = compare(&somebody, &Facts::default()) else { panic!("nothing to compare") };
    assert!(fields.contains(&Field::Family) && fields.contains(&Field::BirthDate));
    for empty in ["-", " ", "…"] {
        let found = names("Ruiz", "Maria", empty, "Maria");
        assert_eq!(found, Likeness::Different(vec![Field::Family]));
        assert_eq!(names("!", "Maria", empty, "Maria"), Likeness::Different(vec![Field::Family]));
    }
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Za-zäöüßéÉñøŁ' -]{0,8}", any::<String>()]
}

fn some_facts() -> impl Strategy<Value = Facts> {
    let name = (proptest::option::of(word()), proptest::collection::vec(word(), 0..3))
        .prop_map(|(family, given)| Name { family, given });
    let date = proptest::option::of(prop_oneof!["19[0-9]{2}(-0[1-9](-[012][1-9])?)?", any::<String>()]);
    let sex = proptest::option::of(prop_oneof!["female|male|other|unknown", any::<String>()]);
    (proptest::collection::vec(name, 0..3), date, sex).prop_map(|(names, birth_date, sex)| Facts {
        names,
        birth_date,
        sex,
    })
}

fn shout(facts: &Facts) -> Facts {
    let names = facts.names.iter().map(|name| Name {
        family: name.family.as_ref().map(|family| family.to_uppercase()),
        given: name.given.iter().rev().map(|given| given.to_uppercase()).collect(),
    });
    Facts { names: names.rev().collect(), ..facts.clone() }
}

proptest! {
    #[test]
    fn comparing_is_symmetric(one in some_facts(), other in some_facts()) {
        prop_assert_eq!(compare(&one, &other), compare(&other, &one));
    }

    #[test]
    fn every_record_is_the_same_as_itself(one in some_facts()) {
        prop_assert_eq!(compare(&one, &one.clone()), Likeness::Same);
    }

    #[test]
    fn case_and_order_never_make_a_difference(family in "[A-Za-zäöüéñø]{1,8}", given in proptest::collection::vec("[A-Za-zäöüéñø]{1,8}", 1..4)) {
        let one = Facts { names: vec![Name { family: Some(family), given }], ..Facts::default() };
        prop_assert!(!matches!(compare(&one, &shout(&one)), Likeness::Different(_)));
    }

    #[test]
    fn another_year_is_always_a_difference(one in some_facts(), year in 1900..1999u16) {
        let birth = |year: u16| Facts { birth_date: Some(format!("{year}-03-02")), ..one.clone() };
        prop_assert_eq!(compare(&birth(year), &birth(year + 1)), Likeness::Different(vec![Field::BirthDate]));
    }
}
