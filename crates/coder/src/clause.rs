//! The words that an event may be about, and how the lexicon writes them.
//!
//! The clause is what stands below the trigger, or below the verb that carries a noun ("held talks on …"); what another event
//! says and who reports it are left out.

use types::{TokenRange, Upos};

use crate::reading::Reading;

/// The clause of the trigger at `head`: its tokens, the nearest in the tree first.
pub(crate) fn clause(reading: &Reading, head: usize, reporter: &[TokenRange]) -> Vec<usize> {
    let events = reading.triggered(reading.sentence(head)).iter().copied();
    let heads: Vec<usize> = events.filter(|h| *h != head).collect();
    let way = way(reading, head, &heads);
    let mut tokens = vec![head];
    let mut next = 0;
    while let Some(&at) = tokens.get(next) {
        let told = |t: usize| reporter.iter().any(|r| r.contains(&t));
        let own = |t: &usize| !way.contains(t) && !told(*t) && !is_apart(reading, *t, &heads);
        tokens.extend(reading.children(at).iter().filter(|t| own(t)));
        let above = way.iter().position(|t| *t == at).map(|step| step + 1);
        tokens.extend(above.and_then(|step| way.get(step)));
        next += 1;
    }
    tokens
}

/// The trigger and the words above it up to the verb that carries it, at most two steps; the trigger alone where there is
/// none before another event, or a verb that tells of this one.
fn way(reading: &Reading, head: usize, others: &[usize]) -> Vec<usize> {
    let foreign = |t: usize| {
        t != head && (others.contains(&t) || reading.lexicon.stance(reading.lemma(t)).is_some())
    };
    let up = reading.upwards(head).take(3);
    let own: Vec<usize> = up.take_while(|t| !foreign(*t)).collect();
    let verb = own.iter().position(|t| reading.upos(*t) == Upos::Verb);
    own[..=verb.unwrap_or(0)].to_vec()
}

/// Whether what hangs there is not about the event above: another event beside it or at its time, a remark, who reports it.
fn is_apart(reading: &Reading, token: usize, others: &[usize]) -> bool {
    const TIMES: &[&str] = &["after", "as", "before", "since", "until", "when", "while"];
    let event = others.contains(&token);
    let at_its_time = || {
        let mut marks = reading.related(token, &["mark", "advmod"]);
        marks.any(|m| reading.lemma_is(m, TIMES))
    };
    match reading.relation(token) {
        "parataxis" => true,
        "acl" => reading.full_relation(token) == "acl:relcl",
        "conj" => event,
        "advcl" => event && at_its_time(),
        "obl" => reading.has_case(token, &["accord", "according"]),
        _ => false,
    }
}

/// Stretches of one to `longest` words from `token` on, the longest first, each with the ways in which the lexicon may
/// write it: the last word in its dictionary form, as it stands, and without a plural's "s". Hyphens are no words.
pub(crate) fn phrases(
    reading: &Reading,
    token: usize,
    longest: usize,
) -> Vec<(TokenRange, [String; 3])> {
    let Some(sentence) = reading.document.sentences.get(reading.sentence(token)) else {
        return Vec::new();
    };
    let (mut found, mut before) = (Vec::new(), String::new());
    for end in token..sentence.tokens.end {
        if matches!(reading.form(end), "-" | "‐" | "–") {
            continue;
        }
        if found.len() == longest {
            break;
        }
        let form = reading.form(end).to_lowercase();
        let stem = form.strip_suffix('s').unwrap_or(&form).to_owned();
        let forms = [reading.lemma(end).to_lowercase(), form, stem];
        let keys = forms.map(|form| format!("{before}{}", plain(&form)));
        before = format!("{} ", keys[0]);
        found.push((token..end + 1, keys));
    }
    found.reverse();
    found
}

/// A word without hyphens, with straight apostrophes.
fn plain(form: &str) -> String {
    form.replace('-', " ").replace('’', "'")
}
