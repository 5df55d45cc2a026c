//! From an annotated document to the record of events and claims
