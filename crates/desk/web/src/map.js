// The map: outlines of countries, a circle for each row of the table behind it.
import { geoEqualEarth, geoGraticule10, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import { child } from "./svg.js";

let world;

export async function maps(root) {
  const figures = [...root.querySelectorAll("[data-map]")];
  if (!figures.length) return;
  const version = document.querySelector("link[rel=stylesheet]")?.href.split("?")[1] ?? "";
  world ??= fetch(`/static/world.json?${version}`).then((response) => response.json());
  const atlas = await world;
  figures.forEach((figure) => draw(figure, atlas));
}

function draw(figure, atlas) {
  figure.querySelector("svg.world")?.remove();
  const [width, height] = [960, 468];
  const projection = geoEqualEarth().fitExtent([[4, 4], [width - 4, height - 4]], { type: "Sphere" });
  const path = geoPath(projection);
  const svg = child(null, "svg", { class: "world", viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Map of the places in the table below" });
  child(svg, "path", { class: "sea", d: path({ type: "Sphere" }) });
  child(svg, "path", { class: "grid", d: path(geoGraticule10()) });
  child(svg, "path", { class: "land", d: path(feature(atlas, atlas.objects.countries)) });
  child(svg, "path", { class: "borders", d: path(mesh(atlas, atlas.objects.countries, (a, b) => a !== b)) });
  const sites = [...figure.querySelectorAll("tbody tr[data-lat][data-lon]")].map(site);
  const most = Math.max(1, ...sites.map((site) => site.number));
  for (const place of sites) {
    const at = projection([place.lon, place.lat]);
    if (!at) continue;
    const link = child(svg, "a", { href: place.href, "aria-label": `${place.name}: ${place.number} events` });
    const r = 2.5 + 17 * Math.sqrt(place.number / most);
    const circle = child(link, "circle", { class: `site q${place.quad}`, cx: at[0].toFixed(1), cy: at[1].toFixed(1), r: r.toFixed(1) });
    child(circle, "title").textContent = `${place.name}: ${place.number}`;
  }
  figure.prepend(svg);
}

function site(row) {
  const quads = row.dataset.quads.split(" ").map(Number);
  const link = row.querySelector("a");
  return {
    lat: Number(row.dataset.lat),
    lon: Number(row.dataset.lon),
    name: link.textContent,
    href: link.getAttribute("href"),
    number: quads.reduce((a, b) => a + b, 0),
    quad: quads.indexOf(Math.max(...quads)) + 1,
  };
}
