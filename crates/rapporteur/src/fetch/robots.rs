//! robots.txt: what a host lets a program fetch (RFC 9309).

use std::time::Duration;

/// The most of a robots.txt that is read, in bytes: RFC 9309 asks for 500 KiB at least.
pub(super) const LARGEST: u64 = 500 << 10;

/// What a host allows one program.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Robots {
    rules: Vec<Rule>,
    /// How long to wait between two requests; not in the RFC, but many hosts say it.
    pub delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    allow: bool,
    /// A path's beginning, in which `*` stands for anything and a `$` at the end for the path's end.
    pattern: String,
}

/// A group of the file: for whom it is, and what it says.
#[derive(Default)]
struct Group {
    agents: Vec<String>,
    robots: Robots,
}

impl Robots {
    /// Reads what the file says to `program`: the groups that name it, or else those for everybody.
    pub fn parse(text: &str, program: &str) -> Self {
        let groups = groups(text);
        let named = |agent: &str| agent.eq_ignore_ascii_case(program);
        let own = chosen(&groups, named);
        own.or_else(|| chosen(&groups, |agent| agent == "*"))
            .unwrap_or_default()
    }

    /// Whether `path`, with its query, may be fetched: the longest rule that fits decides, and of two that are as long,
    /// the one that allows.
    pub fn allows(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|rule| fits(&rule.pattern, path));
        let best = fitting.max_by_key(|rule| (rule.pattern.len(), rule.allow));
        best.is_none_or(|rule| rule.allow)
    }
}

/// What all groups of which an agent is `wanted` say together; `None` where there is no such group.
fn chosen(groups: &[Group], wanted: impl Fn(&str) -> bool) -> Option<Robots> {
    let fitting: Vec<&Group> = groups
        .iter()
        .filter(|group| group.agents.iter().any(|agent| wanted(agent)))
        .collect();
    if fitting.is_empty() {
        return None;
    }
    let rules = fitting.iter().flat_map(|group| group.robots.rules.clone());
    Some(Robots {
        rules: rules.collect(),
        delay: fitting.iter().find_map(|group| group.robots.delay),
    })
}

fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    // Lines that name agents one after the other begin one group; the first line behind them ends the naming.
    let mut naming = false;
    for line in text.trim_start_matches('\u{feff}').lines() {
        let line = line.split('#').next().unwrap_or("");
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
        if key == "user-agent" {
            if !naming {
                groups.push(Group::default());
            }
            naming = true;
            if let Some(group) = groups.last_mut() {
                // "rapporteur/1.0" is meant for rapporteur.
                let name = value.split('/').next().unwrap_or(value);
                group.agents.push(name.trim().to_owned());
            }
            continue;
        }
        let Some(group) = groups.last_mut() else {
            continue;
        };
        match key.as_str() {
            "allow" | "disallow" => {
                naming = false;
                // An empty rule says nothing: "Disallow:" allows everything.
                if !value.is_empty() {
                    group.robots.rules.push(Rule {
                        allow: key == "allow",
                        pattern: value.to_owned(),
                    });
                }
            }
            "crawl-delay" => {
                naming = false;
                group.robots.delay = delay(value);
            }
            _ => {}
        }
    }
    groups
}

/// Seconds, with or without a fraction, below a day.
fn delay(value: &str) -> Option<Duration> {
    const A_DAY: f64 = 86_400.0;
    let seconds: f64 = value.parse().ok()?;
    (0.0..A_DAY)
        .contains(&seconds)
        .then(|| Duration::from_secs_f64(seconds))
}

/// Whether `path` begins as `pattern` says. The pieces between stars must stand one behind the other; the first
/// place that fits each is as good as any later one, so that the work is bounded by the lengths.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, whole) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or("");
    let Some(mut rest) = path.strip_prefix(first) else {
        return false;
    };
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, between)) = pieces.split_last() else {
        return !whole || rest.is_empty();
    };
    for piece in between {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    if whole {
        rest.ends_with(last)
    } else {
        rest.contains(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FILE: &str = "\u{feff}# for all\nUser-agent: *\nDisallow: /private/\nAllow: /private/open\nCrawl-delay: 2.5\n\n\
                        user-agent: Otherbot\nUser-Agent: Rapporteur/1.0\nDisallow: /*.pdf$\nDisallow: /search?\n\
                        Sitemap: https://weir.example/map.xml\n";

    #[test]
    fn a_group_of_its_own_comes_before_that_for_all() {
        let robots = Robots::parse(FILE, "rapporteur");
        for (path, allowed) in [
            ("/private/diary", true),
            ("/report.pdf", false),
            ("/report.pdf?page=2", true),
            ("/search?q=weir", false),
            ("/search", true),
        ] {
            assert_eq!(robots.allows(path), allowed, "{path}");
        }
        assert_eq!(robots.delay, None);
    }

    #[test]
    fn the_longest_rule_decides() {
        let robots = Robots::parse(FILE, "somebody");
        assert!(!robots.allows("/private/diary"));
        assert!(robots.allows("/private/open/door"));
        assert!(robots.allows("/report.pdf"));
        assert_eq!(robots.delay, Some(Duration::from_millis(2_500)));
        let tie = Robots::parse("User-agent: *\nDisallow: /a\nAllow: /a\n", "x");
        assert!(tie.allows("/a"));
    }

    #[test]
    fn nothing_said_is_all_allowed() {
        for text in [
            "",
            "no robots at all",
            "Disallow: /\n",
            "User-agent: *\nDisallow:\n",
        ] {
            assert!(Robots::parse(text, "rapporteur").allows("/x"), "{text}");
        }
        let closed = Robots::parse("User-agent: *\nDisallow: /\nCrawl-delay: -4\n", "x");
        assert!(!closed.allows("/x"));
        assert_eq!(closed.delay, None);
    }

    #[test]
    fn patterns() {
        assert!(fits("/a*b*c", "/a1b2c3"));
        assert!(!fits("/a*b*c", "/a1c2b3"));
        assert!(fits("/*/news$", "/en/news"));
        assert!(!fits("/*/news$", "/en/news/1"));
        assert!(fits("*", ""));
        assert!(fits("/a*$", "/abc"));
    }

    proptest! {
        #[test]
        fn any_text_can_be_asked(text in "(?s).{0,300}", path in "(?s).{0,60}") {
            let robots = Robots::parse(&text, "rapporteur");
            let _ = robots.allows(&path);
            let ruled = format!("User-agent: *\nDisallow: {text}");
            let _ = Robots::parse(&ruled, "rapporteur").allows(&path);
        }

        /// A path that begins as the rule says is not fetched, whatever follows.
        #[test]
        fn what_begins_so_is_closed(start in "/[a-z]{1,8}", rest in "[a-z/?=]{0,12}") {
            let robots = Robots::parse(&format!("User-agent: *\nDisallow: {start}"), "rapporteur");
            let path = format!("{start}{rest}");
            prop_assert!(!robots.allows(&path));
        }
    }
}
