//! The demonstration: the repository's own example stories in a ledger of their own, which is gone afterwards.

use std::path::{Path, PathBuf};

use ledger::{Ledger, LedgerError};
use rapporteur::source::{Given, story};

/// Name, outlet and text of each story, in the order in which they appeared.
#[rustfmt::skip]
const STORIES: [(&str, &str, &str); 12] = [
    ("shelling-at-the-crossing", "The Border Gazette", include_str!("../../../examples/shelling-at-the-crossing.txt")),
    ("kaya-day-after", "Nile Wire", include_str!("../demo/kaya-day-after.txt")),
    ("kaya-inquiry", "The Border Gazette", include_str!("../demo/kaya-inquiry.txt")),
    ("addis-talks", "Nile Wire", include_str!("../demo/addis-talks.txt")),
    ("expulsion-of-envoys", "The Cantonal Observer", include_str!("../demo/expulsion-of-envoys.txt")),
    ("talks-at-the-lake", "The Cantonal Observer", include_str!("../../../examples/talks-at-the-lake.txt")),
    ("geneva-second-report", "Lakeside Dispatch", include_str!("../demo/geneva-second-report.txt")),
    ("batteries-in-minsk", "Danube Herald", include_str!("../demo/batteries-in-minsk.txt")),
    ("ambassadors-back", "The Cantonal Observer", include_str!("../demo/ambassadors-back.txt")),
    ("march-in-the-capital", "The Harbour Post", include_str!("../../../examples/march-in-the-capital.txt")),
    ("strike-in-georgia", "Danube Herald", include_str!("../demo/strike-in-georgia.txt")),
    ("mayor-pardoned", "The Harbour Post", include_str!("../demo/mayor-pardoned.txt")),
];

/// A ledger of example stories; its file is removed when this is dropped.
pub struct Demo {
    folder: PathBuf,
    file: PathBuf,
}

impl Demo {
    /// Reads the stories into a new ledger under `folder`, which is made and must not exist.
    ///
    /// # Errors
    /// Where the folder cannot be made or the ledger cannot be written.
    pub fn make(folder: &Path, reader: &rapporteur::Reader) -> Result<Self, LedgerError> {
        std::fs::create_dir(folder)?;
        let demo = Demo {
            folder: folder.into(),
            file: folder.join("demo.db"),
        };
        let mut ledger = Ledger::open(&demo.file)?;
        for (name, publisher, text) in STORIES {
            let given = Given {
                reference: Some(name.to_owned()),
                publisher: Some(publisher.to_owned()),
                ..Given::default()
            };
            ledger.add(&reader.read(&story(text.to_owned(), given)))?;
        }
        ledger.tidy()?;
        Ok(demo)
    }

    /// The ledger's file.
    pub fn file(&self) -> &Path {
        &self.file
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // A folder that cannot be removed lies in the system's folder for temporary files, which is emptied anyway.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
