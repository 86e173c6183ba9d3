//! From plan to plan, until a page is full.

use shared_plan::Id;
use shared_plan::plan::Plan;

use super::choosing::Choosing;
use crate::rest::asked::{Paging, Place};
use crate::rest::{Problem, Rest};
use crate::{Caller, Failure};

/// Plans that are read at once: a few for a small page, and never many.
const CHUNK: std::ops::RangeInclusive<usize> = 10..=50;
/// Plans that are read for one page; a page that is not full then is answered as it is, and goes on.
const READ: usize = 500;

/// A place among the parts of all plans: the last plan that was shown whole or passed over, and a row of one after it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spot {
    whole: Option<Id<Plan>>,
    row: Option<(Id<Plan>, usize)>,
}

impl Place for Spot {
    fn write(&self) -> String {
        let whole = self.whole.map(|id| id.to_string()).unwrap_or_default();
        let row = self.row.map(|(id, row)| format!("{id}.{row}")).unwrap_or_default();
        format!("{whole}:{row}")
    }

    fn read(text: &str) -> Option<Self> {
        let (whole, row) = text.split_once(':')?;
        let whole = if whole.is_empty() { None } else { Some(Id::parse(whole)?) };
        let row = match row.split_once('.') {
            Some((id, row)) => Some((Id::parse(id)?, row.parse().ok()?)),
            None if row.is_empty() => None,
            None => return None,
        };
        Some(Self { whole, row })
    }
}

/// The rows of a page and the cursor of the next.
///
/// `rows` gives the rows of one chosen plan that are asked for, each with its number among all rows of the plan: what a
/// plan has stays where it is and more comes at the end, so a number is a place for ever.
pub(super) async fn scan<T: Send>(
    rest: &Rest,
    caller: &Caller,
    choosing: &Choosing,
    paging: &Paging<Spot>,
    rows: impl Fn(&Plan) -> Vec<(usize, T)> + Send + Sync,
) -> Result<(Vec<T>, Option<String>), Problem> {
    let today = rest.service.today(&caller.tenant);
    let from = paging.after.clone().unwrap_or_default();
    let mut at = Spot { whole: from.whole, row: None };
    let chunk = (paging.limit + 1).clamp(*CHUNK.start(), *CHUNK.end());
    let (mut found, mut read) = (Vec::new(), 0);
    loop {
        let after = at.whole.map(|id| id.to_string());
        let listed = rest.service.list(caller, choosing.selection(), after.as_deref(), chunk).await?;
        read += listed.documents.len();
        for document in &listed.documents {
            let plan = Plan::from_document(document).map_err(Failure::Content)?;
            let told = from.row.filter(|(id, _)| *id == plan.id).map(|(_, row)| row);
            let rows = if choosing.chooses(&plan, today) { rows(&plan) } else { Vec::new() };
            for (number, row) in rows.into_iter().filter(|(number, _)| told.is_none_or(|told| *number > told)) {
                if found.len() == paging.limit {
                    return Ok((found, Some(paging.next(&at))));
                }
                at.row = Some((plan.id, number));
                found.push(row);
            }
            if found.len() < paging.limit {
                at = Spot { whole: Some(plan.id), row: None };
            }
        }
        let Some(next) = listed.next.as_deref().and_then(Id::parse) else { return Ok((found, None)) };
        // Whether there is more for a page that is full is seen by the next one, which has to read it anyway.
        if found.len() == paging.limit {
            return Ok((found, Some(paging.next(&at))));
        }
        // Behind what was told, others' plans may have been passed over.
        at = Spot { whole: Some(next), row: None };
        if read >= READ || listed.passed_over_many(chunk) {
            return Ok((found, Some(paging.next(&at))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_as_it_was_written_and_nothing_else_is_one() {
        let id = |byte: u8| Id::<Plan>::from_random([byte; 16]);
        for spot in [
            Spot::default(),
            Spot { whole: Some(id(1)), row: None },
            Spot { whole: None, row: Some((id(2), 0)) },
            Spot { whole: Some(id(1)), row: Some((id(2), 17)) },
        ] {
            assert_eq!(Spot::read(&spot.write()), Some(spot));
        }
        for text in ["", "x", "x:", ":x", ":x.1", ":.", &format!(":{}.-1", id(1)), &format!("{}", id(1))] {
            assert_eq!(Spot::read(text), None, "{text}");
        }
    }
}
