//! The labels of all heads, read once: from the model file's strings to the types of the annotation layers.

use types::{EventType, Mode, NameKind, Status, Upos};

use crate::decode::bio::Scheme;
use crate::decode::lemma::LemmaRule;

/// Why a model's heads cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LabelError {
    /// The model has no head of this name.
    #[error("the model has no head `{0}`; use a model file made for this version of rapporteur")]
    Missing(&'static str),
    /// A label means nothing to this version.
    #[error(
        "the model's head `{head}` has a label `{label}` that this version of rapporteur does not know"
    )]
    Unknown {
        /// Name of the head.
        head: &'static str,
        /// The label.
        label: String,
    },
    /// The labels of a head are not complete.
    #[error("the labels of the model's head `{head}` lack {lacks}")]
    Incomplete {
        /// Name of the head.
        head: &'static str,
        /// What should be there.
        lacks: String,
    },
}

/// What the columns of every head's scores mean.
#[derive(Clone, Debug)]
pub struct Labels {
    /// Parts of speech.
    pub upos: Vec<Upos>,
    /// Features as CoNLL-U writes them; empty for none.
    pub feats: Vec<String>,
    /// Rules that make lemmas.
    pub lemma: Vec<LemmaRule>,
    /// UD relations.
    pub relation: Vec<String>,
    /// Names: the scheme, and the kind of each of its kinds.
    pub names: (Scheme, Vec<NameKind>),
    /// Universal NER's names.
    pub entities: Scheme,
    /// Cues of attributions.
    pub cue: Scheme,
    /// The other parts of an attribution.
    pub attribution: AttributionLabels,
    /// What the heads of events say.
    pub events: EventLabels,
    /// Polarity of a predicate.
    pub factuality: Vec<Polarity>,
    /// Types of given pairs.
    pub pair: Vec<EventType>,
}

/// Labels of the head that finds source and content of a cue.
#[derive(Clone, Debug)]
pub struct AttributionLabels {
    /// The BIO labels.
    pub scheme: Scheme,
    /// Kind of sources in the scheme.
    pub source: usize,
    /// Kind of contents in the scheme.
    pub content: usize,
}

/// Labels of the heads that find events.
#[derive(Clone, Debug)]
pub struct EventLabels {
    /// BIO labels of triggers.
    pub trigger: Scheme,
    /// Type of each kind in the scheme.
    pub types: Vec<EventType>,
    /// Columns of the `mode` head for each type, in the order of `EventType::ALL`.
    pub modes: Vec<Vec<(usize, Option<Mode>)>>,
    /// Column of each status, in the order of `Status::ALL`.
    pub status: [usize; 6],
    /// Number of columns of `mode`, `status` and `argument`.
    pub columns: [usize; 3],
    /// First column (O, then B and I) of each role: actor, recipient, reporter, place.
    pub roles: [usize; 4],
    /// The same of the expression of when it happened, where the model knows of it.
    pub time: Option<usize>,
}

/// Whether a predicate holds, as the factuality corpora grade it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Polarity {
    /// It did not happen.
    Negative,
    /// It is open.
    Uncertain,
    /// It happened.
    Positive,
}

