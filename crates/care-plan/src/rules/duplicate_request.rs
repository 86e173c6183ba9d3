//! Duplicate request: the same thing is asked for twice, by two records or twice in one.
//!
//! A test is done twice, or a medication is dispensed twice and both boxes are taken (ISMP; R4 detectedissue-category
//! `DUPTHPY`, duplicate therapy).
//! *FHIR:* the status, code and `occurrence[x]` of requests (R4 request.html).
//! *Severity:* moderate for medications, unless their times lie apart; low for anything else.
//! *Silent:* proposals and plans beside an order; copies of one order by its identifier; a renewal, a replacement, an order
//! that carries out the other; different occurrence times; services ordered a season apart, for each is its own; and what
//! the dose rule tells already.

use std::rc::Rc;

use fhir::FhirDate;

use super::Case;
use super::common::courses::Course;
use super::common::doses::Doses;
use super::common::dosing::{self, Sig};
use super::common::near::{Near, When};
use super::common::report::{Report, code, date, text};
use super::common::taken::Taken;
use super::common::work;
use crate::plan::{
    DetectedIssue, Fact, Intervention, InterventionStatement, IssueCode, Member, Phase, Settlement, Severity,
};

/// Types that ask for something. An activity that only a plan describes asks nobody.
const REQUESTS: [&str; 5] =
    ["CommunicationRequest", "DeviceRequest", "MedicationRequest", "NutritionOrder", "ServiceRequest"];
/// Seconds between two orders of one service after which the later is one of its own: three months.
const OWN_AFTER: i64 = 90 * 86_400;

/// One request of a cluster.
struct Asked<'a> {
    member: &'a Member,
    says: &'a InterventionStatement,
    taken: Option<Taken<'a>>,
    course: Course<'a>,
    when: When,
    dose: Option<Rc<Sig>>,
}

/// Finds clusters with several current orders.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    let mut doses = Doses::default();
    let planned = case.plan.interventions.iter().filter(|act| act.phase == Phase::Planned);
    planned.filter_map(|act| issue(case, act, &mut doses)).collect()
}

fn issue<'a>(case: &Case<'a>, act: &'a Intervention, doses: &mut Doses<'a>) -> Option<DetectedIssue> {
    let orders: Vec<_> = (act.item.members.iter().zip(&act.statements))
        .filter(|(_, says)| REQUESTS.contains(&says.kind.as_str()) && says.is_current() && is_order(says))
        .collect();
    if orders.len() < 2 {
        return None;
    }
    let read = |(member, says): (&'a Member, &'a InterventionStatement)| {
        let medication = says.medication.as_ref();
        let taken = medication.map(|medication| Taken { item: &act.item, member, says, medication });
        let course = Course::of(case.reach, member)?;
        let when = When { days: course.days(), given: says.when.as_ref().map(FhirDate::sort_key) };
        let dose = taken.as_ref().and_then(|taken| doses.of(taken));
        Some(Asked { member, says, taken, course, when, dose })
    };
    let asked: Vec<Asked<'_>> = orders.into_iter().filter_map(read).collect();
    let near = Near::of(asked.iter().map(|asked| asked.when).collect());
    let against = |one: usize, other: usize| severity(&asked[one], &asked[other]);
    let worst = |one: usize| {
        let gravest = if asked[one].taken.is_some() { Severity::Moderate } else { Severity::Low };
        let same_time = worst(near.sharing(one).filter_map(|other| against(one, other)), gravest);
        // At other times only medications are doubled, and less gravely.
        let others = if asked[one].taken.is_some() { 0..asked.len() } else { 0..0 };
        let mut others = others.filter(|other| *other != one);
        same_time.or_else(|| others.find_map(|other| against(one, other)))
    };
    let sides: Vec<(usize, Severity)> = (0..asked.len()).filter_map(|at| Some((at, worst(at)?))).collect();
    let severity = sides.iter().map(|(_, severity)| *severity).min()?;
    let element = if asked[sides[0].0].taken.is_some() { "MedicationRequest.status" } else { "status" };
    let mut report = Report::on(&act.item, IssueCode::DuplicateRequest, severity, element);
    for (at, _) in &sides {
        report = report.side(asked[*at].member, facts(&asked[*at]));
    }
    let keys = || sides.iter().map(|(at, _)| asked[*at].member.key.clone());
    if asked[sides[0].0].taken.is_some() {
        report = report.settle(Settlement::AskPrescriber { about: keys().collect() });
    } else {
        for of in keys() {
            report = report.settle(Settlement::Change { element: "status", of, to: Some("revoked".to_owned()) });
        }
    }
    report = report.settle(Settlement::JoinOrSplit { of: keys().collect() });
    Some(report.settle(Settlement::KeepAsIs).done())
}

/// The gravest of some; none is looked for beyond the one that nothing is graver than.
fn worst(found: impl Iterator<Item = Severity>, gravest: Severity) -> Option<Severity> {
    let mut worst = None;
    for severity in found {
        if severity <= gravest {
            return Some(severity);
        }
        worst = worst.min(Some(severity)).or(Some(severity));
    }
    worst
}

fn facts(asked: &Asked<'_>) -> Vec<Fact> {
    if let Some(taken) = &asked.taken {
        return taken.facts("");
    }
    let says = asked.says;
    let mut facts = vec![text("request", &says.title), code("status", says.status.as_deref())];
    facts.push(date("when", says.when.as_ref()));
    facts.extend(says.who.as_ref().map(|who| text("setBy", who)));
    facts
}

/// True for an order; a plan or a proposal becomes one, and both are then current.
fn is_order(says: &InterventionStatement) -> bool {
    let begun = !matches!(says.status.as_deref(), Some("draft"));
    begun && !matches!(says.intent.as_deref(), Some("proposal" | "plan" | "option" | "directive"))
}

/// How grave it is that both are current; `None` where they are no duplicates.
fn severity(one: &Asked<'_>, other: &Asked<'_>) -> Option<Severity> {
    work::count();
    let elsewhere = one.member.key.source != other.member.key.source;
    let apart = one.when.is_apart_from(&other.when);
    if one.says.kind != other.says.kind || one.course.carries_on(&other.course) {
        return None;
    }
    if let (Some(own), Some(theirs)) = (&one.taken, &other.taken) {
        let doses = one.dose.as_ref().zip(other.dose.as_ref()).filter(|_| own.voice() != theirs.voice());
        let told = doses.is_some_and(|(own, theirs)| dosing::difference(own, theirs).is_some());
        // Courses one after the other in one record are its own history; in two, each holds its own to be taken.
        return match (told, apart, elsewhere) {
            (true, ..) | (_, true, false) => None,
            (_, true, true) => Some(Severity::Low),
            (_, false, _) => Some(Severity::Moderate),
        };
    }
    let own = match (one.when.given, other.when.given) {
        (Some(own), Some(theirs)) => (own - theirs).abs() > OWN_AFTER,
        _ => false,
    };
    (!apart && !own).then_some(Severity::Low)
}
