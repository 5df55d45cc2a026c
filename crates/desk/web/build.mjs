// Builds ../static from src/ and node_modules: `npm ci && npm run build`. The results are committed, so that
// `cargo build` needs no npm. With --check nothing is written, and the exit code says whether what is committed is current.
import { build } from "esbuild";
import { readFile, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const check = process.argv.includes("--check");
const outdir = new URL("../static/", import.meta.url).pathname;

const banner = "/* rapporteur desk. With htmx (0BSD), uPlot (MIT), d3-geo, d3-force (ISC), topojson-client (ISC). Sources: crates/desk/web */";
const made = await build({
  entryPoints: { desk: "src/desk.js" },
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022"],
  outdir,
  write: false,
  legalComments: "none",
  banner: { js: banner },
});
const style = await build({
  entryPoints: { desk: "src/desk.css" },
  bundle: true,
  minify: true,
  target: ["chrome110", "firefox110", "safari16"],
  outdir,
  write: false,
});

// Outlines of countries at 1:110 million (Natural Earth, public domain), without names and ids: the map shows places.
const world = JSON.parse(await readFile("node_modules/world-atlas/countries-110m.json", "utf8"));
for (const shape of world.objects.countries.geometries) {
  delete shape.properties;
  delete shape.id;
}
delete world.objects.land;

const files = new Map([...made.outputFiles, ...style.outputFiles].map((file) => [file.path, Buffer.from(file.contents)]));
files.set(outdir + "world.json", Buffer.from(JSON.stringify(world) + "\n"));

let stale = 0;
for (const [path, bytes] of files) {
  const size = `${path.split("/").pop()}: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} squeezed`;
  if (!check) {
    await writeFile(path, bytes);
    console.log(size);
  } else if (!bytes.equals(await readFile(path).catch(() => Buffer.alloc(0)))) {
    console.error(`${path} is not what its sources make: npm run build`);
    stale += 1;
  }
}
process.exit(stale ? 1 : 0);
