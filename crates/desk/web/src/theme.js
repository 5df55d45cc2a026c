// The colours change without loading the page anew; the link does the same without scripts.
const ORDER = ["system", "dark", "light"];

export function theme(redraw) {
  const link = document.querySelector("a.theme");
  link?.addEventListener("click", (event) => {
    event.preventDefault();
    const root = document.documentElement;
    const next = ORDER[(ORDER.indexOf(root.dataset.theme) + 1) % ORDER.length];
    root.dataset.theme = next;
    document.cookie = `theme=${next}; path=/; max-age=31536000; samesite=lax`;
    link.title = `Colours: ${next}`;
    redraw();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
}

// A colour of the style sheet.
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
