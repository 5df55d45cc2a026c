//! Records made by hand for the tests of the page.

use rapporteur::types::record::{
    Actor, Claim, ClaimSource, Event, EventDate, Mention, Offsets, Place, Record, StoryRecord,
    Stretch,
};

/// A record of an empty story.
pub fn empty_record() -> Record {
    Record::of(StoryRecord::default())
}

/// Builds a record sentence by sentence; words are found in the sentence that was added last.
pub struct Sample {
    pub record: Record,
    sentence: Stretch,
}

impl Sample {
    pub fn new(headline: &str, published: &str) -> Self {
        let mut record = empty_record();
        record.story.headline = Some(headline.to_owned());
        record.story.published = Some(published.to_owned());
        let sentence = Stretch { start: 0, end: 0 };
        Sample { record, sentence }
    }

    pub fn sentence(&mut self, words: &str) -> &mut Self {
        let text = &mut self.record.story.text;
        let start = text.chars().count();
        text.push_str(words);
        text.push('\n');
        let end = start + words.chars().count();
        self.sentence = Stretch { start, end };
        self.record.sentences.push(self.sentence);
        self
    }

    /// Where `words` stand in the last sentence.
    pub fn at(&self, words: &str) -> Offsets {
        let text: Vec<char> = self.record.story.text.chars().collect();
        let sentence: String = text[self.sentence.start..self.sentence.end]
            .iter()
            .collect();
        let byte = sentence
            .find(words)
            .expect("the words are in the last sentence");
        let start = self.sentence.start + sentence[..byte].chars().count();
        [start, start + words.chars().count()]
    }

    pub fn actor(&mut self, name: &str, title: Option<&str>) -> &mut Self {
        let [start, end] = self.at(name);
        let form = "named".to_owned();
        self.record.actors.push(Actor {
            id: format!("a{}", self.record.actors.len() + 1),
            name: name.to_owned(),
            kind: "person".to_owned(),
            code: None,
            country: None,
            roles: Vec::new(),
            title: title.map(str::to_owned),
            wikidata: None,
            mentions: vec![Mention { start, end, form }],
        });
        self
    }

    pub fn place(&mut self, name: &str) -> &mut Self {
        let [start, end] = self.at(name);
        self.record.places.push(Place {
            id: format!("p{}", self.record.places.len() + 1),
            name: name.to_owned(),
            country: None,
            admin1: None,
            latitude: None,
            longitude: None,
            geonames: None,
            why: None,
            mentions: vec![Stretch { start, end }],
        });
        self
    }

    /// An event; the test changes what it wants otherwise through the reference.
    pub fn event(
        &mut self,
        trigger: &str,
        event: &str,
        quad: &str,
        actor: &[&str],
        recipient: &[&str],
    ) -> &mut Event {
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        let made = Event {
            id: format!("e{}", self.record.events.len() + 1),
            event: event.to_owned(),
            mode: None,
            contexts: Vec::new(),
            cameo: None,
            goldstein: None,
            quad: quad.to_owned(),
            actor: ids(actor),
            recipient: ids(recipient),
            trigger: vec![self.at(trigger)],
            sentence: self.record.sentences.len() - 1,
            date: EventDate::default(),
            place: None,
            status: "actual".to_owned(),
            according_to: None,
            quantities: Vec::new(),
            issues: Vec::new(),
            rule: "trigger+status".to_owned(),
            confidence: 0.874,
        };
        self.record.events.push(made);
        self.record
            .events
            .last_mut()
            .expect("an event was added just now")
    }

    pub fn claim(
        &mut self,
        source: Option<(&str, Option<&str>)>,
        cue: &str,
        content: &str,
        manner: &str,
    ) -> &mut Claim {
        let claim = Claim {
            id: format!("c{}", self.record.claims.len() + 1),
            source: source.map(|(words, actor)| ClaimSource {
                actor: actor.map(str::to_owned),
                spans: vec![self.at(words)],
            }),
            cue: vec![self.at(cue)],
            content: vec![self.at(content)],
            manner: manner.to_owned(),
            stance: "assert".to_owned(),
            addressee: None,
            inside: None,
            confidence: 0.9,
        };
        self.record.claims.push(claim);
        self.record
            .claims
            .last_mut()
            .expect("a claim was added just now")
    }
}
