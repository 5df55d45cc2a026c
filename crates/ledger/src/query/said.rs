//! Claims of one actor, and one claim by its number.

use super::claims::{CLAIM, ClaimRow};
use super::{Filter, Question, Reader, number};
use crate::error::{LedgerError, Result};

impl Reader {
    /// The claims of an actor that were read last, the latest of them first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn last_claims(&self, actor: &str, most: usize) -> Result<Vec<ClaimRow>> {
        let number = number('A', actor).ok_or_else(|| LedgerError::Unknown(actor.into()))?;
        let question = Question::new(
            format!(
                "{} WHERE claim.source = ?1 ORDER BY claim.id DESC LIMIT ?2",
                CLAIM
            ),
            vec![
                number.into(),
                i64::try_from(most).unwrap_or(i64::MAX).into(),
            ],
        );
        let mut said = self.list(&question, |row| self.claim_of(row))?;
        said.sort_by(|a, b| b.published.cmp(&a.published));
        Ok(said)
    }

    /// One claim, by its number.
    ///
    /// # Errors
    /// Where there is none, or it is of a reading that counts no more.
    pub fn claim(&self, id: &str) -> Result<(ClaimRow, String)> {
        let unknown = || LedgerError::Unknown(id.into());
        let number = number('C', id).ok_or_else(unknown)?;
        let question = Question::new(
            format!("{} WHERE claim.id = ?1", CLAIM),
            vec![number.into()],
        );
        let found = self.list(&question, |row| self.claim_of(row))?;
        let claim = found.into_iter().next().ok_or_else(unknown)?;
        let local = self.text_of("SELECT local FROM claim WHERE id = ?1", number)?;
        Ok((claim, local.unwrap_or_default()))
    }

    /// As [`Reader::claims`], all at once.
    ///
    /// # Errors
    /// As [`Reader::claims`].
    pub fn latest_claims(&self, filter: &Filter, stances: &[String]) -> Result<Vec<ClaimRow>> {
        let mut found = Vec::new();
        self.claims(filter, stances, |claim| {
            found.push(claim);
            Ok(())
        })?;
        Ok(found)
    }
}
