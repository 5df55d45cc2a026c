//! `measure speed STORIES.jsonl [--limit 200]`: how fast stories are read, on one core.
//!
//! CPU time of the one thread, so that other work on the machine matters little; both arithmetics take turns story by
//! story. *words* are syntactic words as Universal Dependencies counts them, *pieces* are word pieces with `[CLS]` and
//! `[SEP]`. *read* is everything from a story's text to its record as JSON; *analyse* is that without the coder and
//! the JSON; *encode* is the encoder alone on the same windows. *stage* rows tell for each part of the work its time as a
//! share of that of the encoder pass; *added to the encoder pass* is the sum of those that turn mentions into actors, dates,
//! places and numbers: times, places, and all parts of the coder.

use std::hint::black_box;
use std::time::Duration;

use analysis::{Analyzer, stages};
use cpu_time::ThreadTime;
use encoder::{Arithmetic, Scratch};
use lexicon::Lexicon;
use rapporteur::Reader;
use types::record::Provenance;
use types::{Document, Story};

use crate::options::{Options, set};
use crate::{Failure, peak};

/// Layers of the shipped encoder, whose matrices have 12 × hidden² numbers each.
const LAYERS: usize = 6;

/// Prints words and pieces a second, and what part of the time goes where.
pub fn run(args: &[String]) -> Result<(), Failure> {
    let options = Options::parse("speed", args)?;
    let bench = |arithmetic| Bench::new(&options, arithmetic);
    let mut benches = [bench(Arithmetic::F32)?, bench(Arithmetic::Int16)?];
    println!("set,measure,value,command");
    for file in &options.files {
        let stories = options.stories(file)?;
        let mut best_peak: Option<f64> = None;
        for story in &stories {
            benches.iter_mut().for_each(|bench| bench.time(story));
        }
        for _ in 0..3 {
            best_peak = best_peak.into_iter().chain(peak::flops()).reduce(f64::max);
        }
        let print = |measure: &str, value: f64, digits: usize| {
            let command = options.command(file);
            println!("{},{measure},{value:.digits$},{command}", set(file));
        };
        print("stories", stories.len() as f64, 0);
        benches.iter().for_each(|bench| bench.print(print));
        let [float, int] = benches.each_ref().map(|bench| bench.encode.as_secs_f64());
        print("encode int16 over f32 (times)", float / int, 2);
        if let Some(peak) = best_peak {
            print("peak f32 (GFLOP/s)", peak / 1e9, 1);
            print(
                "encode f32 of the peak (%)",
                100.0 * benches[0].flops() / peak,
                1,
            );
        }
        benches.iter_mut().for_each(Bench::clear);
    }
    Ok(())
}

/// One arithmetic with its times so far.
struct Bench {
    name: &'static str,
    reader: Reader,
    analyzer: Analyzer,
    words: usize,
    pieces: usize,
    read: Duration,
    analyse: Duration,
    encode: Duration,
    /// Time of each stage and part of the coder, in the order in which they work.
    stages: Vec<(&'static str, Duration)>,
}

/// Stages of the analysis that resolve what was read; the parts of the coder do as well.
const RESOLVING: [&str; 4] = ["time words", "moments", "times", "places"];

impl Bench {
    fn new(options: &Options, arithmetic: Arithmetic) -> Result<Self, Failure> {
        let mut options = options.clone();
        options.arithmetic = Some(arithmetic);
        let mut bench = Bench {
            name: if arithmetic == Arithmetic::F32 {
                "f32"
            } else {
                "int16"
            },
            reader: options.reader()?,
            analyzer: options.analyzer()?,
            words: 0,
            pieces: 0,
            read: Duration::ZERO,
            analyse: Duration::ZERO,
            encode: Duration::ZERO,
            stages: Vec::new(),
        };
        // Matrices are packed when they are first used, and the lexicon is read then.
        bench.time(&crate::gold::story(
            "The ministers met on Monday, a spokeswoman said.",
        ));
        bench.clear();
        Ok(bench)
    }

    fn clear(&mut self) {
        (self.words, self.pieces) = (0, 0);
        (self.read, self.analyse, self.encode) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
        self.stages.clear();
    }

