//! Event triggers with type, mode, status and parties.

use types::{Mode, Roles, Status, TokenRange, Trigger, TriggerScores, When};

use crate::decode::bio::{Found, Scheme};
use crate::decode::scores::{Scores, argmax, softmax};
use crate::labels::EventLabels;
use crate::settings::Settings;

/// Scores of the linear heads of events for the words of one window.
#[derive(Clone, Copy, Debug)]
pub struct EventScores<'a> {
    /// Triggers.
    pub trigger: Scores<'a>,
    /// Modes, meaningful at the first word of a trigger.
    pub mode: Scores<'a>,
    /// Statuses, likewise.
    pub status: Scores<'a>,
}

/// Triggers in a window, with ranges of the window's words, in order.
///
/// `arguments(words)` gives the scores of the argument head for the triggers that begin at `words`: for each of them a
/// row for every word of the window, all of which are candidates. `starts` marks the first word of each sentence, where every span ends.
pub fn find(
    labels: &EventLabels,
    settings: &Settings,
    scores: EventScores<'_>,
    starts: &[bool],
    arguments: impl FnOnce(&[usize]) -> Vec<Vec<f32>>,
) -> Vec<Trigger> {
    let barrier = |word: usize, _| starts[word];
    let found = labels
        .trigger
        .decode(scores.trigger, settings.no_trigger, barrier);
    let firsts: Vec<usize> = found.iter().map(|span| span.words.start).collect();
    if firsts.is_empty() {
        return Vec::new();
    }
    let roles = RoleReader::new(labels, settings, starts);
    let found = found.into_iter().zip(arguments(&firsts));
    found
        .map(|(span, arguments)| trigger(labels, settings, scores, span, roles.read(&arguments)))
        .collect()
}

fn trigger(
    labels: &EventLabels,
    settings: &Settings,
    scores: EventScores<'_>,
    span: Found,
    (roles, mut weighed): (Roles, TriggerScores),
) -> Trigger {
    let (first, event) = (span.words.start, labels.types[span.kind]);
    let status_scores = statuses(labels, settings, scores.status, first);
    let (second, score) = span.second;
    weighed.second_type = Some((second.map(|kind| labels.types[kind]), score));
    let mode = mode(
        &labels.modes[event as usize],
        scores.mode,
        first,
        &mut weighed,
    );
    Trigger {
        event,
        mode,
        status: Status::ALL[argmax(&status_scores)],
        status_scores,
        roles,
        confidence: span.first,
        tokens: span.words,
        scores: weighed,
    }
}

/// The best of the modes that fit the type; notes how likely it is among them, and which came second.
fn mode(
    columns: &[(usize, Option<Mode>)],
    scores: Scores<'_>,
    word: usize,
    weighed: &mut TriggerScores,
) -> Option<Mode> {
    if word >= scores.rows() {
        return None;
    }
    let row = scores.row(word);
    let of_type: Vec<f32> = columns.iter().map(|(column, _)| row[*column]).collect();
    let best = argmax(&of_type);
    let (_, mode) = *columns.get(best)?;
    let mut left = softmax(&of_type);
    weighed.mode = Some(left[best]);
    left[best] = f32::NEG_INFINITY;
    let second = argmax(&left);
    weighed.second_mode = (second != best).then(|| (columns[second].1, left[second]));
    mode
}

/// Probabilities in the order of `Status::ALL`.
fn statuses(
    labels: &EventLabels,
    settings: &Settings,
    scores: Scores<'_>,
    word: usize,
) -> [f32; 6] {
    let mut out = [0.0; 6];
    for (slot, (column, bias)) in out
        .iter_mut()
        .zip(labels.status.iter().zip(settings.status))
    {
        *slot = bias
            + if word < scores.rows() {
                scores.row(word)[*column]
            } else {
                0.0
            };
    }
    let probabilities = softmax(&out);
    out.copy_from_slice(&probabilities);
    out
}

/// Stretches with their mean probabilities; the word outside of them that came nearest, with its probability.
type RoleSpans = (Vec<TokenRange>, Vec<f32>, Option<(usize, f32)>);

/// Reads parties off the argument head's scores, one role at a time.
struct RoleReader<'a> {
    labels: &'a EventLabels,
    bias: [f32; 4],
    further: [f32; 4],
    starts: &'a [bool],
    scheme: Option<Scheme>,
}

impl<'a> RoleReader<'a> {
    fn new(labels: &'a EventLabels, settings: &Settings, starts: &'a [bool]) -> Self {
        RoleReader {
            labels,
            bias: settings.no_argument,
            further: settings.further_argument,
            starts,
            scheme: Scheme::parse(&["O", "B", "I"]),
        }
    }

