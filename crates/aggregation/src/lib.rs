//! All sources of one launch, side by side, into one snapshot, with progress.
