//! Every threshold of the decoders, in one place.

use crate::places::Weights;

/// How much the decoders lean to one side. Biases are added to scores before the softmax: natural logarithms of odds.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Added to "no event here" at every word; above 0 gives fewer triggers.
    pub no_trigger: f32,
    /// How far the scores of triggers go towards their mean over all nouns and verbs of one lemma in the story, 0 to 1:
    /// see [`crate::agreement`].
    pub agree_triggers: f32,
    /// How far Universal NER's names go towards their mean over all words of one spelling, 0 to 1.
    pub agree_names: f32,
    /// Added to `no_trigger` for verbs that the story announces ("plans to sell"), see [`crate::announced`].
    pub announced: f32,
    /// Added to "no cue here" at every word; above 0 gives fewer attributions.
    pub no_cue: f32,
    /// Added to "neither source nor content" for every word of a cue's window.
    pub no_attribution_part: f32,
    /// Added to "no party" for every word of a trigger's window, by role: actor, recipient, reporter, place.
    pub no_argument: [f32; 4],
    /// Least mean probability of a stretch of a role beside the likeliest one, by role; 0 keeps all, above 1 none.
    pub further_argument: [f32; 4],
    /// Added to each status in the order of `Status::ALL`: actual, planned, possible, negated, claimed, denied.
    pub status: [f32; 6],
    /// Added to "no name here" at every word.
    pub no_name: f32,
    /// What the evidence for places weighs.
    pub places: Weights,
}

impl Settings {
    /// What the shipped model is read with: what was best on the development sets, where steps of a few tenths make less than
    /// half a point (`no_trigger` -0.3 against -0.8 to 0.5; `agree_triggers` 0.7 against 0 to 0.9, of which 0 is a point worse;
    /// `agree_names` 0.35 against 0 to 0.7; `no_cue` 0.4 against 0; `no_argument` -0.5 for actors and recipients
    /// against -2.5 to 0; `further_argument` 0.8 against 0.6 to 0.85;
    /// `no_name` 0.7 against 0.3 to 1.2; see scores/). `announced`: 0 to -3 make no difference
    /// there, where announced acts are few; it is for stories that have them.
    pub const SHIPPED: Settings = Settings {
        no_trigger: -0.3,
        agree_triggers: 0.7,
        agree_names: 0.35,
        announced: -2.5,
        no_cue: 0.4,
        no_attribution_part: 0.0,
        no_argument: [-0.5, -0.5, 0.0, 0.0],
        further_argument: [0.8, 0.8, 0.0, 0.0],
        status: [0.0; 6],
        no_name: 0.7,
        places: Weights::SHIPPED,
    };
}

impl Default for Settings {
    fn default() -> Self {
        Settings::SHIPPED
    }
}
