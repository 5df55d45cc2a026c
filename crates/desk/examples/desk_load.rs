//! How fast a desk is: `desk_load LEDGER.db [SECONDS]` asks every kind of page of a large ledger, each request for another
//! story, actor, pair or filter, and prints what the server spent on each; then asks a mix of all for so many seconds
//! (60) of the processor's time.
//!
//! Times are CPU time of this process, which has nothing else to do, so that the numbers hold on a shared machine: what
//! a page takes on an idle core. The router is asked without a socket. A line that breaks its bound says so, and the
//! exit code is 1.

use std::env;
use std::process::ExitCode;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use cpu_time::ProcessTime;
use http_body_util::BodyExt;
use rapporteur_desk::{Desk, Settings, router};
use tower::ServiceExt;

/// Requests for each kind of page.
const EACH: usize = 40;

/// Most milliseconds that 95 of 100 requests for a page may take.
const BOUND: f64 = 150.0;

/// Fewest requests a second of one core.
const RATE: f64 = 50.0;

/// A kind of page, and the address of its nth request.
type Kind = (&'static str, fn(&World, usize) -> String);

/// What there is to ask for.
struct World {
    stories: usize,
    actors: usize,
    occurrences: usize,
}

const COUNTRIES: [&str; 20] = [
    "USA", "RUS", "CHN", "SYR", "IRN", "ISR", "GBR", "FRA", "DEU", "TUR", "UKR", "IRQ", "AFG",
    "PAK", "IND", "PRK", "KOR", "JPN", "SAU", "EGY",
];

const TYPES: [&str; 8] = [
    "CONSULT", "ASSAULT", "ACCUSE", "AID", "PROTEST", "REQUEST", "SANCTION", "COERCE",
];

/// A number below `end` that differs from request to request, the same each time.
fn some(n: usize, end: usize) -> usize {
    (n.wrapping_mul(2_654_435_761) >> 7) % end.max(1)
}

fn country(n: usize) -> &'static str {
    COUNTRIES[n % COUNTRIES.len()]
}

#[rustfmt::skip]
const KINDS: [Kind; 22] = [
    ("overview", |_, _| "/".into()),
    ("events", |_, _| "/events".into()),
    ("events of an actor", |_, n| format!("/events?actor={}", country(n))),
    ("events of a type in a year", |_, n| format!("/events?type={}&since={y}&until={y}", TYPES[n % 8], y = 2010 + n % 8)),
    ("events between two", |_, n| format!("/events?between={}-{}", country(n), country(n + 1 + n / 20))),
    ("events with words", |_, n| format!("/events?text={}", ["accused", "envoys", "troops+towards", "killed", "praised"][n % 5])),
    ("events, most told", |_, n| format!("/events?order=told&status=actual&recipient={}", country(n))),
    ("events, a later page", |_, n| format!("/events?after={}-0{}-15.O{}", 2011 + n % 7, 1 + n % 9, 1000 + n)),
    ("an event", |w, n| format!("/events/E{}", 1 + some(n, w.occurrences))),
    ("an occurrence", |w, n| format!("/occurrences/O{}", 1 + some(n, w.occurrences))),
    ("stories", |_, n| format!("/stories?until={}-06", 2010 + n % 9)),
    ("stories with somebody", |_, n| format!("/stories?actor={}", country(n))),
    ("a story", |w, n| format!("/stories/S{}", 1 + some(n, w.stories))),
    ("claims", |_, n| format!("/claims?until={}-03", 2011 + n % 8)),
    ("claims of somebody", |_, n| format!("/claims?actor={}&stance=deny", country(n))),
    ("actors", |_, n| if n % 2 == 0 { "/actors".into() } else { format!("/actors?country={}", country(n)) }),
    ("an actor", |w, n| format!("/actors/A{}", 1 + some(n, w.actors))),
    ("dyads", |_, _| "/dyads".into()),
    ("a dyad", |_, n| format!("/dyads/{}-{}", country(n), country(n + 1 + n / 20))),
    ("issues", |_, _| "/issues".into()),
    ("search", |_, n| format!("/search?q={}", ["accused", "arrested+envoys", "sanctions", "shelled", "food"][n % 5])),
    ("try it, codebook, about", |_, n| ["/try", "/codebook", "/about"][n % 3].into()),
];

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut arguments = env::args().skip(1);
    let path = arguments
        .next()
        .ok_or("usage: desk_load LEDGER.db [SECONDS]")?;
    let seconds: u64 = arguments.next().map_or(Ok(60), |n| n.parse())?;
    let reader = ledger::Reader::open(&path)?;
    let totals = reader.totals()?;
    let world = World {
        stories: usize::try_from(totals.stories)?,
        actors: usize::try_from(totals.actors)?,
        occurrences: usize::try_from(totals.occurrences)?,
    };
    println!("page,requests,p50_ms,p95_ms,bound");
    let router = router(Desk::open(Settings::new(path))?);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut sound = true;
    for (name, address) in KINDS {
        let mut times = Vec::with_capacity(EACH);
        // The first one fills caches of the file, as it does once in a desk's life.
        runtime.block_on(ask(&router, &address(&world, 0)))?;
        for n in 1..=EACH {
            times.push(
                runtime
                    .block_on(ask(&router, &address(&world, n)))?
                    .as_secs_f64()
                    * 1e3,
            );
        }
        times.sort_by(f64::total_cmp);
        let (median, slow) = (times[EACH / 2], times[EACH * 95 / 100]);
        sound &= slow <= BOUND;
        println!(
            "{name},{EACH},{median:.1},{slow:.1},<= {BOUND}{}",
            if slow <= BOUND { "" } else { " BROKEN" }
        );
    }
    let rate = runtime.block_on(mix(&router, &world, Duration::from_secs(seconds)))?;
    sound &= rate >= RATE;
    println!(
        "requests a second of one core over {seconds} s,,{rate:.1},,>= {RATE}{}",
        if rate >= RATE { "" } else { " BROKEN" }
    );
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

/// CPU time of one request, its body collected.
async fn ask(router: &Router, address: &str) -> Result<Duration, Box<dyn std::error::Error>> {
    let request = Request::get(address).body(Body::empty())?;
    let start = ProcessTime::now();
    let response = router.clone().oneshot(request).await?;
    let status = response.status();
    let body = response.into_body().collect().await?.to_bytes();
    let took = start.elapsed();
    if !status.is_success() {
        let text = String::from_utf8_lossy(&body).into_owned();
        return Err(format!("{address}: {status}: {text}").into());
    }
    Ok(took)
}

/// Requests a second of a mix of all kinds in turn, over so much CPU time.
async fn mix(
    router: &Router,
    world: &World,
    limit: Duration,
) -> Result<f64, Box<dyn std::error::Error>> {
    let start = ProcessTime::now();
    let mut asked = 0;
    while start.elapsed() < limit {
        let (_, address) = KINDS[asked % KINDS.len()];
        ask(router, &address(world, EACH + asked / KINDS.len())).await?;
        asked += 1;
    }
    Ok(asked as f64 / start.elapsed().as_secs_f64())
}
