/* Batch entry by keyboard: a page with <form data-entry>. Without it every field is plain text.
   Enter        next field (in a list: takes the chosen name); Shift+Enter a new line in the text
   Ctrl+Enter   save (congress.js)      F2  what is kept from sheet to sheet
   Esc          closes the list, then clears the field      Alt+↑  the sheet before
   data-choose="id"     on the box of an input: offers the options of that <datalist>, found by name,
                        pinyin or initials (data-letters); ARIA combobox with a list below
   data-several         several names: each becomes a tag, the input keeps them joined by ；
   data-shows="name"    shows the value of a kept field
   data-ask, data-into  advice while it is typed
   The unfinished sheet is kept every five seconds and on leaving a field. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-entry]");
  if (!form) return;
  const all = (selector, within = form) => [...within.querySelectorAll(selector)];
  const MOST = 8;
  let dirty = false; // something was typed since the sheet was kept
  let sent = false;
  const changed = () => { dirty = true; };
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  /* names ------------------------------------------------------------------------------------- */
  const offered = {};
  for (const list of all("datalist")) {
    offered[list.id] = all("option", list).map((option) => ({
      name: option.value, letters: (option.dataset.letters || "").split(" "), detail: option.dataset.detail || "",
    }));
  }

  function rank(each, text) {
    if (each.name === text || each.letters[0] === text) return 0;
    if (each.name.startsWith(text)) return 1;
    if (each.letters.some((letters) => letters.startsWith(text))) return 2;
    return each.name.includes(text) ? 3 : -1;
  }

  function fitting(id, typed, taken) {
    const text = typed.trim().toLowerCase();
    if (!text) return [];
    return offered[id].map((each) => [rank(each, text), each])
      .filter(([place, each]) => place >= 0 && !taken.includes(each.name))
      .sort((one, other) => one[0] - other[0]).slice(0, MOST).map(([, each]) => each);
  }

  class Chooser {
    constructor(box) {
      this.id = box.dataset.choose;
      this.input = box.querySelector("input");
      this.shown = [];
      this.at = -1;
      if ("several" in box.dataset) this.makeTags(box);
      this.list = make("ul", { role: "listbox", id: `${this.input.id}-list`, class: "suggest" });
      this.list.setAttribute("aria-label", "可选的名字");
      this.list.hidden = true;
      box.classList.add("chooser");
      box.append(this.list);
      this.input.removeAttribute("list");
      for (const [name, value] of Object.entries({
        role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
      })) this.input.setAttribute(name, value);
      this.input.addEventListener("input", () => this.offer());
      this.input.addEventListener("blur", () => this.leave());
      this.list.addEventListener("mousedown", (event) => {
        event.preventDefault();
        const row = event.target.closest("li");
        if (row) this.take(this.shown[[...this.list.children].indexOf(row)].name);
      });
    }

    /* The input with the field's name is hidden and keeps the joined names; a new one is typed in. */
    makeTags(box) {
      this.kept = this.input;
      const typing = make("input", { type: "text", autocomplete: "off", id: this.kept.id });
      this.names = make("div", { class: "form-control chosen-names" });
      this.kept.replaceWith(this.names);
      this.kept.type = "hidden";
      this.kept.removeAttribute("id");
      this.names.append(typing);
      box.append(this.kept);
      this.input = typing;
      const names = this.kept.value.split(/[；;、，,\n]/).map((name) => name.trim()).filter(Boolean);
      this.kept.value = "";
      names.forEach((name) => this.add(name));
      this.names.addEventListener("click", (event) => {
        const tag = event.target.closest("button");
        if (tag) this.remove(tag.dataset.name);
        this.input.focus();
      });
    }

    get taken() { return this.kept ? this.kept.value.split("；").filter(Boolean) : []; }

    set taken(names) {
      this.kept.value = names.join("；");
      changed();
    }

    add(name) {
      if (this.taken.includes(name)) return;
      this.taken = [...this.taken, name];
      const button = make("button", { type: "button", "data-name": name, "aria-label": `去掉${name}`, tabindex: "-1" }, "×");
      this.input.before(make("span", { class: "tag" }, name, button));
    }

    remove(name) {
      this.taken = this.taken.filter((each) => each !== name);
      const button = [...this.names.querySelectorAll("button")].find((each) => each.dataset.name === name);
      button.parentElement.remove();
    }

    offer() {
      this.shown = fitting(this.id, this.input.value, this.taken);
      if (this.id === "deputies" && form.elements.origin.value === "群众") this.shown = [];
      this.list.replaceChildren(...this.shown.map((each, number) => make(
        "li", { role: "option", id: `${this.list.id}-${number}`, "aria-selected": "false" },
        make("b", {}, each.name), make("span", {}, each.detail),
      )));
      this.list.hidden = !this.shown.length;
      this.input.setAttribute("aria-expanded", String(!!this.shown.length));
      this.point(this.shown.length ? 0 : -1);
    }

    point(at) {
      this.at = at;
      [...this.list.children].forEach((row, number) => row.setAttribute("aria-selected", String(number === at)));
      if (at < 0) this.input.removeAttribute("aria-activedescendant");
      else this.input.setAttribute("aria-activedescendant", `${this.list.id}-${at}`);
    }

    get open() { return !this.list.hidden; }

    close() {
      this.shown = [];
      this.list.hidden = true;
      this.input.setAttribute("aria-expanded", "false");
      this.point(-1);
    }

    take(name) {
      if (this.kept) { this.add(name); this.input.value = ""; } else this.input.value = name;
      this.close();
      changed();
    }

    /* What is typed and not chosen: kept as it stands, the server says whether it is known. */
    leave() {
      const text = this.input.value.trim();
      if (this.kept && text) this.take(text); else this.close();
    }

    /* Whether the key was for the list. */
    press(event) {
      if (event.key === "Backspace" && this.kept && !this.input.value && this.taken.length) {
        this.remove(this.taken.at(-1));
        return true;
      }
      if (!this.open) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && !event.altKey) this.point((this.at + step + this.shown.length) % this.shown.length);
      else if (event.key === "Enter" && !event.ctrlKey) { this.take(this.shown[this.at].name); return !!this.kept; }
      else if (event.key === "Escape") this.close();
      else return false;
      return true;
    }
  }

  const choosers = new Map(all("[data-choose]").map((box) => {
    const chooser = new Chooser(box);
    return [chooser.input, chooser];
  }));

  /* keys -------------------------------------------------------------------------------------- */
  const band = document.getElementById("band");
  const usable = (field) => !field.disabled && field.type !== "hidden" && field.type !== "checkbox" && field.offsetParent;

  function next(from) {
    const inBand = band.contains(from);
    const fields = all("input, textarea, select", inBand ? band : form).filter((f) => usable(f) && band.contains(f) === inBand);
    const after = fields[fields.indexOf(from) + 1];
    if (after) { after.focus(); if (after.select) after.select(); return; }
    if (inBand) { band.open = false; firstField().focus(); } else form.querySelector("button[type=submit]").focus();
  }

  const firstField = () => all("input, textarea, select").find((field) => usable(field) && !band.contains(field));

  function enter(event) {
    if (event.ctrlKey || (event.shiftKey && event.target.matches("textarea"))) return;
    if (event.target.matches("button, summary, a, [type=checkbox]")) return;
    event.preventDefault();
    next(event.target);
  }

  form.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const chooser = choosers.get(event.target);
    if (chooser?.press(event)) { event.preventDefault(); event.stopPropagation(); return; }
    if (event.key === "Enter") enter(event);
    else if (event.key === "Escape" && event.target.matches("input[type=text], textarea")) {
      event.target.value = "";
      event.target.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "F2") {
      event.preventDefault();
      band.open = !band.open;
      (band.open ? band.querySelector("select, input") : firstField()).focus();
    } else if (event.key === "ArrowUp" && event.altKey) {
      event.preventDefault();
      document.querySelector("#entered .entered .do a")?.focus();
    }
  });

  form.addEventListener("submit", () => choosers.forEach((chooser) => chooser.leave()), true);

  /* what is kept ------------------------------------------------------------------------------- */
  const saved = document.getElementById("saved-at");
  const parsed = (text) => new DOMParser().parseFromString(text, "text/html").body;

  async function keep() {
    if (!dirty || sent) return;
    dirty = false;
    try {
      const answer = await fetch(saved.dataset.keep, { method: "POST", body: new FormData(form) });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const told = parsed(await answer.text());
      const number = told.querySelector("#next-number");
      if (number) document.getElementById("next-number").textContent = number.textContent;
      saved.replaceChildren(...told.querySelector("#kept-at").childNodes);
    } catch {
      if (sent) return;
      dirty = true;
      saved.textContent = "草稿没有存上，写的还在这一页。请看网络是否断了，或另开一页重新登录";
    }
  }

  /* advice beside a field: data-ask (an address), data-into (where it goes), data-wait (ms) ------- */
  for (const box of all("[data-ask]")) {
    let timer = 0;
    let asking = null;
    const ask = async () => {
      asking?.abort();
      asking = new AbortController();
      const words = new FormData();
      for (const name of ["title", "body", "csrfmiddlewaretoken"]) words.append(name, form.elements[name].value);
      const asked = box.dataset.method === "post"
        ? [box.dataset.ask, { method: "POST", body: words, signal: asking.signal }]
        : [`${box.dataset.ask}&title=${encodeURIComponent(words.get("title"))}`, { signal: asking.signal }];
      try {
        const answer = await fetch(...asked);
        if (answer.ok && !answer.redirected) document.getElementById(box.dataset.into).replaceChildren(...parsed(await answer.text()).childNodes);
      } catch { /* advice that does not come is no fault of the sheet */ }
    };
    box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, Number(box.dataset.wait)); });
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", () => { changed(); keep(); });
  form.addEventListener("submit", () => { sent = true; });
  // The browser's back may show this very page again, with what was typed.
  window.addEventListener("pageshow", () => { sent = false; });
  setInterval(keep, 5000);
  dirty = false;

  function show(field) {
    const shown = form.querySelector(`[data-shows="${field.name}"]`);
    if (shown) shown.textContent = field.value;
  }

  function whose() {
    const citizen = form.elements.origin.value === "群众";
    all("[data-deputy]").forEach((label) => { label.textContent = label.dataset[citizen ? "citizen" : "deputy"]; });
    all(".of-citizen").forEach((part) => { part.hidden = !citizen; });
  }

  // What citizens say is public only where somebody says so.
  function guard(field) {
    if (field.name !== "origin") return;
    form.elements.public.value = field.value === "代表" ? "是" : "否";
    show(form.elements.public);
  }

  band.addEventListener("change", (event) => { guard(event.target); show(event.target); whose(); });
  whose();
  const wrong = form.querySelector(".wrong");
  const field = wrong && wrong.parentElement.querySelector("input:not([type=hidden]), textarea, select");
  (field || firstField()).focus();
})();
