// Everything here adds to pages that work without it.
import htmx from "htmx.org/dist/htmx.esm.js";
import { charts } from "./charts.js";
import { maps } from "./map.js";
import { networks } from "./network.js";
import { keys } from "./keys.js";
import { readings } from "./reading.js";
import { theme } from "./theme.js";

// htmx finds its own attributes; pages may not hand it code (see the policy in guard.rs and htmx-config in base.html).
window.htmx = htmx;

// On a phone the counts would push the table off the screen: they wait folded.
function fold(root) {
  if (matchMedia("(max-width: 48rem)").matches) root.querySelectorAll(".facets[open]").forEach((one) => (one.open = false));
}

function draw(root) {
  fold(root);
  readings(root);
  charts(root);
  maps(root);
  networks(root);
}

document.addEventListener("DOMContentLoaded", () => {
  theme(() => draw(document));
  keys();
  draw(document);
});
document.addEventListener("htmx:afterSwap", (event) => draw(event.target));
// A filter that cannot be understood: the server's page of the error says which, so go there. A part that comes late says in
// its place that it did not come.
for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(failure, lost);

let leaving = false;
addEventListener("pageshow", () => (leaving = false));

function lost(event) {
  const { elt, requestConfig, pathInfo } = event.detail;
  const late = elt?.closest("[data-late]");
  if (late) return late.classList.add("is-lost");
  // A field that is left by Enter asks twice; the first page of two would be broken off.
  if (event.type !== "htmx:responseError" || leaving) return;
  if (requestConfig?.verb !== "get") return;
  leaving = true;
  location.assign(pathInfo?.finalRequestPath ?? location.href);
}
