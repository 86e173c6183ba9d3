//! Laws of the patch, on goals with anything around what is changed.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Map, Value};
use write_back::{GoalFields, differences, patch};

use crate::desk::{edit_of, noon};

/// Any JSON, with numbers as text so that their digits show.
fn any_json() -> impl Strategy<Value = Value> {
    let number = "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,12})?([eE][+-]?[0-9]{1,3})?";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        number.prop_map(|text| serde_json::from_str(&text).unwrap()),
        any::<String>().prop_map(Value::String),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::Array),
            btree_map(any::<String>(), inner, 0..5).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Members that the patch does not know, to be put around those that it does.
fn strangers() -> impl Strategy<Value = Vec<(String, Value)>> {
    vec(("[a-zü]{1,6}".prop_map(|name| format!("x-{name}")), any_json()), 0..6)
}

/// Puts known members at a place among strangers.
fn among(strangers: Vec<(String, Value)>, at: prop::sample::Index, known: &[(&str, Value)]) -> Value {
    let mut members: Vec<(String, Value)> = strangers;
    let at = at.index(members.len() + 1);
    for (name, value) in known.iter().rev() {
        members.insert(at, ((*name).to_owned(), value.clone()));
    }
    Value::Object(members.into_iter().collect::<Map<_, _>>())
}

fn any_goal() -> impl Strategy<Value = Value> {
    let indexes = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>());
    (strangers(), strangers(), strangers(), indexes).prop_map(|(outer, inner, innermost, (a, b, c))| {
        let quantity = among(innermost, a, &[("value", serde_json::from_str("7.10").unwrap())]);
        let target = among(inner, b, &[("detailQuantity", quantity), ("dueDate", "2027-03".into())]);
        let known =
            [("resourceType", "Goal".into()), ("target", Value::Array(vec![target])), ("note", Value::Array(vec![]))];
        among(outer, c, &known)
    })
}

/// Every path in the tree with its scalar or empty container, in the order of the text.
fn leaves(path: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            members.iter().for_each(|(name, value)| leaves(&format!("{path}.{name}"), value, found));
        }
        Value::Array(items) if !items.is_empty() => {
            items.iter().enumerate().for_each(|(index, item)| leaves(&format!("{path}[{index}]"), item, found));
        }
        other => found.push((path.to_owned(), other.to_string())),
    }
}

fn leaves_of(value: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    leaves("", value, &mut found);
    found
}

proptest! {
    #[test]
    fn only_the_named_paths_differ_and_all_else_keeps_text_and_order(goal in any_goal(), value in "[1-9][0-9]{0,3}\\.[0-9]{1,3}") {
        let mut edit = edit_of(&goal, 0);
        edit.mine = GoalFields { achievement: None, target_value: Some(value.clone()), due: Some("2028".to_owned()) };
        let mut patched = goal.clone();
        patch(&mut patched, &edit, noon()).unwrap();

        let changed = |path: &str| match path {
            ".target[0].detailQuantity.value" => Some(value.clone()),
            ".target[0].dueDate" => Some("\"2028\"".to_owned()),
            _ => None,
        };
        let wanted: Vec<_> = leaves_of(&goal).into_iter().map(|(path, text)| (path.clone(), changed(&path).unwrap_or(text))).collect();
        prop_assert_eq!(leaves_of(&patched), wanted);
        let again: Value = serde_json::from_str(&patched.to_string()).unwrap();
        prop_assert_eq!(&again, &patched);
    }

    #[test]
    fn a_note_and_a_status_only_add(goal in any_goal(), text in "\\PC{1,60}") {
        let mut edit = edit_of(&goal, 0);
        edit.mine.achievement = Some("achieved".to_owned());
        edit.note = Some(text);
        let mut patched = goal.clone();
        patch(&mut patched, &edit, noon()).unwrap();
        let mut paths = differences(&goal, &patched);
        paths.sort();
        prop_assert_eq!(paths, ["achievementStatus", "note[0]"]);
    }

    #[test]
    fn a_resource_differs_from_itself_in_nothing(value in any_json()) {
        prop_assert_eq!(differences(&value, &value), Vec::<String>::new());
    }

    #[test]
    fn no_resource_whatever_its_shape_makes_the_patch_panic(goal in any_json(), index in 0..3_usize) {
        let mut edit = edit_of(&goal, index);
        edit.mine = GoalFields { achievement: Some("achieved".to_owned()), target_value: Some("1".to_owned()), due: None };
        edit.note = Some("x".to_owned());
        let mut goal = goal;
        let _ = patch(&mut goal, &edit, noon());
    }
}
