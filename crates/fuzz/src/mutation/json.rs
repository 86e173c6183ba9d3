//! Changes of the nodes of JSON, so that the text stays JSON and reaches what is behind the parser.

use rand::Rng;
use serde_json::{Map, Number, Value};

use super::{BETWEEN_PARTS, Mutation};

impl Mutation {
    /// Changes one node of one part; what is no JSON is changed by its pieces.
    pub(super) fn change_json(&mut self, input: &mut Vec<u8>, other: &[u8]) {
        let text = String::from_utf8_lossy(input);
        let mut parts: Vec<String> = text.split(BETWEEN_PARTS).map(str::to_owned).collect();
        let at = self.rng.random_range(0..parts.len());
        let Ok(mut value) = serde_json::from_str::<Value>(&parts[at]) else {
            return self.change_pieces(input, other);
        };
        let theirs = serde_json::from_slice::<Value>(other).unwrap_or(Value::Null);
        let theirs = theirs.pointer(&self.way(&theirs)).cloned().unwrap_or_default();
        let way = self.way(&value);
        if let Some(node) = value.pointer_mut(&way) {
            self.change_node(node, theirs);
        }
        parts[at] = value.to_string();
        *input = parts.join(BETWEEN_PARTS).into_bytes();
    }

    /// The pointer to some node.
    fn way(&mut self, value: &Value) -> String {
        let mut ways = vec![String::new()];
        ways_below(value, "", &mut ways);
        self.one_of(&ways).cloned().unwrap_or_default()
    }

    fn change_node(&mut self, node: &mut Value, theirs: Value) {
        let word = self.word();
        match self.rng.random_range(0..10) {
            0 => *node = theirs,
            1 => *node = Value::Array(vec![node.take()]),
            2 => *node = Value::Object(Map::from_iter([(word.to_owned(), node.take())])),
            3 => *node = self.leaf(),
            _ => match node {
                Value::Object(fields) => self.change_fields(fields, theirs),
                Value::Array(items) => self.change_items(items, theirs),
                Value::String(text) => match self.rng.random_range(0..4) {
                    0 => text.push_str(word),
                    1 => text.insert_str(0, word),
                    2 => *text = text.repeat(self.rng.random_range(2..80)),
                    _ => word.clone_into(text),
                },
                Value::Null | Value::Bool(_) | Value::Number(_) => *node = self.leaf(),
            },
        }
    }

    fn change_fields(&mut self, fields: &mut Map<String, Value>, theirs: Value) {
        let names: Vec<String> = fields.keys().cloned().collect();
        let name = self.one_of(&names).cloned().unwrap_or_default();
        let word = self.word().to_owned();
        match self.rng.random_range(0..4) {
            0 => drop(fields.remove(&name)),
            1 => drop(fields.insert(word, theirs)),
            2 => {
                let value = fields.get(&name).cloned().unwrap_or_default();
                fields.insert(word, value);
            }
            _ => {
                let value = self.leaf();
                fields.insert(name, value);
            }
        }
    }

    fn change_items(&mut self, items: &mut Vec<Value>, theirs: Value) {
        let at = self.place(items.len());
        match (self.rng.random_range(0..3), items.get(at).cloned()) {
            (0, Some(_)) => drop(items.remove(at)),
            (1, Some(item)) => {
                let times = if self.one_in(8) { self.rng.random_range(2..200) } else { 1 };
                items.extend(std::iter::repeat_n(item, times));
            }
            _ => items.insert(at, theirs),
        }
    }

    fn leaf(&mut self) -> Value {
        match self.rng.random_range(0..8) {
            0 => Value::Null,
            1 => Value::Bool(self.one_in(2)),
            2 => Value::Array(Vec::new()),
            3 => Value::Object(Map::new()),
            4 => Value::String(String::new()),
            5 => serde_json::from_str::<Number>(self.number()).map_or(Value::Null, Value::Number),
            _ => Value::String(self.word().to_owned()),
        }
    }
}

fn ways_below(value: &Value, here: &str, ways: &mut Vec<String>) {
    let mut add = |name: &str, child: &Value| {
        let way = format!("{here}/{}", name.replace('~', "~0").replace('/', "~1"));
        ways.push(way.clone());
        ways_below(child, &way, ways);
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, child)| add(name, child)),
        Value::Array(items) => items.iter().enumerate().for_each(|(at, child)| add(&at.to_string(), child)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
