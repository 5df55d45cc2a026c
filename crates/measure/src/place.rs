//! `measure place FILE.xml…`: toponyms found and resolved, on LGL and GeoVirus as "A Pragmatic Guide to Geoparsing
//! Evaluation" publishes them.
//!
//! `gold mentions` resolves the annotated words: recall is the accuracy at 161 km (100 miles), precision that of the
//! mentions for which a point is given. `end to end` finds them as well: a mention is right if it overlaps an annotated
//! one and lies within 161 km of it, and each counts once. Only annotated toponyms with coordinates count. Every third
//! article is held out from the analysis of errors and the tuning of weights; its rows are of their own.
//! With `--model none` names are found by the gazetteer alone.

use analysis::Analyzer;
use analysis::places::Atlas;
use analysis::split::split;
use gazetteer::distance;
use types::{Document, Place, Span, Story, TokenRange};

use crate::options::{Options, set, text};
use crate::{Failure, Ratio, gold};

/// Farthest that a place may lie from the annotated point, in kilometres: 100 miles, as the field counts.
const NEAR: f64 = 161.0;

/// Scores every file.
pub fn run(args: &[String]) -> Result<(), Failure> {
    let options = Options::parse("place", args)?;
    let reader = Reader::of(&options)?;
    println!("set,articles,measure,precision,recall,f1,command");
    for file in &options.files {
        let articles = read(file, &text(file)?)?;
        let mut given = [Ratio::default(); 2];
        let mut whole = [Ratio::default(); 2];
        for (index, article) in articles.iter().enumerate() {
            let part = usize::from(index % 3 == 2);
            add(
                &mut given[part],
                reader.given(article, options.show == Some(part)),
            );
            add(
                &mut whole[part],
                reader.whole(article, options.show == Some(part)),
            );
        }
        for (measure, ratios) in [("gold mentions", given), ("end to end", whole)] {
            let mut all = ratios[0];
            add(&mut all, ratios[1]);
            let command = options.command(file);
            for (part, ratio) in [
                ("all", all),
                ("two thirds", ratios[0]),
                ("held out", ratios[1]),
            ] {
                println!("{},{part},{measure},{ratio},{command}", set(file));
            }
        }
    }
    Ok(())
}

fn add(sum: &mut Ratio, more: Ratio) {
    sum.right += more.right;
    sum.found += more.found;
    sum.gold += more.gold;
}

/// An annotated toponym.
#[derive(Clone, Debug, PartialEq)]
struct Toponym {
    span: Span,
    point: (f64, f64),
}

/// An annotated article.
#[derive(Clone, Debug, Default)]
struct Article {
    text: String,
    toponyms: Vec<Toponym>,
}

/// What finds and resolves places: the analysis with its model, or the gazetteer alone.
struct Reader {
    analyzer: Option<Analyzer>,
    atlas: Atlas<'static>,
}

impl Reader {
    fn of(options: &Options) -> Result<Self, Failure> {
        let without = options.model.as_os_str() == "none";
        let analyzer = if without {
            None
        } else {
            Some(options.analyzer()?)
        };
        let mut atlas = Atlas::built_in();
        atlas.weights = options.settings.places.clone();
        Ok(Reader { analyzer, atlas })
    }

    fn given(&self, article: &Article, show: bool) -> Ratio {
        let document = plain(&article.text);
        let words = |t: &Toponym| touched(&document, t.span);
        let mentions: Vec<TokenRange> = article.toponyms.iter().map(words).collect();
        let places = self.atlas.resolve_given(&document, &mentions);
        let mut ratio = Ratio {
            gold: article.toponyms.len(),
            ..Ratio::default()
        };
        for (toponym, place) in article.toponyms.iter().zip(&places) {
            let Some(point) = place.as_ref().and_then(|p| p.point) else {
                if show {
                    eprintln!("GNONE\t{}", around(&article.text, toponym.span));
                }
                continue;
            };
            let right = distance(point, toponym.point) <= NEAR;
            ratio.found += 1;
            ratio.right += usize::from(right);
            if show && !right {
                eprintln!(
                    "GFAR\t{}\t{}",
                    around(&article.text, toponym.span),
                    describe(place.as_ref(), toponym)
                );
            }
        }
        ratio
    }

