//! One FHIR server over HTTP: search, pages, retry, versions, capability.
