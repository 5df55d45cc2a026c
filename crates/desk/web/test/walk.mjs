// Walks every page of a desk over the example stories with a real browser: `npm test -- ../../../target/debug/rapporteur`.
//
// It looks for errors on the console (a breach of the content policy is one), violations of axe of level serious and
// above, and that filters, toggles, zooming, "Try it" and review do what they say; a hostile story must stay text. With
// --screenshots FOLDER it makes a picture of each page in both themes, wide and on a phone: look at them; with --docs FOLDER
// the three that the README shows.
import { spawn } from "node:child_process";
import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const args = process.argv.slice(2);
const at = args.indexOf("--screenshots");
const shots = at < 0 ? null : args.splice(at, 2)[1];
const docsAt = args.indexOf("--docs");
const docs = docsAt < 0 ? null : args.splice(docsAt, 2)[1];
const program = args[0] ?? "../../../target/debug/rapporteur";
const token = "a-token-for-the-walk";
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const axe = await readFile(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

const folder = await mkdtemp(join(tmpdir(), "desk-walk-"));
await writeFile(join(folder, "token"), token);
const { desk, address } = await start(["desk", "--demo", "--review", "--token-file", join(folder, "token"), "--port", "0"]);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
let failed = 0;
try {
  await walk();
  await behave();
  if (shots) await picture();
  if (docs) await show();
} finally {
  await browser.close();
  desk.kill("SIGINT");
  await rm(folder, { recursive: true, force: true });
}
console.log(failed ? `${failed} failed` : "all is well");
process.exit(failed ? 1 : 0);

// The desk, when it listens.
function start(parameters) {
  const desk = spawn(program, parameters, { stdio: ["ignore", "inherit", "pipe"] });
  return new Promise((resolve, reject) => {
    let said = "";
    desk.stderr.on("data", (bytes) => {
      said += bytes;
      const found = said.match(/http:\/\/[^/]+\//);
      if (found) resolve({ desk, address: found[0].slice(0, -1) });
    });
    desk.on("exit", (code) => reject(new Error(`the desk ended with ${code}: ${said}`)));
  });
}

async function numbers() {
  const get = async (path) => (await (await fetch(address + path)).json()).page;
  const find = (rows, test) => rows.find(test) ?? rows[0];
  const events = (await get("/events.json?order=told")).events;
  const disputed = (await get("/events.json?status=disputed")).events;
  const stories = (await get("/stories.json")).stories;
  const issues = (await get("/issues.json")).issues;
  const actors = (await get("/actors.json")).actors;
  const dyads = (await get("/dyads.json")).dyads;
  return {
    story: find(stories, (story) => story.ref === "talks-at-the-lake").id,
    event: events[0].evidence.event,
    occurrence: (disputed[0] ?? events[0]).id,
    issue: issues[0]?.id,
    actor: actors[0].id,
    dyad: `${dyads[0].one}-${dyads[0].other}`,
  };
}

async function pages() {
  const n = await numbers();
  const list = {
    overview: "/",
    events: "/events",
    "events-filtered": "/events?status=disputed,claimed&quad=4",
    event: `/events/${n.event}`,
    occurrence: `/occurrences/${n.occurrence}`,
    stories: "/stories",
    story: `/stories/${n.story}`,
    why: `/stories/${n.story}/why/e1`,
    "why-reading": `/stories/${n.story}/why/e1/reading`,
    dyads: "/dyads",
    dyad: `/dyads/${n.dyad}`,
    actors: "/actors",
    actor: `/actors/${n.actor}`,
    claims: "/claims?stance=deny",
    issues: "/issues",
    search: "/search?q=police",
    try: "/try?sample=1",
    review: "/review",
    codebook: "/codebook",
    about: "/about",
    "not-found": "/events/E999999",
    "bad-filter": "/events?type=WAR",
  };
  if (n.issue) list.issue = `/issues/${n.issue}`;
  return list;
}

// A page that counts what goes wrong on it.
async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, ...options });
  await context.addCookies([{ name: "desk_token", value: token, url: address }]);
  const page = await context.newPage();
  page.wrongs = [];
  page.on("console", (message) => {
    // Chromium logs every answer that is no success; those pages are asked for on purpose.
    const asked = /Failed to load resource: the server responded with a status of 4/.test(message.text());
    if (message.type() === "error" && !asked) page.wrongs.push(message.text());
  });
  page.on("pageerror", (error) => page.wrongs.push(String(error)));
  page.on("dialog", (dialog) => {
    page.wrongs.push(`a dialog opened: ${dialog.message()}`);
    dialog.dismiss();
  });
  return page;
}