    fn whole(&self, article: &Article, show: bool) -> Ratio {
        let story = gold::story(&article.text);
        let document = match &self.analyzer {
            Some(analyzer) => analyzer.analyze(story),
            None => {
                let mut document = plain(&article.text);
                document.places = self.atlas.places(&document);
                document
            }
        };
        let mut taken = vec![false; article.toponyms.len()];
        let mut ratio = Ratio {
            gold: taken.len(),
            ..Ratio::default()
        };
        for (place, mention) in mentions(&document) {
            let Some(point) = place.point else { continue };
            let span = *mention;
            ratio.found += 1;
            let overlaps = |t: &Toponym| t.span.overlaps(span);
            let gold = article.toponyms.iter().enumerate();
            let gold: Vec<_> = gold.filter(|(i, t)| !taken[*i] && overlaps(t)).collect();
            match gold.iter().find(|(_, t)| distance(point, t.point) <= NEAR) {
                Some((i, _)) => {
                    taken[*i] = true;
                    ratio.right += 1;
                }
                None if show => match gold.first() {
                    Some((_, t)) => eprintln!(
                        "FAR\t{}\t{}",
                        around(&article.text, span),
                        describe(Some(place), t)
                    ),
                    None => eprintln!("FALSE\t{}\t{}", around(&article.text, span), place.name),
                },
                None => {}
            }
        }
        for (toponym, _) in article.toponyms.iter().zip(&taken).filter(|(t, right)| {
            show && !**right
                && !mentions(&document).any(|(p, m)| p.point.is_some() && m.overlaps(t.span))
        }) {
            eprintln!("MISSED\t{}", around(&article.text, toponym.span));
        }
        ratio
    }
}

fn mentions(document: &Document) -> impl Iterator<Item = (&Place, &Span)> {
    document
        .places
        .iter()
        .flat_map(|place| place.mentions.iter().map(move |m| (place, m)))
}

fn describe(place: Option<&Place>, toponym: &Toponym) -> String {
    let place = place.cloned().unwrap_or_default();
    format!(
        "{}, {}, {} {:?} for {:?}",
        place.name,
        place.division.unwrap_or_default(),
        place.country.unwrap_or_default(),
        place.point,
        toponym.point
    )
}

/// The words with what stands around them, for a person who looks at errors.
fn around(text: &str, span: Span) -> String {
    let before: String = text[..span.start].chars().rev().take(40).collect();
    let before: String = before.chars().rev().collect();
    let behind: String = text[span.end..].chars().take(30).collect();
    format!("{before}[[{}]]{behind}", span.of(text)).replace('\n', " ")
}

/// A document with words and sentences, and no other layer.
fn plain(text: &str) -> Document {
    let story: Story = gold::story(text);
    let (sentences, tokens) = split(&story.text, &story.parts);
    Document {
        story,
        sentences,
        tokens,
        ..Document::default()
    }
}

/// The tokens that share a byte with `span`.
fn touched(document: &Document, span: Span) -> TokenRange {
    let first = document
        .tokens
        .partition_point(|t| t.span.end <= span.start);
    let last = document.tokens.partition_point(|t| t.span.start < span.end);
    first..last.max(first)
}

/// The articles of a file of either corpus; articles without a toponym that has coordinates count too.
fn read(name: &str, xml: &str) -> Result<Vec<Article>, Failure> {
    let bad = |message: String, line: u32| Failure::Line {
        name: name.to_owned(),
        line: line as usize,
        message,
    };
    let document = roxmltree::Document::parse(xml).map_err(|e| bad(e.to_string(), e.pos().row))?;
    let articles = document.descendants().filter(|n| n.has_tag_name("article"));
    Ok(articles.map(article).collect())
}

