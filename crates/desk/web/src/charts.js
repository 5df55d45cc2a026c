// Charts, drawn from the tables behind them.
import uPlot from "uplot";
import { colour } from "./theme.js";

// Steps between ticks: months and years in seconds, as uPlot counts them; whole numbers.
const MONTHS = [30, 60, 90, 120, 180, 365, 730, 1825, 3650].map((days) => days * 86400);
const WHOLE = [0, 1, 2, 3, 4, 5, 6].flatMap((power) => [1, 2, 5].map((digit) => digit * 10 ** power));

const QUADS = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];

export function charts(root) {
  for (const figure of root.querySelectorAll("[data-chart]")) {
    figure.querySelectorAll(".plot").forEach((old) => old.remove());
    const rows = table(figure);
    if (rows.length < 2) continue;
    const plots = { quads, relations, stances }[figure.dataset.chart](figure, rows);
    new ResizeObserver(() => plots.forEach((plot) => plot.setSize({ width: width(figure), height: plot.height }))).observe(figure);
  }
}

const width = (figure) => Math.max(240, figure.clientWidth);

// Rows of numbers, the first of which is the time in seconds.
function table(figure) {
  return [...figure.querySelectorAll("tbody tr")]
    .map((row) => [...row.children].map((cell) => cell.textContent.trim()))
    .map(([period, ...cells]) => [time(period), ...cells.map(Number)])
    .filter(([at]) => Number.isFinite(at));
}

// 2015, 2015-05, 2015-Q2.
function time(period) {
  const [year, rest = "01"] = period.split("-");
  const month = rest.startsWith("Q") ? (Number(rest[1]) - 1) * 3 : Number(rest) - 1;
  return Date.UTC(Number(year), month) / 1000;
}

const column = (rows, at) => rows.map((row) => row[at]);

function frame(figure, height) {
  return {
    width: width(figure),
    height,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
    legend: { live: true },
    cursor: { drag: { x: true, y: false }, points: { size: 6 } },
    padding: [8, 8, 0, 0],
    scales: { x: { range: roomy } },
  };
}

// Half a period of room at both ends, so that the first and the last bar are whole; none where a part is zoomed into.
function roomy(plot, low, high) {
  const times = plot.data[0];
  const step = (times.at(-1) - times[0]) / times.length;
  const whole = low <= times[0] && high >= times.at(-1);
  const room = Math.max(step / 2, 1.3e6);
  return whole ? [times[0] - room, times.at(-1) + room] : [low, high];
}

function axes(label, values) {
  const look = { stroke: colour("muted"), grid: { stroke: colour("grid"), width: 1 }, ticks: { show: false }, font: "12px system-ui, sans-serif" };
  return [{ ...look, values: days, space: 64, size: 30, incrs: MONTHS }, { ...look, size: 48, values, incrs: WHOLE, label, labelSize: label ? 16 : 0, labelFont: "12px system-ui, sans-serif" }];
}

// Days as ISO has them, months and years where these are enough.
function days(_, ticks, __, ___, step) {
  const length = step >= 31536000 ? 4 : step >= 2419200 ? 7 : 10;
  return ticks.map((seconds) => new Date(seconds * 1000).toISOString().slice(0, length));
}

// A place for a plot, before the table.
function place(figure) {
  const div = document.createElement("div");
  div.className = "plot";
  figure.insertBefore(div, figure.querySelector("details"));
  return div;
}

// Bars upon bars: cooperation above the line, conflict below.
function stacked(rows) {
  const [time, vc, mc, vx, mx] = [0, 1, 2, 3, 4].map((at) => column(rows, at));
  const sum = (a, b) => a.map((value, at) => value + b[at]);
  const down = (list) => list.map((value) => -value);
  // The larger sums are drawn first, the smaller before them.
  return { data: [time, sum(vc, mc), mc, down(sum(vx, mx)), down(mx)], raw: [vc, mc, vx, mx] };
}

function bars(raw) {
  const paths = uPlot.paths.bars({ size: [0.85, 40, 1] });
  const of = (quad, raw) => ({
    label: QUADS[quad - 1],
    paths,
    points: { show: false },
    fill: colour(`q${quad}`),
    stroke: colour(`q${quad}`),
    width: 0,
    value: (_, value, __, at) => (at == null ? "–" : raw[at]),
  });
  return [period(), of(1, raw[0]), of(2, raw[1]), of(3, raw[2]), of(4, raw[3])];
}

const period = () => ({ label: "period from", value: (_, seconds) => (seconds == null ? "–" : new Date(seconds * 1000).toISOString().slice(0, 10)) });

