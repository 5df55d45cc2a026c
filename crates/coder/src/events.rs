//! Triggers as events: parties, status, who says so, codes.

use lexicon::Stance;
use types::{Roles, Status, TokenRange, Trigger};

use crate::cameo::{Coded, Known, cameo};
use crate::cast::Cast;
use crate::claims::{Claim, Claims, Trace};
use crate::contexts::contexts;
use crate::reading::Reading;
use crate::status::{Verdict, decide, spoken};

/// An event under construction; actors and claims by index.
#[derive(Clone, Debug)]
pub(crate) struct Event<'d> {
    pub(crate) trigger: &'d Trigger,
    /// The parties' words, as the tree completed them.
    pub(crate) roles: Roles,
    pub(crate) head: usize,
    pub(crate) actor: Vec<usize>,
    pub(crate) recipient: Vec<usize>,
    pub(crate) verdict: Verdict,
    pub(crate) claim: Option<usize>,
    /// By which way the claim was found, or why there is none: see [`crate::explain`].
    pub(crate) claimed_by: &'static str,
    pub(crate) contexts: Vec<&'static str>,
    pub(crate) cameo: Option<Coded>,
}

/// Makes the events, and the claims that they need where no attribution gives one.
pub(crate) fn events<'d>(
    reading: &Reading<'d>,
    cast: &Cast,
    claims: &mut Claims,
    roles: &[Roles],
) -> Vec<Event<'d>> {
    let mut found = Vec::new();
    for (trigger, roles) in reading.document.triggers.iter().zip(roles) {
        if let Some(head) = reading.head_of_trigger(trigger) {
            found.push(event(reading, cast, claims, (trigger, roles), head));
        }
    }
    found
}

fn event<'d>(
    reading: &Reading<'d>,
    cast: &Cast,
    claims: &mut Claims,
    (trigger, roles): (&'d Trigger, &Roles),
    head: usize,
) -> Event<'d> {
    let actor = parties(reading, cast, &roles.actor);
    let mut recipient = parties(reading, cast, &roles.recipient);
    recipient.retain(|r| !actor.contains(r));
    let (mut claim, mut claimed_by) =
        reported(reading, cast, claims, (trigger, roles), head, &actor);
    let own = claim.is_some_and(|c| claims.all[c].source.is_some_and(|s| actor.contains(&s)));
    let verdict = decide(reading, trigger, head, claim.is_some(), own);
    let wanting = claim.is_none() && needs_claim(verdict.status);
    let word = || wanting.then(|| reporting_word(reading, head)).flatten();
    let cue = verdict.cue.map(|cue| (cue, "cue-of-status"));
    if let Some((cue, by)) = cue.or_else(|| Some((word()?, "reporting-word"))) {
        claim = Some(cued(reading, cast, claims, cue, head));
        claimed_by = by;
    }
    let contexts: Vec<&'static str> = contexts(reading, head, &roles.reporter)
        .into_iter()
        .map(|(context, _)| context)
        .collect();
    let known = Known {
        trigger,
        head,
        roles,
        status: verdict.status,
        contexts: &contexts,
    };
    Event {
        cameo: cameo(reading, &known),
        trigger,
        roles: roles.clone(),
        head,
        actor,
        recipient,
        verdict,
        claim,
        claimed_by,
        contexts,
    }
}

fn parties(reading: &Reading, cast: &Cast, spans: &[TokenRange]) -> Vec<usize> {
    let mut found = Vec::new();
    for party in spans.iter().flat_map(|s| cast.parties(reading, s)) {
        if !found.contains(&party) {
            found.push(party);
        }
    }
    found
}

