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
// A filter that cannot be understood: the server's page of the error says which, so go there.
document.addEventListener("htmx:responseError", (event) => {
  const { requestConfig, pathInfo } = event.detail;
  if (requestConfig?.verb === "get") location.assign(pathInfo?.finalRequestPath ?? location.href);
});
