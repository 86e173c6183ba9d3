//! Puts newer HTML of the server in the place of older, and leaves alone what is the same.
//!
//! Children are told apart by `data-key` and compared by `data-version`. A child with `data-group` is not compared but
//! gone into. What holds the focus stays, marked `data-stale`, so that nobody loses what they are typing.

use web_sys::Element;

use super::page::document;

/// Brings an element that carries `data-version` itself up to date; true where something changed.
pub fn bring_up_to_date(old: &Element, fresh: &Element) -> bool {
    if fresh.has_attribute("data-version") {
        if same(old, fresh) || holds_focus(old) {
            return false;
        }
        let _ = old.replace_with_with_node_1(fresh);
        return true;
    }
    bring_children(old, fresh)
}

fn bring_children(old: &Element, fresh: &Element) -> bool {
    let mut changed = false;
    let mut next = old.first_element_child();
    while let Some(new) = fresh.first_element_child() {
        let kept = new.get_attribute("data-key").and_then(|key| child(old, &key));
        let Some(kept) = kept else {
            // Put in, it leaves `fresh`.
            let _ = old.insert_before(&new, next.as_deref());
            changed = true;
            continue;
        };
        if holds_focus(&kept) {
            make_way(old, &kept, next);
            next = kept.next_element_sibling();
        } else if next.as_ref() == Some(&kept) {
            next = kept.next_element_sibling();
        } else {
            let _ = old.insert_before(&kept, next.as_deref());
        }
        if kept.has_attribute("data-group") {
            changed |= bring_children(&kept, &new);
        } else if !same(&kept, &new) {
            if holds_focus(&kept) {
                let _ = kept.set_attribute("data-stale", "");
            } else {
                let _ = old.insert_before(&new, Some(&kept));
                kept.remove();
                changed = true;
            }
        }
        new.remove_if_still_in(fresh);
    }
    while let Some(gone) = next {
        next = gone.next_element_sibling();
        gone.remove();
        changed = true;
    }
    for name in fresh.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        if name != "open" && name != "class" {
            let _ = old.set_attribute(&name, &fresh.get_attribute(&name).unwrap_or_default());
        }
    }
    changed
}

/// Puts what stands before the child that holds the focus to the end, where it is found again: a child that is moved
/// itself loses the focus, and whoever sits there their place.
fn make_way(old: &Element, focused: &Element, mut next: Option<Element>) {
    while let Some(before) = next.filter(|next| next != focused) {
        next = before.next_element_sibling();
        let _ = old.append_child(&before);
    }
}

trait RemoveIfStillIn {
    fn remove_if_still_in(&self, parent: &Element);
}

impl RemoveIfStillIn for Element {
    fn remove_if_still_in(&self, parent: &Element) {
        if self.parent_element().as_ref() == Some(parent) {
            self.remove();
        }
    }
}

fn child(of: &Element, key: &str) -> Option<Element> {
    let mut at = of.first_element_child();
    while let Some(element) = at {
        if element.get_attribute("data-key").as_deref() == Some(key) {
            return Some(element);
        }
        at = element.next_element_sibling();
    }
    None
}

fn same(old: &Element, fresh: &Element) -> bool {
    old.get_attribute("data-version") == fresh.get_attribute("data-version")
}

fn holds_focus(element: &Element) -> bool {
    document().active_element().is_some_and(|active| element.contains(Some(&active)))
}