/// The claim by which the story reports the event: the reporter's, where the head names one, else the nearest around.
fn reported(
    reading: &Reading,
    cast: &Cast,
    claims: &mut Claims,
    (trigger, roles): (&Trigger, &Roles),
    head: usize,
    actor: &[usize],
) -> (Option<usize>, &'static str) {
    let spans = &roles.reporter;
    let around = claims.innermost(head);
    if let Some(first) = spans.first() {
        let reporter = parties(reading, cast, spans).first().copied();
        if let Some(known) = by_reporter(claims, head, reporter, spans) {
            return (Some(known), "claim-of-reporter");
        }
        if let Some(widened) = widened(reading, claims, head, spans) {
            return (Some(widened), "claim-of-reporter-widened");
        }
        let made = from_reporter(reading, claims, first, reporter, head);
        return (Some(made), "claim-made-for-reporter");
    }
    let Some(around) = around else {
        return (None, "narrator");
    };
    let claim = &claims.all[around];
    // Whoever promises, plans or demands is the actor of that act, and no witness of it.
    let own = claim.source.is_some_and(|s| actor.contains(&s));
    let act = matches!(claim.stance, Stance::Promise | Stance::Intend) || spoken(trigger.event);
    if claim.cued_by(head) || own && act {
        return (None, "own-act");
    }
    (Some(around), "claim-around")
}

/// The verb that reports the trigger, by the tree alone: "X says (that) …", "…, X says", "X accuses Y of …".
fn reporting_word(reading: &Reading, head: usize) -> Option<usize> {
    let reports = |t: usize| t != head && reading.lexicon.stance(reading.lemma(t)).is_some();
    let charge = |t: usize| reading.relation(t) == "advcl" && reading.has_mark(t, &["of", "for"]);
    reading.upwards(head).find_map(|t| {
        let told = reading.relation(t) == "ccomp" || charge(t);
        let above = reading.head(t).filter(|_| told);
        let beside = || reading.related(t, &["parataxis"]).find(|p| reports(*p));
        above.filter(|a| reports(*a)).or_else(beside)
    })
}

/// A claim of the reporter in the trigger's sentence that the words of the event were left out of: takes them in.
fn widened(
    reading: &Reading,
    claims: &mut Claims,
    head: usize,
    spans: &[TokenRange],
) -> Option<usize> {
    let meets = |ranges: &[TokenRange], token: usize| ranges.iter().any(|r| r.contains(&token));
    let mut words = spans.iter().flat_map(|r| r.clone());
    let index = words
        .find_map(|t| (0..claims.all.len()).find(|c| meets(&claims.all[*c].source_spans, t)))?;
    let claim = &claims.all[index];
    let near = reading.sentence(claim.cue[0].start) == reading.sentence(head);
    if !near || claim.cued_by(head) {
        return None;
    }
    let taken = |t: usize| meets(&claim.cue, t) || meets(&claim.source_spans, t) || claim.holds(t);
    let mut content = clause(reading, head, taken);
    content.extend(claim.content.iter().cloned());
    content.sort_by_key(|r| r.start);
    claims.all[index].content = content;
    claims.hold(index);
    Some(index)
}

/// A claim of the reporter that holds the trigger; the one with the least content.
fn by_reporter(
    claims: &Claims,
    head: usize,
    reporter: Option<usize>,
    spans: &[TokenRange],
) -> Option<usize> {
    let same = |claim: &Claim| {
        let overlap = claim
            .source_spans
            .iter()
            .any(|s| spans.iter().any(|r| s.start < r.end && r.start < s.end));
        overlap || reporter.is_some() && claim.source == reporter
    };
    let size = |claim: &Claim| {
        claim
            .content
            .iter()
            .map(ExactSizeIterator::len)
            .sum::<usize>()
    };
    let fits =
        (0..claims.all.len()).filter(|c| same(&claims.all[*c]) && claims.all[*c].holds(head));
    fits.min_by_key(|c| (size(&claims.all[*c]), *c))
}

