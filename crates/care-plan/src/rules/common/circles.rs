//! Circles in a graph, in one walk whatever its size: a source may send chains of any length.

use std::collections::{BTreeMap, BTreeSet};

/// Which node points at which.
pub(in crate::rules) type Graph<'a, T> = BTreeMap<&'a T, BTreeSet<&'a T>>;

/// A walk under way (Tarjan 1972, without recursion).
struct Walk {
    /// When each node was first met.
    met: Vec<Option<usize>>,
    /// The earliest node that each leads back to.
    low: Vec<usize>,
    /// Nodes whose circle is not complete, and whether a node is one of them.
    open: Vec<usize>,
    is_open: Vec<bool>,
    count: usize,
}

/// Sets of nodes each of which leads to every other of its set, and to itself; sorted.
pub(in crate::rules) fn circles<'a, T: Ord>(graph: &Graph<'a, T>) -> Vec<Vec<&'a T>> {
    let nodes: BTreeSet<&T> = graph.iter().flat_map(|(from, to)| to.iter().chain([from])).copied().collect();
    let nodes: Vec<&T> = nodes.into_iter().collect();
    let at = |node: &T| nodes.binary_search_by(|known| (*known).cmp(node)).ok();
    let edges: Vec<Vec<usize>> =
        nodes.iter().map(|node| graph.get(node).into_iter().flatten().filter_map(|to| at(to)).collect()).collect();
    let count = nodes.len();
    let mut walk =
        Walk { met: vec![None; count], low: vec![0; count], open: Vec::new(), is_open: vec![false; count], count: 0 };
    let mut found: Vec<Vec<&T>> = Vec::new();
    for start in 0..count {
        if walk.met[start].is_none() {
            let sets = walk.from(start, &edges).into_iter();
            found.extend(sets.map(|set| set.into_iter().map(|at| nodes[at]).collect()));
        }
    }
    found.sort();
    found
}

impl Walk {
    /// Walks everything that a start leads to; gives the circles met, each sorted.
    fn from(&mut self, start: usize, edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
        let mut circles = Vec::new();
        self.meet(start);
        let mut path = vec![(start, 0)];
        while let Some((at, edge)) = path.last_mut() {
            let at = *at;
            if let Some(to) = edges[at].get(*edge).copied() {
                *edge += 1;
                match self.met[to] {
                    None => {
                        self.meet(to);
                        path.push((to, 0));
                    }
                    Some(met) if self.is_open[to] => self.low[at] = self.low[at].min(met),
                    Some(_) => {}
                }
                continue;
            }
            path.pop();
            if let Some((before, _)) = path.last() {
                self.low[*before] = self.low[*before].min(self.low[at]);
            }
            if self.met[at] == Some(self.low[at]) {
                let set = self.close(at);
                if set.len() > 1 || edges[at].contains(&at) {
                    circles.push(set);
                }
            }
        }
        circles
    }

    fn meet(&mut self, at: usize) {
        self.met[at] = Some(self.count);
        self.low[at] = self.count;
        self.count += 1;
        self.open.push(at);
        self.is_open[at] = true;
    }

    /// Takes the set whose first node this is off the open ones.
    fn close(&mut self, first: usize) -> Vec<usize> {
        let begin = self.open.iter().rposition(|open| *open == first).unwrap_or(0);
        let mut set = self.open.split_off(begin);
        for at in &set {
            self.is_open[*at] = false;
        }
        set.sort_unstable();
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(edges: &[(u32, u32)]) -> BTreeMap<u32, BTreeSet<u32>> {
        let mut graph: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for (from, to) in edges {
            graph.entry(*from).or_default().insert(*to);
        }
        graph
    }

    fn found(edges: &[(u32, u32)]) -> Vec<Vec<u32>> {
        let graph = graph(edges);
        let lent: Graph<'_, u32> = graph.iter().map(|(from, to)| (from, to.iter().collect())).collect();
        circles(&lent).into_iter().map(|circle| circle.into_iter().copied().collect()).collect()
    }

    #[test]
    fn two_circles_with_a_way_between_them_are_two() {
        assert_eq!(found(&[(1, 2), (2, 1), (2, 3), (3, 4), (4, 5), (5, 4)]), [[1, 2], [4, 5]]);
        assert_eq!(found(&[(1, 1), (1, 2)]), [[1]]);
        assert!(found(&[(1, 2), (2, 3), (1, 3)]).is_empty());
    }

    #[test]
    fn a_chain_of_a_hundred_thousand_ends() {
        let mut chain: Vec<(u32, u32)> = (0..100_000).map(|at| (at, at + 1)).collect();
        assert!(found(&chain).is_empty());
        chain.push((100_000, 0));
        assert_eq!(found(&chain).iter().map(Vec::len).collect::<Vec<_>>(), [100_001]);
    }
}
