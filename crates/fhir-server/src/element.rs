//! Finds the elements of a resource that a path names.

use serde_json::Value;

/// Calls `found` with every element that the path names; lists on the way are walked through.
///
/// A path is element names with dots between them, as in FHIR's search parameter definitions, and may filter a list
/// by one text element: `item[type=source].resource`.
pub fn each<'a>(value: &'a Value, path: &str, found: &mut dyn FnMut(&'a Value)) {
    if let Value::Array(members) = value {
        for member in members {
            each(member, path, found);
        }
        return;
    }
    if path.is_empty() {
        return found(value);
    }
    let (segment, rest) = split_segment(path);
    let (name, filter) = match segment.split_once('[') {
        Some((name, filter)) => (name, filter.strip_suffix(']').and_then(|filter| filter.split_once('='))),
        None => (segment, None),
    };
    let Some(child) = value.get(name) else { return };
    let Some((key, wanted)) = filter else { return each(child, rest, found) };
    let members = match child {
        Value::Array(members) => members.as_slice(),
        single => std::slice::from_ref(single),
    };
    for member in members.iter().filter(|member| member.get(key).and_then(Value::as_str) == Some(wanted)) {
        each(member, rest, found);
    }
}

/// The first text that the path names.
pub fn first_text<'a>(value: &'a Value, path: &str) -> Option<&'a str> {
    let mut text = None;
    each(value, path, &mut |element| text = text.or(element.as_str()));
    text
}

/// Cuts the path at the first dot that is not inside brackets; an extension's address holds dots, too.
fn split_segment(path: &str) -> (&str, &str) {
    let mut inside = false;
    for (at, character) in path.char_indices() {
        match character {
            '[' => inside = true,
            ']' => inside = false,
            '.' if !inside => return (&path[..at], &path[at + 1..]),
            _ => {}
        }
    }
    (path, "")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn texts(resource: &Value, path: &str) -> Vec<String> {
        let mut texts = Vec::new();
        each(resource, path, &mut |element| texts.push(element.as_str().unwrap_or("?").to_owned()));
        texts
    }

    #[test]
    fn lists_are_walked_through_and_missing_elements_are_nothing() {
        let resource = json!({"name": [{"given": ["Ada", "May"]}, {"given": ["Addie"]}, {"family": "Lane"}]});
        assert_eq!(texts(&resource, "name.given"), ["Ada", "May", "Addie"]);
        assert_eq!(texts(&resource, "name.given.more"), [""; 0]);
        assert_eq!(first_text(&resource, "name.family"), Some("Lane"));
    }

    #[test]
    fn a_filter_keeps_the_members_it_names_also_with_dots_in_the_address() {
        let resource = json!({"extension": [{"url": "http://a.b/c", "valueDateTime": "2026"}, {"url": "x"}],
            "item": {"type": "source", "resource": "yes"}});
        assert_eq!(texts(&resource, "extension[url=http://a.b/c].valueDateTime"), ["2026"]);
        assert_eq!(texts(&resource, "item[type=source].resource"), ["yes"]);
        assert_eq!(texts(&resource, "item[type=alternate].resource"), [""; 0]);
    }
}
