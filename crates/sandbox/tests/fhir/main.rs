//! The FHIR half of a simulated EHR, over its router.

mod bundles;
mod conditions;
mod harness;
mod laws;
mod loading;
mod matching;
mod metadata;
mod paging;
mod patching;
mod reading;
mod rights;
mod sample_data;
mod searching;
mod writing;