    /// The parties, and the mean probability of each.
    fn read(&self, scores: &[f32]) -> (Roles, TriggerScores) {
        let of = |role| self.spans(scores, role);
        let [actor, recipient, reporter, place] = [of(0), of(1), of(2), of(3)];
        let roles = Roles {
            actor: actor.0,
            recipient: recipient.0,
            reporter: reporter.0,
            place: place.0,
        };
        let weighed = TriggerScores {
            actor: actor.1,
            recipient: recipient.1,
            reporter: reporter.1,
            place: place.1,
            passed_over: [actor.2, recipient.2, reporter.2, place.2],
            when: self.when(scores),
            ..TriggerScores::default()
        };
        (roles, weighed)
    }

    /// How likely each word of the window says when it happened.
    fn when(&self, scores: &[f32]) -> When {
        let (columns, Some(at)) = (self.labels.columns[2], self.labels.time) else {
            return When::default();
        };
        let rows = scores.chunks_exact(columns).take(self.starts.len());
        When {
            start: 0,
            likely: rows.map(|row| 1.0 - softmax(&row[at..at + 3])[0]).collect(),
        }
    }

    /// The stretches of a role, the mean probability of each, and the word outside of them that came nearest.
    fn spans(&self, scores: &[f32], role: usize) -> RoleSpans {
        let (columns, at) = (self.labels.columns[2], self.labels.roles[role]);
        let own: Vec<f32> = scores
            .chunks_exact(columns)
            .take(self.starts.len())
            .flat_map(|row| &row[at..at + 3])
            .copied()
            .collect();
        let scores = Scores::new(&own, 3);
        let mut found = self.decode(scores, self.bias[role]);
        let best = found.iter().map(|span| span.mean).fold(0.0, f32::max);
        found.retain(|span| span.mean >= best.min(self.further[role]));
        let (spans, means): (Vec<TokenRange>, Vec<f32>) = found
            .into_iter()
            .map(|span| (span.words, span.mean))
            .unzip();
        let scheme = self.scheme.as_ref();
        let nearest = scheme.and_then(|s| s.nearest(scores, self.bias[role], 0, &spans));
        (spans, means, nearest)
    }

    fn decode(&self, scores: Scores<'_>, bias: f32) -> Vec<Found> {
        let barrier = |word: usize, _| self.starts[word];
        let found = self
            .scheme
            .as_ref()
            .map(|s| s.decode(scores, bias, barrier));
        found.unwrap_or_default()
    }
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)] // Lists of one range are what is meant.
mod tests {
    use super::*;
    use crate::labels::tests::labels_of;
    use types::EventType;

    fn labels() -> EventLabels {
        EventLabels::read(
            &labels_of("trigger"),
            &labels_of("mode"),
            &labels_of("status"),
            &labels_of("argument"),
        )
        .expect("labels")
    }

    /// Three words; scores are 0 but for what `set` gives: (word, label, score).
    fn matrix(head: &str, set: &[(usize, &str, f32)]) -> Vec<f32> {
        let names = labels_of(head);
        let mut values = vec![0.0; 3 * names.len()];
        for (word, label, score) in set {
            let column = names.iter().position(|l| l == label).expect(label);
            values[word * names.len() + column] = *score;
        }
        values
    }

    fn read(
        settings: &Settings,
        trigger: &[(usize, &str, f32)],
        mode: &[(usize, &str, f32)],
        status: &[(usize, &str, f32)],
        argument: &[(usize, &str, f32)],
    ) -> Vec<Trigger> {
        let labels = labels();
        let matrices = [
            matrix("trigger", trigger),
            matrix("mode", mode),
            matrix("status", status),
        ];
        let scores = EventScores {
            trigger: Scores::new(&matrices[0], 18),
            mode: Scores::new(&matrices[1], labels.columns[0]),
            status: Scores::new(&matrices[2], 6),
        };
        let rows = matrix("argument", argument);
        find(
            &labels,
            settings,
            scores,
            &[true, false, false],
            |triggers| vec![rows.clone(); triggers.len()],
        )
    }

    const FIGHT: [(usize, &str, f32); 3] = [(0, "O", 9.0), (1, "B-ASSAULT", 9.0), (2, "O", 9.0)];
    const NOBODY: [(usize, &str, f32); 12] = {
        let mut all = [(0, "O-actor", 5.0); 12];
        let mut i = 0;
        while i < 12 {
            all[i] = (
                i % 3,
                ["O-actor", "O-recipient", "O-reporter", "O-place"][i / 3],
                5.0,
            );
            i += 1;
        }
        all
    };

