//! Parts of the day and times of the clock.

use types::TimeKind;

use super::{Answer, Resolver};
use crate::meaning::Meaning;
use crate::tense::Lean;
use crate::words::{Part, Unit};

impl Resolver {
    pub(super) fn part(&self, part: Part, day: &Meaning, lean: Option<Lean>) -> Answer {
        let code = part.code();
        let day = self.answer(day, lean);
        let with = |value: String| value + code;
        Answer {
            kind: TimeKind::Time,
            value: day.value.map(with),
            other: day.other.map(with),
            point: day.point,
        }
    }

    pub(super) fn clock(
        &self,
        hour: u32,
        minute: u32,
        day: Option<&Meaning>,
        lean: Option<Lean>,
    ) -> Answer {
        let day = match day {
            Some(day) => self.answer(day, lean),
            None => Answer::at(Unit::Day, self.latest(Unit::Day).or(self.published)),
        };
        let with = |value: String| format!("{value}T{hour:02}:{minute:02}");
        let open = || "XXXX-XX-XX".to_owned();
        Answer {
            kind: TimeKind::Time,
            value: Some(with(day.value.unwrap_or_else(open))),
            other: day.other.map(with),
            point: day.point,
        }
    }
}
