//! Elements that are all different.

use serde_json::Value;

use super::demand::Type;
use super::generate::Generate;
use super::numbers;

/// How often another value is made, as it comes, before one is looked for.
const TRIES: usize = 20;
/// The same of what is soon made, where none can be looked for.
const CHEAP: usize = 200;

impl<'a> Generate<'a> {
    /// A value for all of these schemas that is none of those, if there is another and it is found.
    pub fn another(&mut self, schemas: &[&'a Value], taken: &[Value], depth: usize) -> Value {
        let mut value = self.value(schemas, depth);
        for _ in 0..TRIES {
            if !taken.contains(&value) {
                return value;
            }
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
        if types.iter().any(|one| matches!(one, Type::Array | Type::Object)) {
            return None;
        }
        (0..CHEAP).map(|_| self.value(schemas, depth)).find(|value| !taken.contains(value))
    }
}