async function check(name, work) {
  try {
    await work();
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}: ${error.message}`);
  }
}

async function violations(page) {
  // axe is put in by the debugger, which no content policy binds.
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const serious = found.violations.filter((one) => ["serious", "critical"].includes(one.impact));
  return serious.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary?.split("\n")[1] ?? ""}`).join(" | ")}`);
}

// Until what a page draws, and a part that it loads late, stands.
async function settle(page, time = 150) {
  await page.waitForFunction(() => !document.querySelector("[data-late]"), null, { timeout: 60_000 });
  await page.waitForTimeout(time);
}

async function walk() {
  for (const theme of ["light", "dark"]) {
    const page = await open({ colorScheme: theme });
    for (const [name, path] of Object.entries(await pages())) {
      await check(`${theme} ${name} ${path}`, async () => {
        page.wrongs.length = 0;
        const response = await page.goto(address + path, { waitUntil: "load" });
        assert.ok(response.status() < 500, `status ${response.status()}`);
        await settle(page);
        assert.deepEqual(page.wrongs, []);
        assert.deepEqual(await violations(page), []);
      });
    }
    await page.context().close();
  }
}

async function behave() {
  const page = await open();
  const all = await pages();
  const go = async (path) => {
    page.wrongs.length = 0;
    await page.goto(address + path, { waitUntil: "load" });
  };

  await check("/ puts the cursor into the search", async () => {
    await go("/codebook");
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.id), "find");
    await page.keyboard.type("police");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/search?q=police");
    assert.ok((await page.locator(".hits mark").count()) > 0);
  });

  await check("filters stand in the address and come back", async () => {
    await go("/events");
    const before = await page.locator("#results tbody tr").count();
    await page.fill("#f-actor", "NOR");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/events?*actor=NOR*");
    await page.waitForFunction((n) => document.querySelectorAll("#results tbody tr").length < n, before);
    await page.locator(".facets a", { hasText: "consult" }).first().click();
    await page.waitForURL("**type=CONSULT**");
    assert.ok(page.url().includes("actor=NOR"));
    assert.equal(await page.locator(".chips .chip").count(), 3);
    assert.deepEqual(page.wrongs, []);
  });

  await check("a wrong filter leads to a page that names it", async () => {
    await go("/events");
    await page.fill("#f-since", "soon");
    await page.keyboard.press("Enter");
    await page.waitForURL("**since=soon**");
    await page.waitForSelector("text=That cannot be understood");
    assert.ok((await page.textContent(".lead")).includes("since"));
  });

  await check("a card lights its words, and words their card", async () => {
    await go(all.story);
    const card = page.locator(".cards-column .card").first();
    const id = await card.getAttribute("id");
    await card.hover();
    const lit = await page.locator(`.story-text .lit-main`).evaluateAll((all) => all.map((one) => one.dataset.ids));
    assert.ok(lit.length > 0 && lit.every((ids) => ids.split(" ").includes(id)));
    await page.locator(`.story-text [data-ids~="${id}"]`).first().hover();
    assert.ok(await page.locator(`#${id}.lit`).count());
    assert.deepEqual(page.wrongs, []);
  });

  await check("marks are switched on and off", async () => {
    await go(all.story);
    const line = () => page.locator(".story-text .body .trg").first().evaluate((one) => getComputedStyle(one).textDecorationLine);
    assert.equal(await line(), "underline");
    await page.uncheck("#show-trg");
    assert.equal(await line(), "none");
  });

  await check("every decision opens its explanation in place", async () => {
    await go(all.story);
    await page.locator(".card a", { hasText: "why?" }).first().click();
    await page.waitForSelector(".why-here table.decisions", { timeout: 60_000 });
    assert.ok((await page.locator(".why-here tbody tr").count()) > 3);
    assert.deepEqual(page.wrongs, []);
  });

  await check("why: the record at once, the decisions when the story has been read again", async () => {
    const path = `${all.story}/why/e2`;
    // Held back, so that what stands before can be looked at.
    let go_on;
    const held = new Promise((resolve) => (go_on = resolve));
    await page.route("**/why/e2/reading", async (route) => {
      await held;
      await route.fulfill({ response: await route.fetch() });
    });
    await go(path);
    if (await page.locator("[data-late]").count()) {
      await page.locator("[data-late] .waiting").waitFor();
      assert.equal(await page.locator("[data-late] .offer").isVisible(), false);
      assert.equal(await page.locator("[data-late] .lost").isVisible(), false);
    }
    assert.ok((await page.locator("table.coded tbody tr").count()) > 8);
    assert.ok((await page.locator(".evidence .trg").count()) > 0);
    go_on();
    await page.waitForSelector("#reading table.decisions", { timeout: 60_000 });
    assert.ok((await page.locator("#reading table.decisions tbody tr").count()) > 3);
    await page.unroute("**/why/e2/reading");
    assert.deepEqual(page.wrongs, []);
  });

  await check("why: a reading that fails says so in its place", async () => {
    const fresh = (await (await fetch(`${address}/stories.json`)).json()).page.stories.find((story) => story.id !== all.story.split("/").pop());
    await page.route("**/why/e1/reading", (route) => route.fulfill({ status: 503, contentType: "text/html", body: "busy" }));
    page.wrongs.length = 0;
    await page.goto(`${address}/stories/${fresh.id}/why/e1`, { waitUntil: "load" });
    await page.locator("[data-late] .lost").waitFor();
    assert.ok(page.url().endsWith("/why/e1"));
    assert.ok(await page.locator("table.coded").isVisible());
    assert.deepEqual(await violations(page), []);
    await page.unroute("**/why/e1/reading");
    await page.locator("[data-late] .lost a").click();
    await page.waitForURL("**/reading");
    await page.waitForSelector("#reading");
    const others = page.wrongs.filter((wrong) => !wrong.includes("503"));
    assert.deepEqual(others, []);
  });

  await check("charts, map and network are drawn", async () => {
    await go("/");
    await page.waitForSelector("svg.world .site");
    await page.waitForSelector(".chart canvas");
    await go(all.actor);
    await page.waitForSelector("svg.ego .node");
    assert.deepEqual(page.wrongs, []);
  });

  await check("the theme changes and is remembered", async () => {
    await go("/");
    await page.click("a.theme");
    const theme = await page.evaluate(() => document.documentElement.dataset.theme);
    await page.reload();
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), theme);
    await page.context().clearCookies({ name: "theme" });
  });

  await check("a hostile story stays text", async () => {
    await go("/try");
    const hostile = `<script>alert(1)</script> Attack\n\nPARIS — "'><img src=x onerror=alert(2)> attacked <svg onload=alert(3)> in Paris on Monday, France said. Police arrested two men.</textarea><script>alert(4)</script>`;
    await page.fill("#f-text", hostile);
    await page.fill("#f-published", "2020-01-02");
    await page.fill("#f-publisher", `"><script>alert(5)</script>`);
    await page.click("text=Read it");
    await page.waitForSelector(".story-text", { timeout: 60_000 });
    await page.waitForTimeout(300);
    assert.deepEqual(page.wrongs, []);
    assert.equal(await page.locator("main script, main img, .story-text svg").count(), 0);
    assert.ok((await page.textContent(".story-text")).includes("<script>alert(1)</script>"));
    assert.ok((await page.locator(".cards-column .card").count()) > 0);
  });

  await check("events are reviewed by keys", async () => {
    await go("/review");
    const first = await page.locator("[data-queue] > li").first().getAttribute("id");
    await page.keyboard.press("j");
    await page.keyboard.press("a");
    await page.waitForSelector(".done");
    assert.ok((await page.textContent(".done")).includes(`accept ${first}`));
    assert.equal(await page.locator(`#${first}`).count(), 0);
    const next = await page.locator("[data-queue] > li").first().getAttribute("id");
    await page.keyboard.press("c");
    await page.selectOption(`#t-${next}`, "AID");
    await page.locator(`#${next} button[value=correct]`).click();
    await page.waitForFunction((id) => document.querySelector(".done")?.textContent.includes(`correct ${id}`), next);
    assert.deepEqual(page.wrongs, []);
  });

  await check("pages are read without scripts", async () => {
    const plain = await open({ javaScriptEnabled: false });
    await plain.goto(address + all.story);
    assert.ok((await plain.textContent(".story-text")).length > 500);
    await plain.goto(`${address}${all.story}/why/e3`);
    if (await plain.locator("[data-late]").count()) await plain.click("[data-late] .offer a");
    await plain.waitForSelector("#reading table.decisions", { timeout: 60_000 });
    await plain.goto(address + "/");
    await plain.click("text=As a table >> nth=0");
    assert.ok(await plain.locator("[data-chart] table").first().isVisible());
    await plain.context().close();
  });

  await check("no page is wider than a phone", async () => {
    const phone = await open(PHONE);
    for (const path of Object.values(all)) {
      await phone.goto(address + path, { waitUntil: "load" });
      await settle(phone);
      const width = await phone.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= PHONE.viewport.width, `${path} is ${width} wide`);
    }
    await phone.context().close();
  });

  await check("a first paint takes less than a second", async () => {
    const fresh = await open();
    await fresh.goto(address + "/", { waitUntil: "load" });
    // On a busy machine the entry comes after the page has loaded.
    const painted = await fresh.waitForFunction(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
    const paint = await painted.jsonValue();
    console.log(`      first contentful paint of the overview: ${paint.toFixed(0)} ms`);
    assert.ok(paint > 0 && paint < 1000, `${paint} ms`);
    await fresh.context().close();
  });
  await page.context().close();
}

