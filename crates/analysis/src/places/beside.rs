//! Names that explain each other: "Sochi, Russia", "Pandi in Bulacan", "Syria's Aleppo".

use gazetteer::{Kind, Spelling};
use types::Document;

use super::finding::Mention;
use super::senses::{Candidate, Senses};

/// For each mention, the candidates of its sense that a name beside it speaks for.
#[derive(Clone, Debug, Default)]
pub(super) struct Links {
    /// Candidates that lie in what the name behind (or before, with a possessive) may mean.
    pub(super) inside: Vec<Vec<usize>>,
    /// Candidates in which what the name beside may mean lies.
    pub(super) around: Vec<Vec<usize>>,
}

pub(super) fn links(document: &Document, mentions: &[Mention], senses: &Senses) -> Links {
    let mut links = Links {
        inside: vec![Vec::new(); mentions.len()],
        around: vec![Vec::new(); mentions.len()],
    };
    for first in 0..mentions.len() {
        let second = first + 1;
        let Some(next) = mentions.get(second) else {
            break;
        };
        match relation(document, &mentions[first], next) {
            Some(Order::InnerFirst) => link(senses, &mut links, first, second),
            Some(Order::OuterFirst) => link(senses, &mut links, second, first),
            None => {}
        }
        // "Hill Street, Macon, Bibb County, Ga.": the last explains all before it.
        if let Some(third) = mentions.get(first + 2)
            && relation(document, next, third) == Some(Order::InnerFirst)
            && relation(document, &mentions[first], next) == Some(Order::InnerFirst)
        {
            link(senses, &mut links, first, first + 2);
        }
    }
    links
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    InnerFirst,
    OuterFirst,
}

/// How the words between two mentions relate them.
fn relation(document: &Document, first: &Mention, second: &Mention) -> Option<Order> {
    /// Longest stretch between two names that is looked at, in bytes.
    const FARTHEST: usize = 16;
    let (from, to) = (first.span.end, second.span.start);
    if to < from || to - from > FARTHEST {
        return None;
    }
    match document.story.text[from..to].trim() {
        "" | "," | "(" | "in" | ", in" | "of" | ", the" | "in the" | ", in the" | "near" | "-"
        | "/" => Some(Order::InnerFirst),
        "'s" | "’s" | "'s city of" | "’s city of" | ":" => Some(Order::OuterFirst),
        _ => None,
    }
}

fn link(senses: &Senses, links: &mut Links, inner: usize, outer: usize) {
    let candidates = |mention: usize| &senses.all[senses.of_mention[mention]].candidates;
    for (o, outer_place) in candidates(outer).iter().enumerate() {
        // "Kansas, Illinois and Iowa" is a list; "Washington, Pa." is none.
        let equal = |c: &Candidate| {
            c.kind == outer_place.kind
                && c.spelling != Spelling::Short
                && c.place != outer_place.place
                && (c.kind == Kind::Country || c.country == outer_place.country)
        };
        let list = outer_place.spelling != Spelling::Short
            && outer_place.kind != Kind::County
            && candidates(inner).iter().any(equal);
        if !outer_place.kind.is_administrative() || list {
            continue;
        }
        for (i, inner_place) in candidates(inner).iter().enumerate() {
            let within = [
                inner_place.county,
                inner_place.division,
                inner_place.country,
            ]
            .contains(&Some(outer_place.place));
            if within && inner_place.place != outer_place.place {
                links.inside[inner].push(i);
                links.around[outer].push(o);
            }
        }
    }
    for list in [&mut links.inside[inner], &mut links.around[outer]] {
        list.sort_unstable();
        list.dedup();
    }
}
