// The network of an actor: it in the middle, around it those of the table, pulled together by how much they deal.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import { child } from "./svg.js";

const [WIDTH, HEIGHT] = [560, 400];

export function networks(root) {
  for (const figure of root.querySelectorAll("[data-network]")) {
    figure.querySelector("svg.ego")?.remove();
    const rows = [...figure.querySelectorAll("tbody tr[data-id]")];
    if (rows.length) figure.prepend(draw(...graph(figure, rows)));
  }
}

function graph(figure, rows) {
  const me = { id: figure.dataset.network, name: figure.dataset.name, number: 0, fx: WIDTH / 2, fy: HEIGHT / 2, me: true };
  const nodes = [me];
  const links = [];
  for (const row of rows) {
    const link = row.querySelector("a");
    const tie = quads(row);
    nodes.push({ id: row.dataset.id, name: link.textContent, href: link.getAttribute("href"), number: tie.number });
    links.push({ source: me.id, target: row.dataset.id, ...tie, mine: true });
  }
  for (const tie of figure.querySelectorAll(".ties li")) links.push({ source: tie.dataset.one, target: tie.dataset.other, ...quads(tie) });
  return [nodes, links];
}

function quads(element) {
  const counts = element.dataset.quads.split(" ").map(Number);
  return { number: counts.reduce((a, b) => a + b, 0), quad: counts.indexOf(Math.max(...counts)) + 1 };
}

function draw(nodes, links) {
  const most = Math.max(1, ...links.filter((link) => link.mine).map((link) => link.number));
  const radius = (node) => (node.me ? 11 : 4 + 7 * Math.sqrt(node.number / most));
  const simulation = forceSimulation(nodes)
    .force("link", forceLink(links).id((node) => node.id).distance((link) => (link.mine ? 170 - 70 * Math.sqrt(link.number / most) : 150)).strength((link) => (link.mine ? 0.5 : 0.05)))
    .force("charge", forceManyBody().strength(-420))
    .force("collide", forceCollide((node) => radius(node) + 16))
    .force("x", forceX(WIDTH / 2).strength(0.03))
    .force("y", forceY(HEIGHT / 2).strength(0.07))
    .stop();
  // The same picture each time: d3-force's own chance begins the same, and nothing moves on the page.
  simulation.tick(300);
  const keep = (value, edge, margin) => Math.max(margin, Math.min(edge - margin, value));
  for (const node of nodes) [node.x, node.y] = [keep(node.x, WIDTH, 46), keep(node.y, HEIGHT, 20)];
  const svg = child(null, "svg", { class: "ego", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": "Network of the counterparts in the table below" });
  for (const link of links) {
    const [a, b] = [link.source, link.target];
    const line = child(svg, "line", { class: `tie q${link.quad}${link.mine ? "" : " other"}`, x1: a.x, y1: a.y, x2: b.x, y2: b.y });
    line.setAttribute("stroke-width", (link.mine ? 1 + 4 * Math.sqrt(link.number / most) : 1).toFixed(2));
    child(line, "title").textContent = `${a.name} – ${b.name}: ${link.number}`;
  }
  for (const node of nodes) {
    const group = child(svg, node.href ? "a" : "g", node.href ? { href: node.href } : {});
    child(group, "circle", { class: node.me ? "node me" : "node", cx: node.x, cy: node.y, r: radius(node).toFixed(1) });
    const label = child(group, "text", { x: node.x, y: node.me ? node.y + radius(node) + 15 : node.y - radius(node) - 4, "text-anchor": "middle" });
    label.textContent = node.name.length > 22 ? node.name.slice(0, 21) + "…" : node.name;
  }
  return svg;
}