fn article(node: roxmltree::Node) -> Article {
    let text = child(node, "text").unwrap_or_default().to_owned();
    let bytes: Vec<usize> = text
        .char_indices()
        .map(|(b, _)| b)
        .chain([text.len()])
        .collect();
    let named = |n: &roxmltree::Node| n.has_tag_name("toponym") || n.has_tag_name("location");
    let toponyms = node.descendants().filter(named).filter_map(|n| {
        let number = |name: &str| child(n, name)?.trim().parse::<usize>().ok();
        let degrees = |name: &str| descendant(n, name)?.trim().parse::<f64>().ok();
        let span = Span::new(*bytes.get(number("start")?)?, *bytes.get(number("end")?)?);
        let words = child(n, "phrase").or_else(|| child(n, "name"))?;
        Some(Toponym {
            span: moved(&text, span, words),
            point: (degrees("lat")?, degrees("lon")?),
        })
    });
    Article {
        toponyms: toponyms.collect(),
        text: text.clone(),
    }
}

/// Where the annotated words stand: some of GeoVirus's offsets are off by a few characters.
fn moved(text: &str, span: Span, words: &str) -> Span {
    const FARTHEST: usize = 8;
    if span.of(text) == words {
        return span;
    }
    let apart = |start: &usize| start.abs_diff(span.start);
    let starts = text.match_indices(words).map(|(start, _)| start);
    match starts.filter(|s| apart(s) <= FARTHEST).min_by_key(apart) {
        Some(start) => Span::new(start, start + words.len()),
        None => span,
    }
}

fn child<'x>(node: roxmltree::Node<'x, '_>, name: &str) -> Option<&'x str> {
    node.children().find(|n| n.has_tag_name(name))?.text()
}

fn descendant<'x>(node: roxmltree::Node<'x, '_>, name: &str) -> Option<&'x str> {
    node.descendants().find(|n| n.has_tag_name(name))?.text()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LGL: &str = "<articles><article><text><![CDATA[“Ann” left Rome, Ga.]]></text><toponyms><toponym><start>11</start>\
        <end>15</end><phrase>Rome</phrase><gaztag><name>Rome</name><lat>34.257</lat><lon>-85.165</lon></gaztag></toponym>\
        <toponym><start>17</start><end>20</end><phrase>Ga.</phrase></toponym></toponyms></article></articles>";
    const GEOVIRUS: &str = "<articles><article><text>Ann left Oslo.</text><locations><location><name>Oslo</name><start>9</start>\
        <end>13</end><lat>59.9</lat><lon>10.7</lon></location></locations></article></articles>";

    #[test]
    fn both_corpora_are_read() {
        let lgl = read("lgl", LGL).expect("good XML");
        assert_eq!(lgl[0].toponyms.len(), 1, "only those with coordinates");
        assert_eq!(lgl[0].toponyms[0].span.of(&lgl[0].text), "Rome");
        let geovirus = read("GeoVirus", GEOVIRUS).expect("good XML");
        assert_eq!(geovirus[0].toponyms[0].span.of(&geovirus[0].text), "Oslo");
        assert!(matches!(
            read("x", "<a>"),
            Err(Failure::Line { line: 1, .. })
        ));
    }

    #[test]
    fn a_place_counts_when_it_is_near() {
        let options = Options::parse("place", &["--model", "none", "x"].map(str::to_owned))
            .expect("good options");
        let reader = Reader::of(&options).expect("no model is needed");
        let state = "<phrase>Ga.</phrase><gaztag><lat>32.75</lat><lon>-83.5</lon></gaztag>";
        let both = LGL.replace("<phrase>Ga.</phrase>", state);
        let both = read("lgl", &both).expect("good XML").remove(0);
        let given = reader.given(&both, false);
        assert_eq!(
            (given.right, given.gold),
            (2, 2),
            "Rome in Georgia, not in Italy"
        );
        let lgl = read("lgl", LGL).expect("good XML").remove(0);
        let whole = reader.whole(&lgl, false);
        assert_eq!(
            (whole.right, whole.found),
            (1, 2),
            "Georgia is found, and annotated without a point"
        );
    }
}
