//! The best dependency tree under arc scores: the maximum spanning arborescence with exactly one root
//! (Chu and Liu 1965, Edmonds 1967; one root as in Gabow and Tarjan 1984).

/// Heads of the best tree over `n` words: `heads[i]` is the head of word i, and i itself for the one root.
///
/// `scores` is n × n, row by row: row = dependent, column = head, the diagonal stands for root.
/// The sum of the chosen scores is the largest possible, equal scores going to the leftmost head. Scores that are no
/// numbers count as very low. Quadratic time where the best heads already form a tree, as they mostly do.
///
/// # Panics
/// Where `scores` has fewer than n × n values.
pub fn best_tree(scores: &[f32], n: usize) -> Vec<usize> {
    let clean: Vec<f32> = scores[..n * n].iter().map(|s| finite(*s)).collect();
    let heads = arborescence(Graph::new(&clean, n, None));
    let roots: Vec<usize> = (0..n).filter(|i| heads[*i] == *i).collect();
    if roots.len() <= 1 {
        return heads;
    }
    // The root of the best one-root tree is among those of the best forest (Gabow and Tarjan).
    roots
        .iter()
        .map(|root| arborescence(Graph::new(&clean, n, Some(*root))))
        .map(|heads| (total(&clean, &heads), heads))
        .reduce(|a, b| if b.0 > a.0 { b } else { a })
        .map_or(heads, |(_, best)| best)
}

/// Low enough that no tree takes such an arc where it has another, small enough to be summed.
const FORBIDDEN: f32 = -1e9;

fn finite(score: f32) -> f32 {
    if score.is_nan() {
        FORBIDDEN / 1e3
    } else {
        score.clamp(FORBIDDEN / 1e3, -FORBIDDEN / 1e3)
    }
}

fn total(scores: &[f32], heads: &[usize]) -> f64 {
    let n = heads.len();
    heads
        .iter()
        .enumerate()
        .map(|(i, h)| f64::from(scores[i * n + h]))
        .sum()
}

/// An arc in terms of the words it joins; `head` is n for root.
#[derive(Clone, Copy)]
struct Arc {
    score: f64,
    dependent: usize,
    head: usize,
}

/// A cycle that was contracted into its first node.
struct Cycle {
    /// Nodes with the arc that comes in along the cycle.
    arcs: Vec<(usize, Arc)>,
    /// The words that each node stood for.
    members: Vec<Vec<usize>>,
}

/// Nodes 0..n are words, node n is root. Contracted nodes are no longer live.
struct Graph {
    size: usize,
    /// `size` × `size`: the best arc into the node of the row from the node of the column.
    arcs: Vec<Arc>,
    live: Vec<bool>,
    members: Vec<Vec<usize>>,
}

impl Graph {
    fn new(scores: &[f32], n: usize, only_root: Option<usize>) -> Self {
        let size = n + 1;
        let arc = |dependent: usize, head: usize| Arc {
            score: match (dependent, head) {
                (d, _) if d == n => f64::from(FORBIDDEN),
                (d, h) if d == h => f64::from(FORBIDDEN),
                (d, h) if h == n && only_root.is_some_and(|root| root != d) => f64::from(FORBIDDEN),
                (d, h) if h == n => f64::from(scores[d * n + d]),
                (d, h) => f64::from(scores[d * n + h]),
            },
            dependent,
            head,
        };
        Graph {
            size,
            arcs: (0..size * size)
                .map(|at| arc(at / size, at % size))
                .collect(),
            live: vec![true; size],
            members: (0..size).map(|i| vec![i]).collect(),
        }
    }

    fn words(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.size - 1).filter(|i| self.live[*i])
    }

    /// The best arc into each live word, from another live node.
    fn best_arcs(&self) -> Vec<Option<(usize, Arc)>> {
        let mut best = vec![None; self.size];
        for node in self.words() {
            let row = &self.arcs[node * self.size..][..self.size];
            let others = (0..self.size).filter(|from| *from != node && self.live[*from]);
            best[node] = others
                .map(|from| (from, row[from]))
                .reduce(|a, b| if b.1.score > a.1.score { b } else { a });
        }
        best
    }

    /// Makes the nodes of a cycle one node: the first of them.
    fn contract(&mut self, nodes: &[usize], best: &[Option<(usize, Arc)>]) -> Cycle {
        let arcs: Vec<(usize, Arc)> = nodes
            .iter()
            .filter_map(|node| best[*node].map(|(_, arc)| (*node, arc)))
            .collect();
        let whole = nodes[0];
        for node in nodes {
            self.live[*node] = false;
        }
        for other in (0..self.size).filter(|i| self.live[*i]).collect::<Vec<_>>() {
            let entering = arcs.iter().map(|(node, inside)| {
                let arc = self.arcs[node * self.size + other];
                Arc {
                    score: arc.score - inside.score,
                    ..arc
                }
            });
            let leaving = nodes.iter().map(|node| self.arcs[other * self.size + node]);
            let (entering, leaving) = (better(entering), better(leaving));
            self.arcs[whole * self.size + other] =
                entering.unwrap_or(self.arcs[whole * self.size + other]);
            self.arcs[other * self.size + whole] =
                leaving.unwrap_or(self.arcs[other * self.size + whole]);
        }
        self.live[whole] = true;
        let members: Vec<Vec<usize>> = nodes
            .iter()
            .map(|node| self.members[*node].clone())
            .collect();
        self.members[whole] = members.concat();
        Cycle { arcs, members }
    }
}

