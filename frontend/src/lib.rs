//! The WASM entry: points server functions at this launch and wakes the islands.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called once by the start script, before it wakes the first island.
#[wasm_bindgen]
pub fn hydrate() {
    // Without a use of the crate its islands would not be linked.
    #[expect(unused_imports, reason = "links the islands, which the start script calls by name")]
    use app::islands::*;
    leptos::mount::hydrate_islands();
}
