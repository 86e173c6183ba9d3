//! Joining and splitting by hand, with who, when and why.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Decisions, Grouping, MemberName, Signature};

/// A decision about what is one item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Regrouping {
    /// What is one, or is not.
    pub grouping: Grouping,
    /// Who, when and why.
    pub signature: Signature,
}

impl Decisions {
    /// The groupings that count, sorted: a later split parts what was joined before, and a later join brings
    /// together again what was split before, for a join by hand holds beside every split. The order of the log changes nothing.
    pub fn in_force(&self) -> Vec<Grouping> {
        let mut log: Vec<&Regrouping> = self.regroupings.iter().collect();
        log.sort_by_key(|one| (one.signature.at, *one));
        let mut counting: Vec<Grouping> = Vec::new();
        for one in log {
            let earlier = std::mem::take(&mut counting);
            counting.extend(earlier.into_iter().flat_map(|earlier| after(earlier, &one.grouping)));
            counting.push(one.grouping.clone());
        }
        counting.extend(self.groupings.iter().cloned());
        counting.sort();
        counting.dedup();
        counting
    }
}

/// What is left of a grouping after a later one: a split parts an earlier join.
fn after(earlier: Grouping, later: &Grouping) -> Vec<Grouping> {
    let (Grouping::Join { members }, Grouping::Split { members: apart }) = (&earlier, later) else {
        return vec![earlier];
    };
    let parts: [BTreeSet<MemberName>; 2] = [
        members.iter().filter(|member| apart.contains(member)).cloned().collect(),
        members.iter().filter(|member| !apart.contains(member)).cloned().collect(),
    ];
    parts.into_iter().filter(|members| members.len() > 1).map(|members| Grouping::Join { members }).collect()
}
