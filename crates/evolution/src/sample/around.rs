//! Which types the values may be of to which a schema applies: what stands around it rules some out, for every instance.

use isomorph_schema::Types;
use serde_json::Value;

use super::node::Node;

/// The types for each schema, in an order that has those that others lead to before those.
pub fn types(nodes: &[Node], order: &[usize]) -> Vec<Types> {
    let inside = inside(nodes, order);
    let mut types = vec![Types::NONE; nodes.len()];
    for way in nodes.iter().flat_map(|node| &node.ways) {
        // Of what leads back nothing is known before it is.
        if way.returns || !way.is_in_place {
            types[way.to] = Types::ALL;
        }
    }
    types.iter_mut().take(1).for_each(|root| *root = Types::ALL);
    for index in order.iter().rev() {
        types[*index] = types[*index].intersection(inside[*index]);
        for way in nodes[*index].ways.iter().filter(|way| way.is_in_place) {
            types[way.to] = types[way.to].union(types[*index]);
        }
    }
    types
}

/// The types that a schema and all that certainly judges with it let through.
fn inside(nodes: &[Node], order: &[usize]) -> Vec<Types> {
    let mut inside = vec![Types::ALL; nodes.len()];
    for index in order {
        let node = &nodes[*index];
        let certain = node.ways.iter().filter(|way| way.is_certain && !way.returns);
        inside[*index] = certain.map(|way| inside[way.to]).fold(own(node), Types::intersection);
    }
    inside
}

/// The types that the keywords of a schema let through.
fn own(node: &Node) -> Types {
    let Some(keywords) = node.keywords else {
        return if node.schema == &Value::Bool(false) { Types::NONE } else { Types::ALL };
    };
    let named = keywords.get("type").map_or(Types::ALL, Types::named);
    let values = |listed: &[Value]| listed.iter().map(Types::of).fold(Types::NONE, Types::union);
    let listed = keywords.get("enum").and_then(Value::as_array).map_or(Types::ALL, |all| values(all));
    let constant = keywords.get("const").map_or(Types::ALL, Types::of);
    named.intersection(listed).intersection(constant)
}
