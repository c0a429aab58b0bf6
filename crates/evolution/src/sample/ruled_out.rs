//! What a schema cannot accept, seen without a validator: of thousands of branches few are left to be asked.

use serde_json::Value;

use super::graph::Graph;

/// How many schemas that judge the same value are looked at, one inside the other.
const NESTED: usize = 3;

impl Graph<'_> {
    /// Whether a schema is seen to reject a value, by what it requires, and by what it lists.
    pub fn rules_out(&self, node: usize, value: &Value) -> bool {
        self.rules_out_within(node, value, NESTED)
    }

    fn rules_out_within(&self, node: usize, value: &Value, nested: usize) -> bool {
        let node = &self.nodes[node];
        let mut certain = node.steps.target.iter().chain(&node.steps.all);
        node.telling.rules_out(value)
            || nested > 0 && certain.any(|to| self.rules_out_within(*to, value, nested - 1))
    }
}
