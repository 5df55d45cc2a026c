//! Any bytes as a gazetteer, with a name to look up in front: refused, or read without panic.
#![no_main]

use gazetteer::Gazetteer;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (String, Vec<u8>)| {
    let (name, bytes) = input;
    for gazetteer in [Gazetteer::open(&bytes).ok(), Some(Gazetteer::built_in())].into_iter().flatten() {
        for found in gazetteer.find(&name) {
            let _ = (gazetteer.place(found.place), gazetteer.name(found.place));
            assert!(gazetteer.around(found.place).count() <= 4);
        }
    }
});
