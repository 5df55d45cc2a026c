// A story's page: pointing at a card lights its words, and the reverse.
export function readings(root) {
  for (const reading of root.querySelectorAll("[data-reading]")) if (!reading.dataset.alive) enliven(reading);
}

function enliven(reading) {
  reading.dataset.alive = "1";
  const words = [...reading.querySelectorAll("[data-ids]")];
  const cards = [...reading.querySelectorAll("[data-lights]")];
  const light = (ids, from) => {
    const wanted = new Set(ids);
    const main = ids[0];
    reading.classList.toggle("lighting", ids.length > 0);
    for (const word of words) {
      const own = word.dataset.ids.split(" ");
      word.classList.toggle("lit", own.some((id) => wanted.has(id)));
      word.classList.toggle("lit-main", main !== undefined && own.includes(main));
    }
    for (const card of cards) card.classList.toggle("lit", wanted.has(card.id) && card !== from);
  };
  const off = () => light([], null);
  for (const card of cards) {
    const on = () => light(card.dataset.lights.split(" "), card);
    card.addEventListener("pointerenter", on);
    card.addEventListener("focusin", on);
    card.addEventListener("pointerleave", off);
    card.addEventListener("focusout", off);
  }
  for (const word of words) {
    const on = () => {
      // The innermost claim, an event before it.
      const ids = word.dataset.ids.split(" ");
      light(ids.reverse(), null);
    };
    word.addEventListener("pointerenter", on);
    word.addEventListener("focusin", on);
    word.addEventListener("pointerleave", off);
    word.addEventListener("focusout", off);
  }
}
