/* What the pages gain from script; each of them works without it.
   Markup is found by data attributes, nothing is set up in HTML:
   data-menu            opens the navigation on a narrow screen (without script a link to #side)
   data-dialog="id"     opens that <dialog>; data-close inside it closes it
   data-guard           on a form: asks before typed text is left behind
   data-key="n"         the letter that presses this button or link, in the chosen row first
   data-rows            on a table: ↑ ↓ choose a row, Enter opens it
   data-bulk            on a form with ticked rows: [data-bulk-bar] shows, [data-bulk-count] counts,
                        [data-tick-every] ticks all of them
   data-seconds="24"    on the undo bar: counts down and leaves
   data-reveal="id"     shows what is typed in a password field
   data-help            the page's own help; [data-help-close] inside it and Esc close it
   data-print, data-back, .dropzone, body[data-keys=off] (key letters rest) */
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  root.classList.add("js");

  /* keys ---------------------------------------------------------------------------------- */
  const typing = (element) => element.closest("input, textarea, select, dialog, [contenteditable=true]");

  function moveRow(step) {
    const rows = all("[data-rows] > tbody > tr:not(.tbl-group)");
    if (!rows.length) return false;
    const at = rows.findIndex((row) => row.classList.contains("on"));
    const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
    if (at >= 0) rows[at].classList.remove("on");
    next.classList.add("on");
    next.scrollIntoView({ block: "nearest" });
    return true;
  }

  function pressKey(event) {
    const row = document.querySelector("[data-rows] tr.on");
    if (event.key === "/") return document.querySelector(".search input");
    if (event.key === "Enter" && row && event.target === document.body) return row.querySelector("a");
    const named = `[data-key="${CSS.escape(event.key.toLowerCase())}"]`;
    return row?.querySelector(named) || all(named).find((target) => !target.closest("tr"));
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey && event.target.form) return event.target.form.requestSubmit();
    if (event.key === "Escape") {
      closeMenus(null);
      if (!typing(event.target) && !document.querySelector("dialog[open]")) closeHelp();
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (document.body.dataset.keys === "off" || typing(event.target)) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (moveRow(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
      return;
    }
    const target = pressKey(event);
    if (!target) return;
    event.preventDefault();
    if (target.matches("input")) target.focus(); else target.click();
  });

  /* menus and dialogs ---------------------------------------------------------------------- */
  function closeMenus(except) {
    all("details.person[open]").forEach((menu) => { if (menu !== except) menu.open = false; });
  }

  function closeHelp() {
    const help = document.querySelector("[data-help][open]");
    if (!help) return;
    help.open = false;
    help.querySelector("summary").focus();
  }

  function toggleMenu(button) {
    const open = document.body.classList.toggle("menu-open");
    button.setAttribute("aria-expanded", open);
  }

  const CLICKS = {
    "[data-menu]": toggleMenu,
    "[data-dialog]": (button) => document.getElementById(button.dataset.dialog)?.showModal(),
    "[data-close]": (button) => button.closest("dialog")?.close(),
    "[data-help-close]": closeHelp,
    "[data-print]": () => window.print(),
    "[data-back]": () => history.back(),
    "[data-reveal]": reveal,
  };

  document.addEventListener("click", (event) => {
    closeMenus(event.target.closest("details.person"));
    for (const [selector, act] of Object.entries(CLICKS)) {
      const found = event.target.closest(selector);
      if (!found) continue;
      event.preventDefault();
      act(found);
    }
  });

  function reveal(button) {
    const field = document.getElementById(button.dataset.reveal);
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.textContent = shown ? "隐藏" : "显示";
    field.focus();
  }

  /* forms ------------------------------------------------------------------------------------ */
  const unsaved = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-guard]");
    if (form) unsaved.add(form);
  });
  document.addEventListener("submit", (event) => unsaved.delete(event.target));
  window.addEventListener("beforeunload", (event) => {
    if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-bulk]");
    if (form && event.target.matches("[data-tick-every]")) {
      all("tbody input[type=checkbox]", form).forEach((box) => { box.checked = event.target.checked; });
    }
    if (form) countTicked(form);
    const zone = event.target.closest(".dropzone");
    if (zone && event.target.files?.length) nameFiles(zone, event.target.files);
  });

  function countTicked(form) {
    const ticked = all("tbody input[type=checkbox]:checked", form).length;
    all("[data-bulk-bar]", form).forEach((bar) => { bar.hidden = !ticked; });
    all("[data-bulk-count]", form).forEach((count) => { count.textContent = ticked; });
  }

  function nameFiles(zone, files) {
    zone.classList.add("chosen");
    zone.querySelector("b").textContent = [...files].map((file) => file.name).join("、");
  }

  ["dragover", "dragleave", "drop"].forEach((kind) => document.addEventListener(kind, (event) => {
    event.target.closest?.(".dropzone")?.classList.toggle("over", kind === "dragover");
  }));

  /* bars that come and go ---------------------------------------------------------------------- */
  function countDown(bar) {
    let left = Number(bar.dataset.seconds);
    const shown = bar.querySelector("[data-left]");
    const tick = setInterval(() => {
      left -= 1;
      if (shown) shown.textContent = left;
      if (left <= 0) { clearInterval(tick); bar.remove(); }
    }, 1000);
    bar.dataset.running = "yes";
  }

  function tell(words) {
    const place = document.getElementById("notices");
    if (!place) return;
    const bar = document.createElement("div");
    const line = document.createElement("p");
    bar.className = "note note-bad";
    line.textContent = words;
    bar.append(line);
    place.replaceChildren(bar);
    bar.scrollIntoView({ block: "nearest" });
  }

  function setUp(within) {
    all("form[data-bulk]", within).forEach(countTicked);
    all("[data-seconds]:not([data-running])", within).forEach(countDown);
  }

  // Without a network a form that is sent would be lost with its page.
  const OFFLINE = "现在没有网络。写的都还在这一页上，连上网后再点一次。";
  function keepOffline(event) {
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    tell(OFFLINE);
  }

  function showLine() {
    const bar = document.getElementById("offline");
    if (bar) bar.hidden = navigator.onLine;
  }

  document.addEventListener("htmx:load", (event) => setUp(event.detail.elt.parentElement || document));
  document.addEventListener("htmx:sendError", () => tell(navigator.onLine ? "没有连上服务器。这一页的内容没有动，连上后再点一次。" : OFFLINE));
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    if (status === 401 || status === 403) tell("登录已到时限或没有这项权限。请刷新这一页，重新登录后再做。");
    else if (status === 503) tell("系统正忙，这一次没有存上。填的都在，过几秒再按一次。");
    else tell(`这一步没有做成（${status}）。内容没有动，请刷新这一页再试；还不行，把这个数字报给管理员。`);
  });
  document.addEventListener("submit", keepOffline, true);
  ["online", "offline"].forEach((kind) => window.addEventListener(kind, showLine));
  document.addEventListener("DOMContentLoaded", () => { setUp(document); showLine(); });
})();
