//! Arguments of the subcommands that run the model.

use std::path::{Path, PathBuf};

use analysis::{Analyzer, Settings};
use encoder::{Arithmetic, Model};
use rapporteur::Reader;
use rapporteur::source::{self, Stories};
use types::{Status, Story};

use crate::Failure;

/// Where the model lies, seen from the repository's root.
const MODEL: &str = "models/rapporteur.safetensors";

/// What a subcommand was called with.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The model file.
    pub model: PathBuf,
    /// Arithmetic of the encoder; the fastest where it is not given.
    pub arithmetic: Option<Arithmetic>,
    /// Settings of the decoders, to try others than the shipped.
    pub settings: Settings,
    /// Most stories to read.
    pub limit: Option<usize>,
    /// Analyses of the same texts made before by `rapporteur parse`, in place of a model.
    pub parsed: Option<String>,
    /// The part of a set whose errors are shown: 0 for what may be looked at, 1 for what is held out.
    pub show: Option<usize>,
    /// Everything that is not an option.
    pub files: Vec<String>,
    /// The call without its files.
    call: String,
}

impl Options {
    /// Reads `--model FILE`, `--arithmetic f32|int16`, `--limit N`, `--parsed FILE.conllu`, `--set NAME=NUMBER` (see [`set_value`]) and file
    /// names.
    ///
    /// # Errors
    /// Where an option is unknown or its value is, or there is no file.
    pub fn parse(name: &str, args: &[String]) -> Result<Self, Failure> {
        let mut options = Options {
            model: MODEL.into(),
            arithmetic: None,
            settings: Settings::default(),
            limit: None,
            parsed: None,
            show: None,
            files: Vec::new(),
            call: format!("measure {name}"),
        };
        let mut rest = args.iter();
        while let Some(arg) = rest.next() {
            let mut value = || {
                let missing = || Failure::Usage(format!("{arg} needs a value"));
                rest.next().ok_or_else(missing)
            };
            match arg.as_str() {
                "--model" => options.model = value()?.into(),
                "--arithmetic" => options.arithmetic = Some(arithmetic(value()?)?),
                "--limit" => options.limit = Some(number(value()?)?),
                "--parsed" => options.parsed = Some(value()?.clone()),
                "--show" => options.show = Some(number(value()?)?),
                "--set" => set_value(&mut options.settings, value()?)?,
                _ if arg.starts_with("--") => {
                    return Err(Failure::Usage(format!("no such option: {arg}")));
                }
                _ => {
                    options.files.push(arg.clone());
                    continue;
                }
            }
            let given = rest.as_slice().len();
            let given = &args[..args.len() - given];
            options.call += &format!(" {}", given[given.len() - 2..].join(" "));
        }
        if options.files.is_empty() {
            return Err(Failure::Usage(format!("measure {name} needs a file")));
        }
        Ok(options)
    }

    /// The call that scores `file`, for the column `command`.
    pub fn command(&self, file: &str) -> String {
        format!("{} {file}", self.call)
    }

    /// The model with the arithmetic that was asked for.
    ///
    /// # Errors
    /// Where the file cannot be read or is no model for this version.
    pub fn analyzer(&self) -> Result<Analyzer, Failure> {
        let refused = |message| self.refused(message);
        let mut model =
            Model::from_bytes(bytes(&self.model)?).map_err(|e| refused(e.to_string()))?;
        if let Some(arithmetic) = self.arithmetic {
            model = model.with_arithmetic(arithmetic);
        }
        let analyzer = Analyzer::new(model).map_err(|e| refused(e.to_string()))?;
        Ok(analyzer.with_settings(self.settings.clone()))
    }

    /// The library's reader, which codes what it reads.
    ///
    /// # Errors
    /// As [`Options::analyzer`].
    pub fn reader(&self) -> Result<Reader, Failure> {
        let arithmetic = self.arithmetic.unwrap_or_else(Arithmetic::best);
        let reader = Reader::open_with(bytes(&self.model)?, arithmetic);
        let reader = reader.map_err(|e| self.refused(e.to_string()))?;
        Ok(reader.with_settings(self.settings.clone()))
    }

    /// The stories of a file or folder, as the program reads them, up to the limit.
    ///
    /// # Errors
    /// Where one of them cannot be read.
    pub fn stories(&self, path: &str) -> Result<Vec<Story>, Failure> {
        let stories = Stories::open([path], source::Options::default());
        let stories = stories.take(self.limit.unwrap_or(usize::MAX));
        let failed = |e: source::SourceError| Failure::Usage(e.to_string());
        stories.map(|story| story.map_err(failed)).collect()
    }

