//! What goes into the encoder and what comes out of it.

/// What a word is in a given pair, where the text was marked for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    /// Neither, and the only mark of running text.
    #[default]
    None,
    /// A word of the given actor.
    Actor,
    /// A word of the given recipient.
    Recipient,
}

/// Consecutive words that are read together: whole sentences of one story.
#[derive(Debug, Clone, Copy)]
pub struct Window<'a> {
    /// The words as Universal Dependencies has them, without white space.
    pub words: &'a [&'a str],
    /// The words' marks; words beyond its end have [`Mark::None`].
    pub marks: &'a [Mark],
}

impl<'a> Window<'a> {
    /// A window of running text, without marks.
    pub fn of(words: &'a [&'a str]) -> Self {
        Self { words, marks: &[] }
    }
}

/// The vectors of a window's words: row i is the encoder's vector at the first piece of word i.
#[derive(Debug, Clone, PartialEq)]
pub struct Vectors {
    pub(crate) hidden: usize,
    pub(crate) values: Vec<f32>,
}

impl Vectors {
    /// Number of words with a vector. Fewer than the window's words where these did not fit its limit of pieces: the
    /// first word that does not fit ends the window.
    pub fn len(&self) -> usize {
        self.values.len() / self.hidden
    }

    /// Whether there is no vector, as for a window without words.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Numbers in one vector.
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// All vectors, one after the other: [`len`](Self::len) × [`hidden`](Self::hidden) numbers.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// The vector of word `i`.
    ///
    /// # Panics
    /// If `i` is not below [`len`](Self::len).
    pub fn row(&self, i: usize) -> &[f32] {
        &self.values[i * self.hidden..(i + 1) * self.hidden]
    }
}
