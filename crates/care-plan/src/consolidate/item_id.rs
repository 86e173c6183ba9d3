//! Names of items: a letter for the column, then a hash of what stays the same about the item.

use fhir::ResourceKey;

use crate::plan::ItemId;

/// Makes the id of an item from its column's letter and the parts that identify it.
///
/// FNV-1a, 64 bits: the same on every machine and in every release, which the standard library's hashers do not promise.
pub(crate) fn item_id(letter: char, parts: &[&str]) -> ItemId {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        // A part ends with a byte that UTF-8 does not have, so that ("a", "bc") and ("ab", "c") differ.
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    ItemId(format!("{letter}{hash:016x}"))
}

/// The id of an item whose first member is this resource.
pub(crate) fn of_key(letter: char, key: &ResourceKey) -> ItemId {
    item_id(letter, &[key.source.as_str(), &key.kind, &key.id])
}

/// The id of a part of a resource, such as an activity of a CarePlan.
pub(crate) fn of_part(letter: char, key: &ResourceKey, part: usize) -> ItemId {
    item_id(letter, &[key.source.as_str(), &key.kind, &key.id, &part.to_string()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_letter_and_sixteen_hex_digits_and_never_changes() {
        assert_eq!(item_id('g', &[]).0, "gcbf29ce484222325");
        assert_eq!(item_id('g', &["valley", "Goal", "1"]), item_id('g', &["valley", "Goal", "1"]));
        assert_ne!(item_id('g', &["a", "bc"]), item_id('g', &["ab", "c"]));
        assert_ne!(item_id('g', &["a"]), item_id('c', &["a"]));
    }
}
