//! Several simulated EHRs: SMART authorization and FHIR R4, each on its own port.
