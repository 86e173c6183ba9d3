//! An edit becomes a write at the source that owns the resource.
