//! Who is in the ledger.

use schemars::JsonSchema;
use serde::Serialize;

use super::Reader;
use super::filter::{Conditions, Filter, containing};
use crate::error::Result;

/// An actor, across all stories.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ActorRow {
    /// `A12`.
    pub id: String,
    /// The name in the first story that has it.
    pub name: String,
    /// `person`, `state`, `organisation`, `group` or `place-as-state`.
    pub kind: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// CAMEO codes that it has in some story.
    pub codes: Vec<String>,
    /// Wikidata's item.
    pub wikidata: Option<String>,
    /// Readings in which it is.
    pub stories: i64,
    /// Occurrences in which it acts.
    pub acts: i64,
    /// Occurrences in which it is acted upon.
    pub receives: i64,
    /// Claims that it makes.
    pub says: i64,
}

const ACTOR: &str = "
    SELECT actor.id, actor.name, actor.kind, actor.country, actor.wikidata,
           (SELECT group_concat(code, ' ') FROM (SELECT DISTINCT code FROM cast_member c WHERE c.actor = actor.id
             AND code IS NOT NULL ORDER BY code)),
           (SELECT count(DISTINCT reading) FROM cast_member WHERE cast_member.actor = actor.id),
           coalesce(did.acts, 0), coalesce(did.receives, 0),
           (SELECT count(*) FROM claim WHERE claim.source = actor.id)
    FROM actor";

/// In how many occurrences each actor is.
const DID: &str = "
    SELECT p.actor AS id, sum(p.side = 'actor') AS acts, sum(p.side = 'recipient') AS receives FROM occurrence_party p";

impl Reader {
    /// Actors, those of most occurrences first. `actor` of the filter is who they are, and `text` words of their
    /// names; the rest is about the occurrences in which they are, which alone are counted then.
    ///
    /// # Errors
    /// Where the filter cannot be understood, the file cannot be read, or what `each` returns.
    pub fn actors(&self, filter: &Filter, each: impl FnMut(ActorRow) -> Result<()>) -> Result<()> {
        let about = Filter {
            actor: Vec::new(),
            text: None,
            limit: None,
            ..filter.clone()
        };
        let (mut conditions, among) = if about == Filter::default() {
            (
                Conditions::default(),
                format!("LEFT JOIN ({DID} GROUP BY p.actor)"),
            )
        } else {
            let mut occurrences = self.occurrences(&about)?;
            let joined = occurrences.joined().unwrap_or_else(|| "1".into());
            occurrences.parts.clear();
            let some = format!("p.occurrence IN (SELECT o.id FROM occurrence o WHERE {joined})");
            (
                occurrences,
                format!("JOIN ({DID} WHERE {some} GROUP BY p.actor)"),
            )
        };
        let select = format!("{ACTOR} {among} AS did ON did.id = actor.id");
        if !filter.actor.is_empty() {
            let part = self.sources(&filter.actor, "actor.id", &mut conditions.values)?;
            conditions.push(part);
        }
        if let Some(text) = &filter.text {
            conditions.with(
                "' ' || actor.folded || ' ' LIKE ? ESCAPE '\\'",
                containing(text),
            );
        }
        let after = format!(
            "ORDER BY coalesce(did.acts, 0) + coalesce(did.receives, 0) DESC, actor.id{}",
            filter.limited()
        );
        self.rows(
            &conditions.question(&select, &after),
            |row| {
                let codes: Option<String> = row.get(5)?;
                Ok(ActorRow {
                    id: format!("A{}", row.get::<_, i64>(0)?),
                    name: row.get(1)?,
                    kind: row.get(2)?,
                    country: row.get(3)?,
                    wikidata: row.get(4)?,
                    codes: codes
                        .iter()
                        .flat_map(|codes| codes.split(' '))
                        .map(str::to_owned)
                        .collect(),
                    stories: row.get(6)?,
                    acts: row.get(7)?,
                    receives: row.get(8)?,
                    says: row.get(9)?,
                })
            },
            each,
        )
    }
}
