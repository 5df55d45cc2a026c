//! Any bytes as a model file: refused, or a model that gives finite numbers.
#![no_main]

use encoder::{Model, Scratch, Window};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(model) = Model::from_bytes(bytes.to_vec()) else {
        return;
    };
    let vectors = model.encode(
        &[Window::of(&["Two", "ministers", "met", "."])],
        &mut Scratch::default(),
    );
    assert!(vectors[0].values().iter().all(|value| value.is_finite()));
});