    #[test]
    fn a_mode_of_another_type_is_never_chosen() {
        let modes = [(1, "CONSULT:visit", 9.0), (1, "ASSAULT:aerial", 2.0)];
        let all = read(&Settings::default(), &FIGHT, &modes, &[], &NOBODY);
        assert_eq!(
            (all[0].event, all[0].mode),
            (EventType::Assault, Some(Mode::Aerial))
        );
        let none = read(
            &Settings::default(),
            &FIGHT,
            &[(1, "ASSAULT:-", 1.0)],
            &[],
            &NOBODY,
        );
        assert_eq!(none[0].mode, None);
        assert_eq!(none[0].roles, Roles::default());
    }

    #[test]
    fn statuses_are_probabilities_that_the_settings_can_move() {
        let status = [(1, "actual", 2.0), (1, "denied", 1.5)];
        let all = read(&Settings::default(), &FIGHT, &[], &status, &NOBODY);
        assert_eq!(all[0].status, Status::Actual);
        assert!((all[0].status_scores.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        let mut settings = Settings::default();
        settings.status[Status::Denied as usize] = 1.0;
        let all = read(&settings, &FIGHT, &[], &status, &NOBODY);
        assert_eq!(all[0].status, Status::Denied);
    }

    #[test]
    fn each_role_has_its_own_spans() {
        let mut argument = NOBODY.to_vec();
        argument.extend([
            (0, "B-actor", 9.0),
            (2, "B-recipient", 9.0),
            (1, "B-place", 9.0),
            (2, "I-place", 9.0),
        ]);
        let all = read(&Settings::default(), &FIGHT, &[], &[], &argument);
        let roles = &all[0].roles;
        assert_eq!((&roles.actor, &roles.recipient), (&vec![0..1], &vec![2..3]));
        assert_eq!((&roles.reporter, &roles.place), (&vec![], &vec![1..3]));
    }

    #[test]
    fn a_trigger_may_have_several_words_and_a_threshold() {
        let gunned_down = [(0, "O", 9.0), (1, "B-ASSAULT", 9.0), (2, "I", 9.0)];
        let all = read(&Settings::default(), &gunned_down, &[], &[], &NOBODY);
        assert_eq!(all[0].tokens, 1..3);
        let settings = Settings {
            no_trigger: 20.0,
            ..Settings::default()
        };
        assert!(read(&settings, &gunned_down, &[], &[], &NOBODY).is_empty());
    }

    #[test]
    fn any_scores_give_well_formed_triggers() {
        use crate::decode::noise::Noise;
        let labels = labels();
        let mut noise = Noise(21);
        for round in 0..100 {
            let n = round % 30;
            let wild = round % 2 == 0;
            let sizes = [18, labels.columns[0], 6, labels.columns[2]];
            let matrices = sizes.map(|columns| noise.scores(n * columns, wild));
            let scores = EventScores {
                trigger: Scores::new(&matrices[0], sizes[0]),
                mode: Scores::new(&matrices[1], sizes[1]),
                status: Scores::new(&matrices[2], sizes[2]),
            };
            let starts: Vec<bool> = (0..n).map(|i| i % 7 == 0).collect();
            let all = find(&labels, &Settings::default(), scores, &starts, |triggers| {
                vec![matrices[3].clone(); triggers.len()]
            });
            assert!(
                all.windows(2)
                    .all(|pair| pair[0].tokens.end <= pair[1].tokens.start)
            );
            for trigger in all {
                assert!(trigger.tokens.end <= n && trigger.tokens.start < trigger.tokens.end);
                assert!(trigger.mode.is_none_or(|mode| mode.fits(trigger.event)));
                assert!((trigger.status_scores.iter().sum::<f32>() - 1.0).abs() < 1e-5);
                assert!((0.0..=1.0).contains(&trigger.confidence));
                let (second, score) = trigger.scores.second_type.expect("a type came second");
                assert!(second != Some(trigger.event) && (0.0..=1.0).contains(&score));
                assert!((0.0..=1.0).contains(&trigger.scores.mode.expect("a score of the mode")));
                if let Some((second, score)) = trigger.scores.second_mode {
                    assert!(second != trigger.mode && (0.0..=1.0).contains(&score));
                }
                assert_eq!(trigger.roles.actor.len(), trigger.scores.actor.len());
                assert_eq!(trigger.roles.place.len(), trigger.scores.place.len());
                let [actor, ..] = trigger.scores.passed_over;
                assert!(actor.is_none_or(|(word, p)| word < n && (0.0..=1.0).contains(&p)));
                let marked = |word| trigger.roles.actor.iter().any(|r| r.contains(&word));
                assert!(actor.is_none_or(|(word, _)| !marked(word)));
            }
        }
    }
}
