//! Ontology, actors, cues and other word lists, with the origin of each
