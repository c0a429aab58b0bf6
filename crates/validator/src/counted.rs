//! Values in memory as the `jsonschema` crate reads instances, each look counted.

use std::borrow::Cow;

use isomorph_json::work::{is_spent, spend};
use jsonschema::JsonType;
use jsonschema::json::{Array, Json, Node, NodeIdentity, Object, SerdeJson, unique};
use serde_json::{Map, Number, Value};

/// The representation of instances by values in memory. What is left of one when too much was looked at has no parts, so
/// that the validator ends.
pub struct Counted;

/// A value.
#[derive(Debug, Clone, Copy)]
pub struct ValueNode<'v>(pub &'v Value);

impl Json for Counted {
    type Node<'v> = ValueNode<'v>;
    type PreparedKey = String;
    type StringBuffer = ();

    const KEYS_PER_LOOKUP: usize = SerdeJson::KEYS_PER_LOOKUP;
    const ACYCLIC: bool = SerdeJson::ACYCLIC;

    fn prepare_key(key: &str) -> String {
        SerdeJson::prepare_key(key)
    }

    fn with_string_node<T>(buffer: &mut (), string: &str, f: impl FnOnce(ValueNode<'_>) -> T) -> T {
        SerdeJson::with_string_node(buffer, string, |value| f(ValueNode(value)))
    }
}

/// What a look at a text takes: patterns and lengths read all of it.
pub fn looks_at_text(length: usize) -> u64 {
    1 + length as u64 / 32
}

/// What a look at something with parts takes: most keywords look at each of them.
pub fn looks_at_parts(count: usize) -> u64 {
    1 + count as u64
}

/// What it takes to say that something is wrong.
pub const LOOKS_OF_AN_ERROR: u64 = 200;

impl<'v> Node<'v, Counted> for ValueNode<'v> {
    type Object = Members<'v>;
    type Array = Elements<'v>;
    type Number = &'v Number;

    fn as_object(&self) -> Option<Members<'v>> {
        let members = self.0.as_object()?;
        spend(looks_at_parts(members.len())).then_some(Members(members))
    }

    fn as_array(&self) -> Option<Elements<'v>> {
        let elements = self.0.as_array()?;
        spend(looks_at_parts(elements.len())).then_some(Elements(elements))
    }

    fn as_string(&self) -> Option<Cow<'v, str>> {
        let text = self.0.as_str()?;
        spend(looks_at_text(text.len())).then_some(Cow::Borrowed(text))
    }

    fn as_number(&self) -> Option<&'v Number> {
        Node::<SerdeJson>::as_number(&self.0)
    }

    fn as_boolean(&self) -> Option<bool> {
        Node::<SerdeJson>::as_boolean(&self.0)
    }

    fn is_null(&self) -> bool {
        Node::<SerdeJson>::is_null(&self.0)
    }

    fn json_type(&self) -> JsonType {
        spend(1);
        Node::<SerdeJson>::json_type(&self.0)
    }

    fn string_length(&self) -> Option<u64> {
        Node::<SerdeJson>::string_length(&self.0)
    }

    fn string_length_within(&self, min: u64, max: u64) -> Option<bool> {
        Node::<SerdeJson>::string_length_within(&self.0, min, max)
    }

    fn equals_value(&self, expected: &Value) -> bool {
        spend(1) && Node::<SerdeJson>::equals_value(&self.0, expected)
    }

    /// Only errors ask for this.
    fn to_value(&self) -> Cow<'v, Value> {
        spend(LOOKS_OF_AN_ERROR);
        Cow::Borrowed(self.0)
    }

    fn identity(&self) -> Option<NodeIdentity> {
        Node::<SerdeJson>::identity(&self.0)
    }
}

/// An object.
#[derive(Debug, Clone, Copy)]
pub struct Members<'v>(&'v Map<String, Value>);

impl<'v> Object<'v, Counted> for Members<'v> {
    type Node = ValueNode<'v>;
    type MemberName = &'v str;
    type MembersIter = NamedMembers<'v>;

    fn len(&self) -> usize {
        self.0.len()
    }

    fn get(&self, key: &String) -> Option<ValueNode<'v>> {
        Object::<SerdeJson>::get(&self.0, key).map(ValueNode)
    }

    fn members(&self) -> NamedMembers<'v> {
        NamedMembers(self.0.iter())
    }
}

/// The members of an object, with their names.
pub struct NamedMembers<'v>(serde_json::map::Iter<'v>);

impl<'v> Iterator for NamedMembers<'v> {
    type Item = (&'v str, ValueNode<'v>);

    fn next(&mut self) -> Option<Self::Item> {
        let (name, value) = self.0.next().filter(|_| !is_spent())?;
        Some((name.as_str(), ValueNode(value)))
    }
}

/// The elements of an array.
pub struct EachElement<'v>(std::slice::Iter<'v, Value>);

impl<'v> Iterator for EachElement<'v> {
    type Item = ValueNode<'v>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().filter(|_| !is_spent()).map(ValueNode)
    }
}

/// An array.
#[derive(Debug, Clone, Copy)]
pub struct Elements<'v>(&'v [Value]);

impl<'v> Array<'v, Counted> for Elements<'v> {
    type Node = ValueNode<'v>;
    type ElementsIter = EachElement<'v>;

    fn len(&self) -> usize {
        self.0.len()
    }

    fn elements(&self) -> EachElement<'v> {
        EachElement(self.0.iter())
    }

    fn is_unique(&self) -> bool {
        unique::is_unique(self.0)
    }
}
