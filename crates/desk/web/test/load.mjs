// How fast a desk is: `node test/load.mjs PROGRAM LEDGER.db` starts it on a large ledger, asks every kind of page forty
// times, each time for another story, actor, pair or filter, and prints what the server spent on each; then asks a mix of
// all for a minute, fifty a second.
//
// Times are CPU time of the server's threads (Linux counts it in /proc), all of its work included: what a page takes on an
// idle core, whatever else the machine does. A line that breaks its bound says so, and the exit code is 1.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [program, ledger, seconds = "60"] = process.argv.slice(2);
const EACH = 40;
const [BOUND, RATE] = [150, 50];
const COUNTRIES = "USA RUS CHN SYR IRN ISR GBR FRA DEU TUR UKR IRQ AFG PAK IND PRK KOR JPN SAU EGY".split(" ");
const TYPES = "CONSULT ASSAULT ACCUSE AID PROTEST REQUEST SANCTION COERCE".split(" ");

const token = "a-token-for-the-load";
const folder = mkdtempSync(join(tmpdir(), "desk-load-"));
writeFileSync(join(folder, "token"), token);
const { desk, address } = await start();
process.on("exit", () => {
  desk.kill();
  rmSync(folder, { recursive: true, force: true });
});
const { totals } = await page("/index.json");
const issues = (await page("/issues.json?limit=500")).issues.map((issue) => issue.id);

// A number from 1 to `end` that differs from request to request, the same each time.
const some = (n, end) => 1 + ((n * 2654435761) % end);
const country = (n) => COUNTRIES[n % COUNTRIES.length];
const pair = (n) => `${country(n)}-${country(n + 1 + (Math.floor(n / 20) % 18))}`;
const one = (list, n) => list[n % list.length];

const KINDS = {
  overview: () => "/",
  events: () => "/events",
  "events of a country": (n) => `/events?actor=${country(n)}`,
  "events of a type in a year": (n) => `/events?type=${one(TYPES, n)}&since=${2010 + (n % 8)}&until=${2010 + (n % 8)}`,
  "events between two countries": (n) => `/events?between=${pair(n)}`,
  "events with words": (n) => `/events?text=${one(["accused", "envoys", "troops+towards", "killed", "praised"], n)}`,
  "events, most told first": (n) => `/events?order=told&status=actual&recipient=${country(n)}`,
  "events, a later page": (n) => `/events?after=${2011 + (n % 7)}-0${1 + (n % 9)}-15.O${1000 + n}`,
  "an event": (n) => `/events/E${some(n, totals.reports)}`,
  "an occurrence": (n) => `/occurrences/O${some(n, totals.occurrences)}`,
  stories: (n) => `/stories?until=${2010 + (n % 9)}-06`,
  "stories with somebody": (n) => `/stories?actor=${country(n)}`,
  "a story": (n) => `/stories/S${some(n, totals.stories)}`,
  claims: (n) => `/claims?until=${2011 + (n % 8)}-03`,
  "claims of somebody": (n) => `/claims?actor=${country(n)}&stance=deny`,
  "a story, why": (n) => `/stories/S${some(n, totals.stories)}/why/e1`,
  // Always another story: the desk keeps what it has read again.
  "a story, why: the part that reads it again": (n) => `/stories/S${some(n, totals.stories)}/why/e1/reading`,
  "a claim": (n) => `/claims/C${some(n, totals.claims)}`,
  actors: (n) => (n % 2 ? "/actors" : `/actors?country=${country(n)}`),
  "an actor": (n) => `/actors/A${some(n, totals.actors)}`,
  dyads: () => "/dyads",
  "a dyad": (n) => `/dyads/${pair(n)}`,
  issues: (n) => (n % 2 ? "/issues" : "/issues?name=question"),
  "an issue": (n) => (issues.length ? `/issues/${one(issues, n)}` : "/issues"),
  search: (n) => `/search?q=${one(["accused", "arrested+envoys", "sanctions", "shelled", "food"], n)}`,
  review: (n) => (n % 2 ? "/review" : `/review?actor=${country(n)}`),
  "events as JSON": (n) => `/events.json?actor=${country(n)}`,
  "try it, codebook, API": (n) => one(["/try", "/codebook", "/about"], n),
};

