/* The keys of the desk, and boxes that tick all. Each page works without it.
   data-desk            on a table: ↑ ↓ or K J choose a row, Enter takes its step (data-do), O opens
                        its case (data-open), 1–9 take the step of that row
   data-send-chosen     on a form: what is dropped or chosen is sent at once
   body[data-keys=off]  letters rest */
(() => {
  "use strict";
  const rows = () => [...document.querySelectorAll("[data-desk] > tbody > tr:not(.tbl-group)")];
  const typing = (element) => element.closest("input, textarea, select, dialog[open], [contenteditable=true]");
  const MOVES = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

  function choose(step) {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.classList.contains("on"));
    const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
    if (at >= 0) all[at].classList.remove("on");
    next.classList.add("on");
    next.querySelector("[data-do]").focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  function target(event) {
    const all = rows();
    const row = all.find((each) => each.classList.contains("on"));
    if (/^[1-9]$/.test(event.key)) return all[Number(event.key) - 1]?.querySelector("[data-do]");
    if (event.key.toLowerCase() === "o") return row?.querySelector("[data-open]");
    return event.key === "Enter" && event.target === document.body ? row?.querySelector("[data-do]") : null;
  }

  document.addEventListener("keydown", (event) => {
    if (!document.querySelector("[data-desk]") || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (document.body.dataset.keys === "off" || typing(event.target) || document.querySelector("dialog[open]")) return;
    const step = MOVES[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (step) choose(step);
    const found = step ? null : target(event);
    if (!step && !found) return;
    event.preventDefault();
    found?.click();
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-send-chosen]");
    if (form && event.target.files?.length) form.requestSubmit();
  });
})();
