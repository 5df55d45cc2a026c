//! Any text and any day: expressions are found in order, inside of the text, and their values can be read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use time::{Date, Period, find};

fuzz_target!(|input: (i32, &str)| {
    let (days, text) = input;
    let mut last = 0;
    for time in find(text, Date::from_days(days.into())) {
        assert!(last <= time.span.start && time.span.start < time.span.end);
        assert!(text.get(time.span.start..time.span.end).is_some());
        last = time.span.end;
        if let Some(period) = time.value.as_deref().and_then(Period::of) {
            period.bounds();
        }
    }
});