/// A claim made for a reporter without an attribution: cue is the verb of which the reporter is subject, or "according
/// to"; content is the trigger's clause.
fn from_reporter(
    reading: &Reading,
    claims: &mut Claims,
    span: &TokenRange,
    source: Option<usize>,
    head: usize,
) -> usize {
    let top = reading.head_of(span).unwrap_or(span.start);
    let according = reading.related(top, &["case"]).min();
    let verb = reading
        .head(top)
        .filter(|h| reading.is_subject(top) && reading.lexicon.stance(reading.lemma(*h)).is_some());
    let cue = match (verb, according) {
        (Some(verb), _) => verb..verb + 1,
        (None, Some(case)) if reading.lemma_is(case, &["accord", "according"]) => {
            case..span.start.max(case + 1)
        }
        _ => top..top + 1,
    };
    let stance = cue
        .clone()
        .find_map(|t| reading.lexicon.stance(reading.lemma(t)));
    let content = clause(reading, head, |t| span.contains(&t) || cue.contains(&t));
    let made = Needed {
        source,
        source_spans: vec![span.clone()],
        cue,
        content,
        stance: stance.unwrap_or(Stance::Assert),
        by: "head:argument",
    };
    add(reading, claims, made)
}

/// The claim that a status word makes: "denies", "allegedly". An attribution with this cue if there is one.
fn cued(reading: &Reading, cast: &Cast, claims: &mut Claims, cue: usize, head: usize) -> usize {
    let known = (0..claims.all.len()).filter(|c| claims.all[*c].cued_by(cue));
    if let Some(known) = known.min_by_key(|c| (!claims.all[*c].holds(head), *c)) {
        return known;
    }
    let subject = crate::subjects::subject(reading, cue).map(|s| reading.noun_phrase(s));
    let source = subject
        .as_ref()
        .and_then(|s| cast.parties(reading, s).first().copied());
    let spans: Vec<TokenRange> = subject.into_iter().collect();
    let content = clause(reading, head, |t| {
        t == cue || spans.iter().any(|s| s.contains(&t))
    });
    let stance = reading
        .lexicon
        .stance(reading.lemma(cue))
        .unwrap_or(Stance::Assert);
    let made = Needed {
        source,
        source_spans: spans,
        cue: cue..cue + 1,
        content,
        stance,
        by: "rule:subject-of-cue",
    };
    add(reading, claims, made)
}

/// A claim that an event needs and no attribution gives.
struct Needed {
    source: Option<usize>,
    source_spans: Vec<TokenRange>,
    cue: TokenRange,
    content: Vec<TokenRange>,
    stance: Stance,
    /// What gave the source: a head or rule, by id.
    by: &'static str,
}

fn add(reading: &Reading, claims: &mut Claims, needed: Needed) -> usize {
    let word = needed
        .cue
        .clone()
        .find(|t| reading.lexicon.stance(reading.lemma(*t)).is_some());
    let told = if word.is_some() {
        "lexicon:cues.tsv"
    } else {
        "rule:unknown-cue"
    };
    claims.add(Claim {
        source: needed.source,
        source_spans: needed.source_spans,
        manner: crate::content::manner(reading, &needed.content),
        cue: vec![needed.cue],
        content: needed.content,
        stance: needed.stance,
        addressee: None,
        inside: None,
        confidence: 0.5,
        trace: Trace {
            attribution: None,
            source: needed.by,
            stance: (told, word),
        },
    })
}

/// The words under the trigger's head, as stretches, without those that `leave_out` names.
fn clause(reading: &Reading, head: usize, leave_out: impl Fn(usize) -> bool) -> Vec<TokenRange> {
    let mut stretches: Vec<TokenRange> = Vec::new();
    for token in reading.subtree(head).into_iter().filter(|t| !leave_out(*t)) {
        match stretches.last_mut() {
            Some(last) if last.end == token => last.end += 1,
            _ => stretches.push(token..token + 1),
        }
    }
    for stretch in &mut stretches {
        *stretch = reading.without_punctuation(stretch.clone());
    }
    stretches.retain(|s| !s.is_empty());
    if stretches.is_empty() {
        stretches.push(head..head + 1);
    }
    stretches
}

/// Statuses that nobody but a party can give.
pub(crate) fn needs_claim(status: Status) -> bool {
    matches!(status, Status::Claimed | Status::Denied)
}