function quads(figure, rows) {
  const { data, raw } = stacked(rows);
  const options = { ...frame(figure, 240), series: bars(raw), axes: axes("", (_, ticks) => ticks.map((t) => Math.abs(t))) };
  const plot = new uPlot(options, data, place(figure));
  plot.root.setAttribute("aria-hidden", "true");
  return [plot, ...strip(figure, [plot], data)];
}

function relations(figure, rows) {
  const { data, raw } = stacked(rows);
  const sync = { key: "dyad" };
  const shared = frame(figure, 220);
  shared.cursor = { ...shared.cursor, sync };
  const counts = new uPlot(
    { ...shared, series: bars(raw), axes: axes("", (_, ticks) => ticks.map((t) => Math.abs(t))) },
    data,
    place(figure),
  );
  const [time, index, half] = [0, 5, 6].map((at) => column(rows, at));
  const band = [time, index, index.map((v, at) => v + half[at]), index.map((v, at) => v - half[at])];
  const edge = { stroke: "transparent", points: { show: false }, width: 0 };
  const thaw = new uPlot(
    {
      ...shared,
      height: 180,
      scales: { x: { range: roomy }, y: { range: (_, low, high) => [Math.min(-20, low), Math.max(20, high)] } },
      series: [
        period(),
        { label: "index", stroke: colour("ink"), width: 1.5, points: { size: 4, fill: colour("ink") } },
        { ...edge, label: "19 in 20 between" , value: (_, __, ___, at) => (at == null ? "–" : `${band[3][at].toFixed(0)} and ${band[2][at].toFixed(0)}`) },
        { ...edge, label: "", value: () => "" },
      ],
      bands: [{ series: [2, 3], fill: colour("band") }],
      axes: axes("", null),
      hooks: { drawAxes: [zero] },
    },
    band,
    place(figure),
  );
  link([counts, thaw], figure);
  thaw.root.classList.add("thaw");
  for (const plot of [counts, thaw]) plot.root.setAttribute("aria-hidden", "true");
  return [counts, thaw, ...strip(figure, [counts, thaw], data)];
}

// A line at 0.
function zero(plot) {
  const y = Math.round(plot.valToPos(0, "y", true));
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = colour("muted");
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

// Zooming one zooms the others, and puts the days into the form, so that they can be asked for and passed on.
function link(plots, figure) {
  const form = document.querySelector("form[data-range]");
  let moving = false;
  for (const plot of plots) {
    (plot.hooks.setScale ??= []).push((_, key) => {
      if (key !== "x" || moving) return;
      moving = true;
      const { min, max } = plot.scales.x;
      plots.filter((other) => other !== plot).forEach((other) => other.setScale("x", { min, max }));
      if (form && figure.dataset.ready) {
        form.elements.since.value = new Date(min * 1000).toISOString().slice(0, 7);
        form.elements.until.value = new Date(max * 1000).toISOString().slice(0, 7);
      }
      moving = false;
    });
  }
  setTimeout(() => (figure.dataset.ready = "1"), 200);
}

// A strip of everything, in which a brush says what the plots show.
function strip(figure, plots, data) {
  if (data[0].length < 18) return [];
  const total = data[0].map((_, at) => data[1][at] - data[3][at]);
  const options = {
    ...frame(figure, 44),
    legend: { show: false },
    cursor: { drag: { x: true, y: false, setScale: false }, y: false, points: { show: false } },
    padding: [0, 8, 0, 48],
    axes: [{ show: false }, { show: false }],
    series: [{}, { stroke: colour("muted"), fill: colour("grid"), width: 1, points: { show: false } }],
    hooks: {
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < 4) return;
          const [min, max] = [plot.posToVal(left, "x"), plot.posToVal(left + width, "x")];
          plots[0].setScale("x", { min, max });
          plots.slice(1).forEach((other) => other.setScale("x", { min, max }));
        },
      ],
    },
  };
  const brush = new uPlot(options, [data[0], total], place(figure));
  brush.root.setAttribute("aria-hidden", "true");
  brush.root.classList.add("brush");
  return [brush];
}

function stances(figure, rows) {
  const [time, pro, neutral, con] = [0, 1, 2, 3].map((at) => column(rows, at));
  const paths = uPlot.paths.bars({ size: [0.7, 40, 1] });
  const of = (label, name, raw) => ({ label, paths, fill: colour(name), stroke: colour(name), width: 0, points: { show: false }, value: (_, __, ___, at) => (at == null ? "–" : raw[at]) });
  const plot = new uPlot(
    {
      ...frame(figure, 180),
      series: [period(), of("for", "q2", pro), of("against", "q4", con), of("neutral", "muted", neutral)],
      axes: axes("", (_, ticks) => ticks.map((t) => Math.abs(t))),
    },
    [time, pro, con.map((v) => -v), neutral.map(() => 0)],
    place(figure),
  );
  plot.root.setAttribute("aria-hidden", "true");
  return [plot];
}