impl Polarity {
    /// Polarities with the labels of the `factuality` head.
    pub const NAMES: [(Polarity, &'static str); 3] = [
        (Polarity::Negative, "negative"),
        (Polarity::Uncertain, "uncertain"),
        (Polarity::Positive, "positive"),
    ];
}

/// Names of the roles in the `argument` head.
const ROLES: [&str; 4] = ["actor", "recipient", "reporter", "place"];

impl Labels {
    /// Reads the labels of all heads; `labels` gives those of the head of a name.
    ///
    /// # Errors
    /// Where a head is missing, or has labels other than docs/model-file.md gives it.
    pub fn read<'m>(
        labels: impl Fn(&'static str) -> Option<&'m [String]>,
    ) -> Result<Self, LabelError> {
        let of = |head| labels(head).ok_or(LabelError::Missing(head));
        of("arc")?;
        let names = scheme("names", of("names")?)?;
        let kinds = each("names", names.kinds(), NameKind::parse)?;
        Ok(Labels {
            upos: each("upos", of("upos")?, Upos::parse)?,
            feats: each("feats", of("feats")?, |l| Some(feats(l)))?,
            lemma: each("lemma", of("lemma")?, LemmaRule::parse)?,
            relation: of("relation")?.to_vec(),
            names: (names, kinds),
            entities: scheme("entities", of("entities")?)?,
            cue: scheme("cue", of("cue")?)?,
            attribution: AttributionLabels::read(of("attribution")?)?,
            events: EventLabels::read(of("trigger")?, of("mode")?, of("status")?, of("argument")?)?,
            factuality: each("factuality", of("factuality")?, |l| {
                Polarity::NAMES
                    .iter()
                    .find(|(_, n)| *n == l)
                    .map(|(p, _)| *p)
            })?,
            pair: each("pair", of("pair")?, EventType::parse)?,
        })
    }
}

impl AttributionLabels {
    /// Reads the labels of the `attribution` head.
    ///
    /// # Errors
    /// Where they are not BIO labels of `source` and `content`.
    pub fn read(labels: &[String]) -> Result<Self, LabelError> {
        let scheme = scheme("attribution", labels)?;
        let kind = |name: &str| {
            let at = scheme.kinds().iter().position(|k| k == name);
            at.ok_or_else(|| lacks("attribution", format!("`B-{name}`")))
        };
        let (source, content) = (kind("source")?, kind("content")?);
        Ok(AttributionLabels {
            scheme,
            source,
            content,
        })
    }
}

impl EventLabels {
    /// Reads the labels of the heads `trigger`, `mode`, `status` and `argument`.
    ///
    /// # Errors
    /// Where a type, mode or status is unknown, or a status or role is missing.
    pub fn read(
        trigger: &[String],
        mode: &[String],
        status: &[String],
        argument: &[String],
    ) -> Result<Self, LabelError> {
        let scheme = scheme("trigger", trigger)?;
        let types = each("trigger", scheme.kinds(), EventType::parse)?;
        let modes = each("mode", mode, read_mode)?;
        let column = |head: &'static str, labels: &[String], name: &str| {
            let at = labels.iter().position(|l| l == name);
            at.ok_or_else(|| lacks(head, format!("`{name}`")))
        };
        let (mut statuses, mut roles) = ([0; 6], [0; 4]);
        for (slot, code) in statuses.iter_mut().zip(Status::ALL) {
            *slot = column("status", status, code.as_str())?;
        }
        let role = |role: &str| {
            let at = |tag: &str| column("argument", argument, &format!("{tag}-{role}"));
            let first = at("O")?;
            if (at("B")?, at("I")?) != (first + 1, first + 2) {
                return Err(lacks("argument", format!("the order O, B, I of `{role}`")));
            }
            Ok(first)
        };
        for (slot, name) in roles.iter_mut().zip(ROLES) {
            *slot = role(name)?;
        }
        let timed = argument.iter().any(|label| label == "O-time");
        let of_type = |event: &EventType| {
            let columns = modes.iter().enumerate().filter(|(_, (e, _))| e == event);
            columns.map(|(i, (_, mode))| (i, *mode)).collect()
        };
        Ok(EventLabels {
            trigger: scheme,
            types,
            modes: EventType::ALL.iter().map(of_type).collect(),
            status: statuses,
            columns: [mode.len(), status.len(), argument.len()],
            roles,
            time: if timed { Some(role("time")?) } else { None },
        })
    }
}

fn lacks(head: &'static str, lacks: String) -> LabelError {
    LabelError::Incomplete { head, lacks }
}

fn scheme(head: &'static str, labels: &[String]) -> Result<Scheme, LabelError> {
    Scheme::parse(labels).ok_or_else(|| lacks(head, "the form of BIO labels".to_owned()))
}

