//! Documents as CoNLL-U, in and out.
