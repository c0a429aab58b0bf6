use std::collections::{BTreeMap, BTreeSet};

/// What imports what.
pub type Graph = BTreeMap<String, BTreeSet<String>>;

/// Files that import each other, directly or by others; each loop with all that is in it.
pub fn loops(graph: &Graph) -> Vec<Vec<String>> {
    let reached: BTreeMap<_, _> = graph.keys().map(|file| (file, reached(graph, file))).collect();
    let mut found = BTreeSet::new();
    for (file, from_here) in &reached {
        let back = from_here.iter().filter(|other| reached.get(*other).is_some_and(|all| all.contains(file)));
        let tied: Vec<String> = back.map(|other| (*other).clone()).collect();
        if !tied.is_empty() {
            found.insert(tied);
        }
    }
    found.into_iter().collect()
}

/// All that a file imports, directly or by others.
fn reached<'a>(graph: &'a Graph, file: &str) -> BTreeSet<&'a String> {
    let mut reached = BTreeSet::new();
    let mut work: Vec<&String> = graph.get(file).into_iter().flatten().collect();
    while let Some(next) = work.pop() {
        if reached.insert(next) {
            work.extend(graph.get(next).into_iter().flatten());
        }
    }
    reached
}

#[test]
fn a_loop_is_found_and_a_chain_is_none() {
    let graph = |arrows: &[(&str, &str)]| {
        let mut graph = Graph::new();
        for (from, to) in arrows {
            graph.entry((*from).to_owned()).or_default().insert((*to).to_owned());
        }
        graph
    };
    assert!(loops(&graph(&[("a", "b"), ("b", "c"), ("a", "c")])).is_empty());
    assert_eq!(loops(&graph(&[("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")])), [["b", "c"]]);
}