    fn refused(&self, message: String) -> Failure {
        Failure::Model {
            path: self.model.clone(),
            message,
        }
    }
}

/// Changes one setting: the names are those of [`Settings`], with a dot before the status or role where there is one
/// for each (`status.denied=0.5`).
fn set_value(settings: &mut Settings, text: &str) -> Result<(), Failure> {
    let bad = || Failure::Usage(format!("--set is NAME=NUMBER, not {text}"));
    let (name, number) = text.split_once('=').ok_or_else(bad)?;
    let number: f32 = number.parse().map_err(|_| bad())?;
    let roles = ["actor", "recipient", "reporter", "place"];
    let slot = match name.split_once('.') {
        Some(("status", status)) => {
            let at = Status::ALL.iter().position(|s| s.as_str() == status);
            at.map(|i| &mut settings.status[i])
        }
        Some(("further_argument", role)) => {
            let role = roles.iter().position(|r| *r == role);
            role.map(|i| &mut settings.further_argument[i])
        }
        Some(("place", weight)) => settings.places.get_mut(weight),
        Some(("no_argument", role)) => {
            let at = roles.iter().position(|r| *r == role);
            at.map(|i| &mut settings.no_argument[i])
        }
        _ => match name {
            "no_trigger" => Some(&mut settings.no_trigger),
            "agree_triggers" => Some(&mut settings.agree_triggers),
            "agree_names" => Some(&mut settings.agree_names),
            "announced" => Some(&mut settings.announced),
            "no_cue" => Some(&mut settings.no_cue),
            "no_attribution_part" => Some(&mut settings.no_attribution_part),
            "no_name" => Some(&mut settings.no_name),
            _ => None,
        },
    };
    *slot.ok_or_else(bad)? = number;
    Ok(())
}

fn arithmetic(name: &str) -> Result<Arithmetic, Failure> {
    match name {
        "f32" => Ok(Arithmetic::F32),
        "int16" => Ok(Arithmetic::Int16),
        _ => Err(Failure::Usage(format!(
            "--arithmetic is f32 or int16, not {name}"
        ))),
    }
}

fn number(text: &str) -> Result<usize, Failure> {
    let bad = |_| Failure::Usage(format!("--limit is a number, not {text}"));
    text.parse().map_err(bad)
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|source| Failure::File {
        path: path.into(),
        source,
    })
}

/// The text of a file.
///
/// # Errors
/// Where it cannot be read or is not UTF-8.
pub fn text(path: &str) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|source| Failure::File {
        path: path.into(),
        source,
    })
}

/// The name of a set: its file's name without the ending.
pub fn set(path: &str) -> String {
    let stem = Path::new(path).file_stem();
    stem.map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

/// A file of the shared data, where there is any; says so where there is not.
#[cfg(test)]
pub fn shared(path: &str) -> Option<String> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let folder = std::env::var("RAPPORTEUR_SHARED").unwrap_or_else(|_| beside.to_owned());
    let read = std::fs::read_to_string(Path::new(&folder).join(path)).ok();
    if read.is_none() {
        println!("skipped: there is no {folder}/{path}");
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> Result<Options, Failure> {
        let args: Vec<String> = args.iter().map(|a| a.to_string()).collect();
        Options::parse("tree", &args)
    }

    #[test]
    fn options_stand_anywhere() {
        let options = parse(&["a.conllu", "--arithmetic", "f32", "--limit", "3", "b"]);
        let options = options.expect("good options");
        assert_eq!(options.files, ["a.conllu", "b"]);
        assert_eq!(options.arithmetic, Some(Arithmetic::F32));
        assert_eq!(options.limit, Some(3));
        assert_eq!(
            options.command("b"),
            "measure tree --arithmetic f32 --limit 3 b"
        );
    }

    #[test]
    fn settings_are_changed_by_name() {
        let options = parse(&["a", "--set", "status.denied=0.5", "--set", "no_cue=-1"]);
        let settings = options.expect("good options").settings;
        assert_eq!(settings.status[Status::Denied as usize], 0.5);
        assert_eq!(settings.no_cue, -1.0);
        assert!(parse(&["a", "--set", "status.sure=1"]).is_err());
        assert!(parse(&["a", "--set", "no_cue"]).is_err());
    }

    #[test]
    fn bad_options_are_refused() {
        for bad in [&["--model"][..], &["--limit", "x", "a"], &["--depth"], &[]] {
            assert!(matches!(parse(bad), Err(Failure::Usage(_))), "{bad:?}");
        }
    }
}
