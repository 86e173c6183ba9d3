//! So that a form that is sent twice is carried out once.

use app::desk::shared_plan::Command;
use sha2::{Digest, Sha256};
use shared_plan::ports::Once;

use crate::rooms::Room;

/// The key of a form that makes something new and has no version to go by: the same words, sent again in the same launch,
/// are the same form. A second click and a page that is loaded again after sending make nothing more.
pub fn once(room: &Room, command: Command, typed: &[(String, String)]) -> Once {
    once_of(room, command.code(), typed)
}

/// The same for a form that is no command of a plan.
pub fn once_of(room: &Room, form: &str, typed: &[(String, String)]) -> Once {
    let mut digest = Sha256::new();
    // Each text with its length before it, so that no two forms read the same.
    for text in typed.iter().flat_map(|(name, value)| [name, value]) {
        digest.update((text.len() as u64).to_be_bytes());
        digest.update(text);
    }
    let asked: [u8; 32] = digest.finalize().into();
    let words: String = asked.iter().map(|byte| format!("{byte:02x}")).collect();
    Once { key: format!("form/{}/{form}/{words}", room.launch.id), asked }
}
