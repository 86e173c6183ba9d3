//! `Leptos.toml` is read at run time, Cargo's metadata by tools: what both say is the same.

use std::path::Path;

#[test]
fn keys_shared_by_leptos_toml_and_cargo_toml_are_equal() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |name: &str| std::fs::read_to_string(root.join(name)).expect(name).parse::<toml::Table>().expect(name);
    let (leptos, cargo) = (read("Leptos.toml"), read("Cargo.toml"));
    let leptos = leptos["package"]["metadata"]["leptos"].as_table().expect("the section that Leptos reads");
    let cargo = cargo["workspace"]["metadata"]["leptos"][0].as_table().expect("the section that tools read");
    let mut shared = 0;
    for (key, value) in leptos {
        if let Some(other) = cargo.get(key) {
            assert_eq!(value, other, "{key}");
            shared += 1;
        }
    }
    assert!(shared >= 4, "the two have lost touch");
}
