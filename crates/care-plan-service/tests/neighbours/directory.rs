//! The provider directory over HTTP.
