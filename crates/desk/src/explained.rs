//! Explanations of the stories that were asked about last: whoever asks why one event is coded so often asks about the next
//! one, and each time the whole story would be read again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use types::explain::Explained;
use types::record::StoryRecord;

/// Stories that are kept; each takes some hundred kilobytes.
const MOST: usize = 32;

/// Explanations of the last stories. The same story is explained in the same way as long as the program runs, so that they
/// are never out of date.
#[derive(Default)]
pub struct Explanations(Mutex<VecDeque<(StoryRecord, Arc<Explained>)>>);

impl Explanations {
    /// Those of a story, where they are kept.
    pub fn of(&self, story: &StoryRecord) -> Option<Arc<Explained>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().find(|(known, _)| known == story);
        found.map(|(_, explained)| Arc::clone(explained))
    }

    /// Keeps those of a story in place of the oldest ones.
    pub fn keep(&self, story: StoryRecord, explained: Arc<Explained>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front((story, explained));
        kept.truncate(MOST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_very_same_story_is_found_and_the_oldest_goes() {
        let told = |text: &str, published: &str| StoryRecord {
            text: text.into(),
            published: Some(published.into()),
            ..StoryRecord::default()
        };
        let explained = Arc::new(Explained {
            schema: types::explain::SCHEMA,
            story: Default::default(),
            items: Vec::new(),
            explanations: Vec::new(),
            provenance: Default::default(),
        });
        let kept = Explanations::default();
        let first = told("Police arrested the editor.", "2015-05-12");
        kept.keep(first.clone(), Arc::clone(&explained));
        assert!(kept.of(&first).is_some());
        let dated = told("Police arrested the editor.", "2015-05-13");
        assert!(kept.of(&dated).is_none(), "its date decides too");
        for number in 0..MOST {
            kept.keep(
                told(&number.to_string(), "2015-05-12"),
                Arc::clone(&explained),
            );
        }
        assert!(kept.of(&first).is_none());
    }
}