async function show() {
  await mkdir(docs, { recursive: true });
  const all = await pages();
  const take = async (name, theme, path, before = async () => {}) => {
    const page = await open({ colorScheme: theme, viewport: { width: 1160, height: 740 } });
    await page.context().clearCookies({ name: "desk_token" });
    await page.goto(address + path, { waitUntil: "load" });
    await page.waitForTimeout(400);
    await before(page);
    await page.screenshot({ path: join(docs, `desk-${name}.png`) });
    await page.context().close();
  };
  await take("overview", "light", "/");
  await take("story", "light", all.story, (page) => page.locator(".cards-column .card", { hasText: "assault" }).first().hover());
  await take("dyad", "dark", all.dyad);
}

async function picture() {
  await mkdir(shots, { recursive: true });
  const all = await pages();
  for (const theme of ["light", "dark"]) {
    const page = await open({ colorScheme: theme });
    for (const [name, path] of Object.entries(all)) {
      await page.goto(address + path, { waitUntil: "load" });
      await settle(page, 300);
      await page.screenshot({ path: join(shots, `${name}-${theme}.png`), fullPage: true });
    }
    await page.context().close();
  }
  const phone = await open(PHONE);
  for (const name of ["overview", "events", "story", "dyad"]) {
    await phone.goto(address + all[name], { waitUntil: "load" });
    await phone.waitForTimeout(300);
    await phone.screenshot({ path: join(shots, `${name}-phone.png`), fullPage: true });
  }
  await phone.context().close();
}
