//! One condition of a search: a parameter, its modifier, and the values of which one must match.

use jiff::Timestamp;
use serde_json::Value;

use super::date::When;
use super::escape::{plain, split};
use super::number::Amount;
use super::reference::Pointer;
use super::token::{Token, has_text};
use super::{text, uri};
use crate::params::{Kind, Param};
use crate::references::{Base, Local};
use crate::{Failure, each, is_kind};

/// One condition. Several values are alternatives; several criteria must all hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    param: &'static Param,
    test: Test,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    Missing(bool),
    Tokens(Vec<Token>),
    NotTokens(Vec<Token>),
    TokenTexts(Vec<String>),
    Dates(Vec<When>),
    Pointers(Vec<Pointer>),
    Identifiers(Vec<Token>),
    Texts(Vec<String>, text::How),
    Addresses(Vec<String>, uri::How),
    Amounts(Vec<Amount>),
}

impl Criterion {
    /// Reads the values of one parameter.
    ///
    /// # Errors
    /// 400 for a modifier that the parameter does not have, and for a value that cannot be read or is empty: an
    /// empty `patient=` must not become a search for everybody.
    pub fn parse(param: &'static Param, modifier: Option<&str>, value: &str) -> Result<Self, Failure> {
        let wrong = || Failure::bad_request("invalid", format!("The value of {} cannot be read.", param.name));
        let values = split(value, ',');
        let test = match (param.kind, modifier) {
            (_, Some("missing")) => Test::Missing(value.parse().map_err(|_| wrong())?),
            (Kind::Token, None) => Test::Tokens(all(&values, Token::parse).ok_or_else(wrong)?),
            (Kind::Token, Some("not")) => Test::NotTokens(all(&values, Token::parse).ok_or_else(wrong)?),
            (Kind::Token, Some("text")) => Test::TokenTexts(all(&values, not_empty).ok_or_else(wrong)?),
            (Kind::Date, None) => Test::Dates(all(&values, When::parse).ok_or_else(wrong)?),
            (Kind::Reference, None) => Test::Pointers(all(&values, Pointer::parse).ok_or_else(wrong)?),
            (Kind::Reference, Some("identifier")) => Test::Identifiers(all(&values, Token::parse).ok_or_else(wrong)?),
            (Kind::Reference, Some(kind))
                if is_kind(kind) && (param.targets.is_empty() || param.targets.contains(&kind)) =>
            {
                let narrowed = all(&values, |value| Pointer::parse(value).and_then(|pointer| pointer.narrowed(kind)));
                Test::Pointers(narrowed.ok_or_else(wrong)?)
            }
            (Kind::Text, None) => Test::Texts(all(&values, not_empty).ok_or_else(wrong)?, text::How::Begins),
            (Kind::Text, Some("contains")) => {
                Test::Texts(all(&values, not_empty).ok_or_else(wrong)?, text::How::Contains)
            }
            (Kind::Text, Some("exact")) => Test::Texts(all(&values, not_empty).ok_or_else(wrong)?, text::How::Exact),
            (Kind::Uri, None) => Test::Addresses(all(&values, not_empty).ok_or_else(wrong)?, uri::How::Same),
            (Kind::Uri, Some("below")) => Test::Addresses(all(&values, not_empty).ok_or_else(wrong)?, uri::How::Below),
            (Kind::Uri, Some("above")) => Test::Addresses(all(&values, not_empty).ok_or_else(wrong)?, uri::How::Above),
            (Kind::Number | Kind::Quantity, None) => Test::Amounts(all(&values, Amount::parse).ok_or_else(wrong)?),
            (_, Some(_)) => {
                let sentence = format!("The parameter {} has no such modifier here.", param.name);
                return Err(Failure::bad_request("not-supported", sentence));
            }
        };
        Ok(Self { param, test })
    }