    fn time(&mut self, story: &Story) {
        let start = ThreadTime::now();
        let record = self.reader.read(story);
        black_box(serde_json::to_string(&record).map_or(0, |json| json.len()));
        self.read += start.elapsed();

        let start = ThreadTime::now();
        let document = self.reader.parse(story);
        self.analyse += start.elapsed();

        self.words += document.tokens.len();
        self.time_encoder(&document);
        self.time_stages(story);
    }

    /// Reads the story once more, with a look at the clock whenever a stage begins.
    fn time_stages(&mut self, story: &Story) {
        let stages = &mut self.stages;
        let mut since: Option<(&'static str, ThreadTime)> = None;
        let mut watch = |name: &'static str| {
            if let Some((last, start)) = since.take() {
                let at = stages.iter().position(|(known, _)| *known == last);
                let at = at.unwrap_or_else(|| {
                    stages.push((last, Duration::ZERO));
                    stages.len() - 1
                });
                stages[at].1 += start.elapsed();
            }
            since = Some((name, ThreadTime::now()));
        };
        let document = self.analyzer.analyze_watched(story.clone(), &mut watch);
        let lexicon = Lexicon::built_in();
        let record = coder::code_watched(&document, lexicon, Provenance::default(), &mut watch);
        watch("end");
        black_box(record);
    }

    fn print_stages(&self, print: impl Fn(&str, f64, usize)) {
        let name = self.name;
        let of = |wanted: &str| self.stages.iter().find(|(stage, _)| *stage == wanted);
        let Some((_, encode)) = of("encode") else {
            return;
        };
        let share = |time: f64| 100.0 * time / encode.as_secs_f64();
        let mut added = 0.0;
        let analysis = |stage: &str| stages::STAGES.iter().any(|s| s.name == stage);
        for (stage, time) in &self.stages {
            let time = time.as_secs_f64();
            if RESOLVING.contains(stage) || !analysis(stage) {
                added += time;
            }
            print(
                &format!("stage {stage} {name} (% of encode)"),
                share(time),
                2,
            );
        }
        print(
            &format!("added to the encoder pass {name} (%)"),
            share(added),
            1,
        );
        let actors = of("actors").map_or(0.0, |(_, time)| time.as_secs_f64());
        let all: f64 = self.stages.iter().map(|(_, time)| time.as_secs_f64()).sum();
        print(
            &format!("coreference of reading {name} (%)"),
            100.0 * actors / all,
            2,
        );
    }

    fn time_encoder(&mut self, document: &Document) {
        let model = self.analyzer.model();
        let windows = self.analyzer.windows(document);
        let size = |t: usize| model.count_pieces(document.form(t));
        let pieces = windows
            .iter()
            .flat_map(|w| w.tokens.clone())
            .map(size)
            .sum::<usize>();
        self.pieces += pieces + 2 * windows.len();
        let mut scratch = Scratch::default();
        let start = ThreadTime::now();
        for batch in windows.chunks(analysis::BATCH) {
            black_box(stages::encode(model, document, batch, &mut scratch).len());
        }
        self.encode += start.elapsed();
    }

    /// Floating-point operations of the encoder's matrices in a second.
    fn flops(&self) -> f64 {
        let hidden = self.analyzer.model().hidden();
        let piece = 2 * LAYERS * 12 * hidden * hidden;
        (piece * self.pieces) as f64 / self.encode.as_secs_f64()
    }

    fn print(&self, print: impl Fn(&str, f64, usize)) {
        let name = self.name;
        let [read, analyse, encode] =
            [self.read, self.analyse, self.encode].map(|d| d.as_secs_f64());
        if name == "f32" {
            print("words", self.words as f64, 0);
            print("pieces", self.pieces as f64, 0);
        }
        print(
            &format!("read {name} (words/s)"),
            self.words as f64 / read,
            0,
        );
        print(
            &format!("analyse {name} (words/s)"),
            self.words as f64 / analyse,
            0,
        );
        print(
            &format!("encode {name} (pieces/s)"),
            self.pieces as f64 / encode,
            0,
        );
        print(
            &format!("encoder's share of read {name} (%)"),
            100.0 * encode / read,
            1,
        );
        self.print_stages(print);
    }
}
