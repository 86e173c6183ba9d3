//! What every FHIR surface needs: search parameters, paging, bundles, outcomes, metadata. No I/O.
