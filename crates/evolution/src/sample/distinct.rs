//! Elements that are all different.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::demand::{Demand, Type};
use super::generate::Generate;
use super::numbers;

/// How often another value is made, as it comes, before one is looked for.
const TRIES: usize = 20;
/// The same of what is soon made, where none can be looked for.
const CHEAP: usize = 200;
/// How many values of a property are made where they are not listed.
const FEW: usize = 8;

impl<'a> Generate<'a> {
    /// A value for all of these schemas that is none of those, if there is another and it is found.
    pub fn another(&mut self, schemas: &[&'a Value], taken: &[Value], depth: usize) -> Value {
        let made = self.made;
        let mut value = self.value(schemas, depth);
        for _ in 0..TRIES {
            if !taken.contains(&value) {
                return value;
            }
            // What is thrown away takes no room.
            self.made = made;
            value = self.value(schemas, depth);
        }
        self.looked_for(schemas, taken, depth).unwrap_or(value)
    }

    /// A value that is taken from all that there are, one after the other.
    fn looked_for(&mut self, schemas: &[&'a Value], taken: &[Value], depth: usize) -> Option<Value> {
        let demand = self.demand(schemas, depth);
        if let Some(listed) = demand.listed() {
            return listed.into_iter().find(|value| !taken.contains(value)).cloned();
        }
        let types = demand.types();
        let number = [Type::Integer, Type::Number].into_iter().find(|one| types.contains(one));
        if let Some(one) = number.filter(|_| demand.is_typed()) {
            let mut each = numbers::each(&demand, one == Type::Integer, taken.len() + 1);
            return each.find(|value| !taken.contains(value));
        }
        if types == [Type::Object] {
            return self.object_looked_for(&demand, taken, depth);
        }
        if types.iter().any(|one| matches!(one, Type::Array | Type::Object)) {
            return None;
        }
        (0..CHEAP).map(|_| self.value(schemas, depth)).find(|value| !taken.contains(value))
    }

    /// An object of the properties that have to be there, of which each has one of few values.
    fn object_looked_for(&mut self, demand: &Demand<'a>, taken: &[Value], depth: usize) -> Option<Value> {
        let required = demand.all("required").filter_map(Value::as_array).flatten().filter_map(Value::as_str);
        let names: BTreeSet<&str> = required.collect();
        let mut choices: Vec<(&str, Vec<Value>)> = Vec::new();
        for name in names {
            let schemas: Vec<&'a Value> =
                demand.properties.iter().filter_map(|declared| declared.get(name)).collect();
            choices.push((name, self.few(&schemas, depth + 1)));
        }
        // Of more than there are taken one is another.
        (0..=taken.len()).find_map(|mut number| {
            let mut object = Map::new();
            for (name, values) in &choices {
                object.insert((*name).to_owned(), values.get(number % values.len().max(1))?.clone());
                number /= values.len();
            }
            let object = Value::Object(object);
            (number == 0 && !taken.contains(&object)).then_some(object)
        })
    }

    /// Some different values for all of these schemas: all, where they are listed or few.
    fn few(&mut self, schemas: &[&'a Value], depth: usize) -> Vec<Value> {
        let demand = self.demand(schemas, depth);
        if let Some(listed) = demand.listed() {
            return listed.into_iter().cloned().collect();
        }
        if demand.types() == [Type::Boolean] {
            return vec![false.into(), true.into()];
        }
        let made = self.made;
        let mut found: Vec<Value> = Vec::new();
        for _ in 0..FEW {
            let value = self.value(schemas, depth);
            self.made = made;
            if !found.contains(&value) {
                found.push(value);
            }
        }
        found
    }
}
