//! What the reports of an occurrence amount to.

use types::Status;

/// In how many tellings an occurrence has each status, in the order of [`Status::ALL`].
pub(crate) type Counts = [i64; 6];

/// The status of an occurrence of which some say that it happened and others that it did not.
pub(crate) const DISPUTED: &str = "disputed";

/// The status that follows from the reports:
///
/// - `disputed` where it is asserted (actual or claimed) and somebody denies it or a story states that it did not
///   happen;
/// - else what the strongest report says: `actual`, `claimed`, `denied`, `negated`, `planned`, `possible`, in this
///   order. What was planned in one story and happened in the next is actual; what was planned and then did not
///   happen is negated.
pub(crate) fn status(counts: &Counts) -> &'static str {
    let has = |status: Status| counts[index(status)] > 0;
    let asserted = has(Status::Actual) || has(Status::Claimed);
    if asserted && (has(Status::Denied) || has(Status::Negated)) {
        return DISPUTED;
    }
    const STRONGEST_FIRST: [Status; 6] = [
        Status::Actual,
        Status::Claimed,
        Status::Denied,
        Status::Negated,
        Status::Planned,
        Status::Possible,
    ];
    let strongest = STRONGEST_FIRST.into_iter().find(|status| has(*status));
    strongest.unwrap_or(Status::Possible).as_str()
}

/// Where a status stands in [`Counts`].
pub(crate) fn index(status: Status) -> usize {
    Status::ALL
        .iter()
        .position(|other| *other == status)
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(statuses: &[Status]) -> &'static str {
        let mut counts = Counts::default();
        statuses.iter().for_each(|s| counts[index(*s)] += 1);
        status(&counts)
    }

    #[test]
    fn the_strongest_report_decides() {
        use Status::*;
        assert_eq!(of(&[Planned, Actual]), "actual");
        assert_eq!(of(&[Claimed, Possible]), "claimed");
        assert_eq!(of(&[Planned, Negated]), "negated");
        assert_eq!(of(&[Possible, Planned]), "planned");
        assert_eq!(of(&[Denied]), "denied");
    }

    #[test]
    fn what_is_asserted_and_denied_is_disputed() {
        use Status::*;
        assert_eq!(of(&[Claimed, Denied]), "disputed");
        assert_eq!(of(&[Actual, Denied, Actual]), "disputed");
        assert_eq!(of(&[Actual, Negated]), "disputed");
        assert_eq!(of(&[Claimed, Negated]), "disputed");
    }
}