    /// Name of the parameter.
    pub fn name(&self) -> &'static str {
        self.param.name
    }

    /// True where the resource fulfils it.
    pub fn matches(&self, resource: &Value, base: &Base) -> bool {
        let any = |check: &dyn Fn(&Value) -> bool| {
            let mut hit = false;
            for path in self.param.paths {
                each(resource, path, &mut |element| hit = hit || check(element));
            }
            hit
        };
        let targets = self.param.targets;
        match &self.test {
            Test::Missing(missing) => any(&|_| true) != *missing,
            Test::Tokens(tokens) => any(&|element| tokens.iter().any(|token| token.matches(element))),
            Test::NotTokens(tokens) => !any(&|element| tokens.iter().any(|token| token.matches(element))),
            Test::TokenTexts(texts) => any(&|element| texts.iter().any(|wanted| has_text(element, wanted))),
            Test::Dates(dates) => any(&|element| dates.iter().any(|date| date.matches(element))),
            Test::Pointers(pointers) => {
                any(&|element| pointers.iter().any(|pointer| pointer.matches(element, targets, base)))
            }
            Test::Identifiers(tokens) => any(&|element| {
                element.get("identifier").is_some_and(|identifier| tokens.iter().any(|token| token.matches(identifier)))
            }),
            Test::Texts(texts, how) => any(&|element| texts.iter().any(|wanted| text::matches(element, wanted, *how))),
            Test::Addresses(addresses, how) => {
                any(&|element| addresses.iter().any(|wanted| uri::matches(element, wanted, *how)))
            }
            Test::Amounts(amounts) => any(&|element| amounts.iter().any(|amount| amount.matches(element))),
        }
    }

    /// The resources of which each match refers to at least one, where that is certain: a surface with an index
    /// need not look at the rest.
    pub fn refers_to(&self) -> Option<Vec<Local>> {
        let Test::Pointers(pointers) = &self.test else { return None };
        let each: Option<Vec<Vec<Local>>> =
            pointers.iter().map(|pointer| pointer.candidates(self.param.targets)).collect();
        each.map(|locals| locals.into_iter().flatten().collect())
    }

    /// The ids by which it names resources of a type; `None` where it names nothing by reference.
    pub fn named(&self, kind: &str, base: &Base) -> Option<Vec<String>> {
        let Test::Pointers(pointers) = &self.test else { return None };
        Some(pointers.iter().filter_map(|pointer| pointer.id_of(kind, base)).collect())
    }

    /// The codes of which each match has one, where that is certain.
    pub fn codes(&self) -> Option<Vec<&str>> {
        let Test::Tokens(tokens) = &self.test else { return None };
        tokens.iter().map(Token::code).collect()
    }

    /// The time before which no match lies, where that is certain.
    pub fn not_before(&self) -> Option<Timestamp> {
        let Test::Dates(dates) = &self.test else { return None };
        let each: Option<Vec<Timestamp>> = dates.iter().map(When::not_before).collect();
        each?.into_iter().min()
    }

    /// True where it narrows a search to one or a few people: it names the person, the resource or a business
    /// identifier, and is not turned into its opposite by `:missing` or `:not`.
    pub fn names_a_person(&self) -> bool {
        let positive = !matches!(self.test, Test::Missing(_) | Test::NotTokens(_));
        let by_person = matches!(self.param.name, "patient" | "subject" | "beneficiary" | "_id" | "identifier");
        positive && by_person
    }
}

fn all<T>(values: &[&str], read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    values.iter().map(|value| read(value)).collect()
}

fn not_empty(value: &str) -> Option<String> {
    let value = plain(value);
    (!value.trim().is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::params::lookup;

    fn hits(name: &str, modifier: Option<&str>, value: &str) -> bool {
        let goal = json!({"resourceType": "Goal", "id": "g", "lifecycleStatus": "active", "subject": {"reference": "Patient/1"}});
        let param = lookup("Goal", name).expect(name);
        Criterion::parse(param, modifier, value).expect(value).matches(&goal, &Base::new("http://127.0.0.1"))
    }

    #[test]
    fn a_comma_means_or_and_modifiers_turn_the_question() {
        assert!(hits("lifecycle-status", None, "completed,active"));
        assert!(!hits("lifecycle-status", Some("not"), "completed,active"));
        assert!(hits("category", Some("missing"), "true") && !hits("category", Some("missing"), "false"));
        assert!(hits("subject", Some("Patient"), "1") && !hits("subject", Some("Group"), "1"));
    }

    #[test]
    fn empty_values_and_foreign_modifiers_are_refused() {
        let refused = |name: &str, modifier: Option<&str>, value: &str| {
            Criterion::parse(lookup("Goal", name).expect(name), modifier, value).expect_err(value).status
        };
        assert_eq!(refused("patient", None, ""), 400);
        assert_eq!(refused("patient", None, "1,"), 400);
        assert_eq!(refused("patient", Some("Group"), "1"), 400);
        assert_eq!(refused("patient", Some("exact"), "1"), 400);
        assert_eq!(refused("category", Some("missing"), "perhaps"), 400);
    }
}
