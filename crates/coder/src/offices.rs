//! Country and roles of persons on the day of the story, by their terms of office and by a user's own lexicon.

use lexicon::{Office, OfficeHolder, Tenure, Term};
use types::Date;

use crate::draft::{Draft, Kind};
use crate::mentions::Nominal;
use crate::reading::Reading;

/// CAMEO's role of persons without office who are known all the same, former members of government among them.
const ELITE: &str = "ELI";

/// Tells `draft`, a person, what the lexicon knows of whoever has that name. What it knows for certain goes before what
/// titles in the text say, since newspapers call people by offices that they have left.
pub(crate) fn identify<'d>(reading: &Reading<'d>, draft: &mut Draft<'d>) {
    if draft.kind != Kind::Person || own(reading, draft) {
        return;
    }
    let holders = reading.lexicon.office_holders(&draft.key);
    let Some(holder) = chosen(&holders, draft, reading.day) else {
        return;
    };
    match reading.day.and_then(|day| holder.on(day)) {
        Some(Tenure::InOffice(term)) => hold(draft, term),
        Some(Tenure::After(term)) => left(draft, term),
        Some(Tenure::Before(term) | Tenure::Unknown(term)) => belong(draft, term),
        // Without a day it is not known which term the story belongs to.
        None => holder.terms.iter().for_each(|term| belong(draft, *term)),
    }
}

/// Takes over what a user's own lexicon says of the person; tells whether it says anything.
fn own<'d>(reading: &Reading<'d>, draft: &mut Draft<'d>) -> bool {
    let own = reading.lexicon.own_actor(&draft.name, reading.day);
    let Some(own) = own.or_else(|| reading.lexicon.own_actor(&draft.key.join(" "), reading.day))
    else {
        return false;
    };
    draft.code = Some(own.code.as_str());
    draft.country = own.code.country();
    draft.roles = own.code.roles().collect();
    true
}

/// The one holder of an office who can be meant. A surname alone, or the name of one of thousands who once sat in a
/// government, needs a title in the text that says as much.
fn chosen<'h, 'l>(
    holders: &'h [OfficeHolder<'l>],
    draft: &Draft,
    day: Option<Date>,
) -> Option<&'h OfficeHolder<'l>> {
    let titled = draft
        .roles
        .iter()
        .any(|r| ["GOV", "IGO", "MIL", ELITE].contains(r));
    let of_country = |h: &&OfficeHolder| {
        draft.country.is_none()
            || h.terms
                .iter()
                .any(|t| t.country == draft.country || t.country.is_none())
    };
    let noted = |h: &&OfficeHolder| h.terms.iter().any(|t| t.office != Office::Government);
    let fits = |h: &&OfficeHolder| of_country(h) && (titled || h.certain && noted(h));
    let in_office =
        |h: &&OfficeHolder| day.is_some_and(|day| matches!(h.on(day), Some(Tenure::InOffice(_))));
    let likely: Vec<&OfficeHolder> = holders.iter().filter(fits).collect();
    let serving: Vec<&OfficeHolder> = likely.iter().copied().filter(|h| in_office(h)).collect();
    match (serving.as_slice(), likely.as_slice()) {
        // Of a surname alone nobody is meant who is out of office, unless there is nobody else of that name.
        ([one], _) => Some(one),
        ([], [one]) if one.certain || draft.country.is_some() => Some(one),
        _ => None,
    }
}

fn hold<'d>(draft: &mut Draft<'d>, term: Term<'d>) {
    belong(draft, term);
    if term.country.is_none() {
        draft.code = Some(term.code);
        draft.country = None;
    }
    draft.office = Some(term.office);
    let told = std::mem::take(&mut draft.roles);
    draft.roles = term.office.roles().to_vec();
    for role in told.into_iter().filter(|role| *role != ELITE) {
        if !draft.roles.contains(&role) {
            draft.roles.push(role);
        }
    }
}

/// Out of office: no part of the government any more, unless the text gives another office or calling than the one left.
fn left<'d>(draft: &mut Draft<'d>, term: Term<'d>) {
    belong(draft, term);
    let same = |lemmas: &[String]| {
        lemmas
            .iter()
            .any(|l| words(term.office).contains(&l.as_str()))
    };
    let other = draft
        .titles
        .iter()
        .any(|t| !t.roles.contains(&ELITE) && !t.roles.is_empty() && !same(&t.lemmas));
    if !other {
        draft.roles = vec![ELITE];
    }
}

fn belong<'d>(draft: &mut Draft<'d>, term: Term<'d>) {
    draft.country = draft.country.or(term.country);
}

/// Whether "the foreign minister", "the president", "the leader" is the office that the person holds on that day.
pub(crate) fn is_office(office: Office, nominal: &Nominal) -> bool {
    let words = words(office);
    let role = nominal.role.split(' ').all(|word| words.contains(&word));
    role && nominal
        .modifiers
        .iter()
        .all(|m| words.contains(&m.as_str()))
}

/// Words by which the news call the holder of such an office.
fn words(office: Office) -> &'static [&'static str] {
    match office {
        Office::HeadOfState => &[
            "president",
            "leader",
            "king",
            "queen",
            "monarch",
            "emir",
            "pope",
            "pontiff",
        ],
        Office::HeadOfGovernment => &["prime", "minister", "premier", "chancellor", "leader"],
        Office::Leader => &[
            "leader",
            "president",
            "prime",
            "minister",
            "ruler",
            "supreme",
            "king",
        ],
        Office::Foreign => &[
            "foreign",
            "minister",
            "secretary",
            "state",
            "diplomat",
            "top",
            "chief",
        ],
        Office::Defence => &["defense", "defence", "minister", "secretary"],
        Office::Government => &["minister"],
        Office::International => &["secretary", "general", "chief", "head"],
    }
}
