//! What is taken, cluster by cluster.

use super::taken::Taken;

/// The members of each cluster together, in the order of the plan.
pub(in crate::rules) fn of<'a>(taken: impl Iterator<Item = Taken<'a>>) -> Vec<Vec<Taken<'a>>> {
    let mut clusters: Vec<Vec<Taken<'a>>> = Vec::new();
    for one in taken {
        match clusters.last_mut() {
            Some(last) if last[0].item.id == one.item.id => last.push(one),
            _ => clusters.push(vec![one]),
        }
    }
    clusters
}
