//! The WASM entry, nothing else; on any other target it is empty.
#![cfg(target_arch = "wasm32")]

// Without a use of the crate its islands would not be linked.
#[expect(unused_imports, reason = "links the islands, which the start script calls by name")]
use app::islands::*;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the start script, before it wakes the first island.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