fn each<T>(
    head: &'static str,
    labels: &[String],
    read: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, LabelError> {
    let one = |label: &String| {
        read(label).ok_or_else(|| LabelError::Unknown {
            head,
            label: label.clone(),
        })
    };
    labels.iter().map(one).collect()
}

fn feats(label: &str) -> String {
    if label == "_" {
        String::new()
    } else {
        label.to_owned()
    }
}

fn read_mode(label: &str) -> Option<(EventType, Option<Mode>)> {
    let (event, mode) = label.split_once(':')?;
    let event = EventType::parse(event)?;
    if mode == "-" {
        return Some((event, None));
    }
    let mode = Mode::parse(mode).filter(|mode| mode.fits(event))?;
    Some((event, Some(mode)))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Labels as the training writes them, with a few open ones.
    pub(crate) fn labels_of(head: &str) -> Vec<String> {
        let bio = |kinds: &[&str]| {
            let mut all = vec!["O".to_owned()];
            all.extend(
                kinds
                    .iter()
                    .flat_map(|k| [format!("B-{k}"), format!("I-{k}")]),
            );
            all
        };
        let strings = |texts: &[&str]| texts.iter().map(|t| t.to_string()).collect();
        let types = || EventType::ALL.iter().map(|t| t.as_str());
        match head {
            "upos" => Upos::NAMES.iter().map(|(_, n)| n.to_string()).collect(),
            "feats" => strings(&["_", "Number=Sing", "Number=Plur"]),
            "lemma" => strings(&["l;0;", "k;0;", "l;2;", "=;be"]),
            "arc" => strings(&["arc"]),
            "relation" => strings(&["root", "nsubj", "obj", "punct"]),
            "names" => bio(&NameKind::NAMES.map(|(_, n)| n)),
            "entities" => bio(&["PER", "ORG", "LOC"]),
            "cue" => strings(&["O", "B", "I"]),
            "attribution" => bio(&["source", "content"]),
            "trigger" => std::iter::once("O".to_owned())
                .chain(types().map(|t| format!("B-{t}")))
                .chain(std::iter::once("I".to_owned()))
                .collect(),
            "mode" => EventType::ALL
                .iter()
                .flat_map(|t| {
                    let modes = Mode::of(*t).iter().map(|m| m.as_str());
                    std::iter::once("-")
                        .chain(modes)
                        .map(move |m| format!("{t}:{m}"))
                })
                .collect(),
            "status" => Status::ALL.iter().map(|s| s.to_string()).collect(),
            "factuality" => strings(&["negative", "uncertain", "positive"]),
            "argument" => ROLES
                .iter()
                .flat_map(|r| ["O", "B", "I"].map(|t| format!("{t}-{r}")))
                .collect(),
            "pair" => types().map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn every_mode_of_a_type_is_read() {
        let events = EventLabels::read(
            &labels_of("trigger"),
            &labels_of("mode"),
            &labels_of("status"),
            &labels_of("argument"),
        )
        .expect("labels");
        for (event, modes) in EventType::ALL.iter().zip(&events.modes) {
            let read: Vec<Mode> = modes.iter().filter_map(|(_, m)| *m).collect();
            assert_eq!(read, Mode::of(*event), "{event}");
        }
        assert_eq!(events.roles, [0, 3, 6, 9]);
    }

    #[test]
    fn foreign_labels_are_refused_by_name() {
        let mut modes = labels_of("mode");
        modes.push("AGREE:visit".to_owned());
        let read = |modes: &[String], status: &[String]| {
            EventLabels::read(&labels_of("trigger"), modes, status, &labels_of("argument"))
        };
        assert_eq!(
            read(&modes, &labels_of("status")).expect_err("mode"),
            LabelError::Unknown {
                head: "mode",
                label: "AGREE:visit".to_owned()
            }
        );
        let message = read(&labels_of("mode"), &[])
            .expect_err("status")
            .to_string();
        assert!(message.contains("`actual`"), "{message}");
        let missing = Labels::read(|_| None).expect_err("heads");
        assert_eq!(missing, LabelError::Missing("arc"));
    }
}
