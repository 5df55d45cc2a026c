// Shortcuts; /about lists them.
const PAGES = { o: "/", e: "/events", s: "/stories", d: "/dyads", a: "/actors", c: "/claims", i: "/issues", t: "/try", r: "/review" };

let going = false;

export function keys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return document.activeElement?.blur();
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "")) return;
    if (press(event.key)) event.preventDefault();
  });
}

function press(key) {
  if (going) {
    going = false;
    if (PAGES[key]) location.assign(PAGES[key]);
    return Boolean(PAGES[key]);
  }
  switch (key) {
    case "/":
      document.getElementById("find")?.focus();
      return true;
    case "g":
      going = true;
      setTimeout(() => (going = false), 1500);
      return true;
    case "n":
      document.querySelector("a[rel=next]")?.click();
      return true;
    case "j":
    case "k":
      return move(key === "j" ? 1 : -1);
    case "a":
    case "x":
    case "c":
      return act(key);
    default:
      return false;
  }
}

function move(by) {
  const stops = [...document.querySelectorAll("[data-queue] > li[tabindex], .cards-column .card[tabindex]")];
  if (!stops.length) return false;
  const at = stops.findIndex((stop) => stop.contains(document.activeElement));
  const next = stops[Math.max(0, Math.min(stops.length - 1, at + by))];
  next.focus();
  next.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  return true;
}

function act(key) {
  const item = document.activeElement?.closest("[data-queue] > li") ?? document.querySelector("[data-queue] > li");
  const button = item?.querySelector(`[data-key="${key}"]`);
  if (!button) return false;
  button.click();
  if (key === "c") item.querySelector("details select")?.focus();
  return true;
}