// What is no page but a part that a page loads when it stands: it reads a story with the model.
const LATE = ["a story, why: the part that reads it again"];

let sound = true;
console.log("page,requests,p50_ms,p95_ms,bound,command");
for (const [name, path] of Object.entries(KINDS)) {
  // The first fills caches of the file, as it does once in a desk's life.
  await ask(path(0));
  const times = [];
  for (let n = 1; n <= EACH; n += 1) {
    const before = spent();
    await ask(path(n));
    times.push(spent() - before);
  }
  times.sort((a, b) => a - b);
  const [median, slow] = [times[EACH / 2], times[Math.floor(EACH * 0.95)]];
  const late = LATE.includes(name);
  line(name, EACH, median, slow, late || slow <= BOUND, late ? "" : `<= ${BOUND}`);
}
await sustained(Number(seconds));
desk.kill("SIGINT");
process.exit(sound ? 0 : 1);

function start() {
  const desk = spawn(program, ["desk", ledger, "--port", "0", "--review", "--token-file", join(folder, "token")], { stdio: ["ignore", "inherit", "pipe"] });
  return new Promise((resolve, reject) => {
    let said = "";
    desk.stderr.on("data", (bytes) => {
      said += bytes;
      // It may come in pieces: the address is whole when its path has begun.
      const found = said.match(/http:\/\/[^/]+\//);
      if (found) resolve({ desk, address: found[0].slice(0, -1) });
    });
    desk.on("exit", (code) => reject(new Error(`the desk ended with ${code}: ${said}`)));
  });
}

// Milliseconds of CPU that the server's threads have used.
function spent() {
  const tasks = readdirSync(`/proc/${desk.pid}/task`);
  const of = (task) => Number(readFileSync(`/proc/${desk.pid}/task/${task}/schedstat`, "utf8").split(" ")[0]);
  return tasks.reduce((sum, task) => sum + of(task), 0) / 1e6;
}

async function ask(path) {
  const response = await fetch(address + path, { headers: { authorization: `Bearer ${token}` } });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status}: ${text.slice(0, 2000)}`);
  return text;
}

async function page(path) {
  return JSON.parse(await ask(path)).page;
}

function line(name, requests, median, slow, keeps, bound) {
  sound &&= keeps;
  console.log(`"${name}",${requests},${median.toFixed(1)},${slow.toFixed(1)},${bound}${keeps ? "" : " BROKEN"},just desk-load`);
}

// So many a second, whether or not the ones before are answered: what is too slow piles up and fails.
async function sustained(seconds) {
  const kinds = Object.values(KINDS);
  const before = spent();
  const start = Date.now();
  const waiting = [];
  let failed = 0;
  for (let n = 0; n < RATE * seconds; n += 1) {
    const due = start + (n * 1000) / RATE;
    if (due > Date.now()) await new Promise((resolve) => setTimeout(resolve, due - Date.now()));
    waiting.push(ask(kinds[n % kinds.length](EACH + n)).catch(() => (failed += 1)));
  }
  await Promise.all(waiting);
  const busy = (spent() - before) / 1e3;
  const keeps = failed === 0 && busy <= seconds;
  sound &&= keeps;
  // What was turned away cost next to nothing.
  const rate = (RATE * seconds - failed) / busy;
  console.log(`"a mix at ${RATE} a second for ${seconds} s: ${failed} failed; core busy ${((busy / seconds) * 100).toFixed(0)} %",${RATE * seconds},,,>= ${RATE} a second of one core: ${rate.toFixed(0)}${keeps ? "" : " BROKEN"},just desk-load`);
}