fn better(arcs: impl Iterator<Item = Arc>) -> Option<Arc> {
    arcs.reduce(|a, b| if b.score > a.score { b } else { a })
}

/// The nodes of a cycle among the best arcs, smallest first; `None` where they form a tree.
fn cycle(best: &[Option<(usize, Arc)>]) -> Option<Vec<usize>> {
    let mut seen_by = vec![usize::MAX; best.len()];
    for start in 0..best.len() {
        let mut node = start;
        while seen_by[node] == usize::MAX {
            seen_by[node] = start;
            match best[node] {
                Some((from, _)) => node = from,
                None => break,
            }
        }
        if seen_by[node] == start && best[node].is_some() {
            let around = std::iter::successors(Some(node), |at| {
                best[*at].map(|(from, _)| from).filter(|from| *from != node)
            });
            let mut nodes: Vec<usize> = around.collect();
            nodes.sort_unstable();
            return Some(nodes);
        }
    }
    None
}

/// Heads of the best arborescence; several words may hang on root.
fn arborescence(mut graph: Graph) -> Vec<usize> {
    let mut contracted = Vec::new();
    let mut best = graph.best_arcs();
    while let Some(nodes) = cycle(&best) {
        contracted.push(graph.contract(&nodes, &best));
        best = graph.best_arcs();
    }
    let mut into: Vec<Option<Arc>> = best.into_iter().map(|b| b.map(|(_, arc)| arc)).collect();
    for cycle in contracted.iter().rev() {
        let entry = into[cycle.arcs[0].0];
        for ((node, along), members) in cycle.arcs.iter().zip(&cycle.members) {
            let enters = entry.filter(|arc| members.contains(&arc.dependent));
            into[*node] = Some(enters.unwrap_or(*along));
        }
    }
    let root = graph.size - 1;
    let head = |(i, arc): (usize, &Option<Arc>)| {
        arc.map_or(i, |arc| if arc.head == root { i } else { arc.head })
    };
    into[..root].iter().enumerate().map(head).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::noise::Noise;

    fn is_tree(heads: &[usize]) -> bool {
        let reaches_root = |mut i: usize| {
            for _ in 0..heads.len() {
                i = heads[i];
            }
            heads[i] == i
        };
        let roots = (0..heads.len()).filter(|i| heads[*i] == *i).count();
        roots == 1 && (0..heads.len()).all(reaches_root)
    }

    fn brute_force(scores: &[f32], n: usize) -> f64 {
        let trees = (0..n.pow(n as u32)).map(|code| {
            (0..n)
                .map(|i| code / n.pow(i as u32) % n)
                .collect::<Vec<usize>>()
        });
        trees
            .filter(|heads| is_tree(heads))
            .map(|heads| total(scores, &heads))
            .fold(f64::NEG_INFINITY, f64::max)
    }

    #[test]
    fn finds_what_trying_all_trees_finds() {
        let mut noise = Noise(1);
        for n in 1..=5 {
            for round in 0..200 {
                // Every other round favours root, so that forests with several roots come up often.
                let lift = if round % 2 == 0 { 0.0 } else { 4.0 };
                let mut scores = noise.scores(n * n, false);
                (0..n).for_each(|i| scores[i * n + i] += lift);
                let heads = best_tree(&scores, n);
                assert!(is_tree(&heads), "{heads:?}");
                let best = brute_force(&scores, n);
                assert!(
                    (total(&scores, &heads) - best).abs() < 1e-4,
                    "{scores:?} {heads:?}"
                );
            }
        }
    }

    #[test]
    fn breaks_a_cycle_where_it_costs_least() {
        // Words 1 and 2 want each other; word 0 is the root.
        let scores = [9.0, 0.0, 0.0, 3.0, 0.0, 8.0, 1.0, 8.0, 0.0];
        assert_eq!(best_tree(&scores, 3), [0, 0, 1]);
    }

    #[test]
    fn gives_a_tree_on_any_numbers() {
        let mut noise = Noise(7);
        for n in 0..40 {
            let scores = noise.scores(n * n, true);
            let heads = best_tree(&scores, n);
            assert!(n == 0 || is_tree(&heads), "{n}: {heads:?}");
        }
    }

    #[test]
    fn the_longest_sentence_of_noise_gives_a_tree() {
        let mut noise = Noise(3);
        let n = 190;
        let scores = noise.scores(n * n, false);
        assert!(is_tree(&best_tree(&scores, n)));
    }
}
