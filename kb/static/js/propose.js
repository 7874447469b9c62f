// SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// The form that proposes a practice, step by step: checks while one types, rows, and a draft that
// this browser alone keeps; citing.js, loaded before, offers the sources. Without this script the form is one page that the server
// checks; what is sent is the same.

const form = document.getElementById("modulo");
const said = document.getElementById("annunci");
const steps = [...form.querySelectorAll(".step")];
const links = [...form.querySelectorAll(".propose-steps a")];
const last = steps.length - 1;
const DRAFT = "kb.proposal";
const PAUSE = 600;
const MODEL = new URLSearchParams(location.search).get("da");
const LOCALE = { it: "it-IT", en: "en-GB" }[document.documentElement.lang];
const touched = new Set();
const visited = new Set();
let used = {};
let mine = null;
let safe = null;
let current = 0;
let begun = 0;
let everything = form.dataset.start === "sent";
let keeping = true;
let found = [];
let request = null;
let timer = 0;
let edited = "";
let endings = "";

const by = (id) => document.getElementById(id);
const text = (key, ...values) => values.reduce((line, value) => line.replace("#", value), form.dataset[key]);
const controls = (box = form) => [...box.querySelectorAll("input[name], select[name], textarea[name]")];
const fieldOf = (element) => element.closest("[data-field]")?.dataset.field ?? "";

for (const id of ["avanti", "avanzamento"]) by(id).hidden = false;
for (const id of ["senza-script", "controllo"]) by(id)?.remove();
resume();
cite();
form.addEventListener("click", click);
form.addEventListener("input", change);
form.addEventListener("change", change);
form.addEventListener("focusout", ({ target }) => { if (target.name && target.value) touch(target); });
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
});
form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  go(last);
});
by("passo-prima").addEventListener("click", () => go(current - 1));
by("passo-dopo").addEventListener("click", () => go(current + 1));
by("cancella-bozza").addEventListener("click", forget);
by("lascia-bozza").addEventListener("click", () => {
  keeping = true;
  mine = written();
  by("altra-bozza").hidden = true;
  save();
});
addEventListener("storage", ({ key, newValue }) => {
  if (key !== DRAFT || newValue === mine) return;
  if (newValue) yieldTo();
  else mine = null;
});
addEventListener("pagehide", () => { if (timer) save(); });
go(everything ? last : begun, false);
check();

// Steps.

function go(number, focus = true) {
  if (number !== current) {
    visited.add(current);
    if (focus && !by("bozza").hidden) timer ||= setTimeout(save, PAUSE);
  }
  current = Math.max(0, Math.min(last, number));
  everything ||= current === last;
  if (!by("senza-controllo").hidden) check();
  steps.forEach((step, place) => { step.hidden = place !== current; });
  links.forEach((link, place) => {
    if (place === current) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
  });
  by("avanzamento").textContent = text("step", current + 1, steps.length);
  by("passo-prima").hidden = current === 0;
  by("passo-dopo").hidden = current === last;
  if (by("prima")) by("prima").hidden = current > 0;
  if (focus) {
    steps[current].querySelector("h2").focus();
    (current ? form : document.querySelector("h1")).scrollIntoView();
  }
  show();
}

function click(event) {
  const { target } = event;
  const button = target.closest("button");
  const link = target.closest('a[href^="#"]');
  if (link) {
    event.preventDefault();
    const place = links.indexOf(link);
    if (place >= 0) go(place);
    else reach(by(link.hash.slice(1)));
  } else if (button?.name === "aggiungi") {
    event.preventDefault();
    const row = add(form.querySelector(`[data-rows="${button.value}"]`));
    cite();
    controls(row).find((control) => control.type !== "hidden").focus();
    change({ target: row });
  } else if (button?.name === "togli") {
    event.preventDefault();
    const list = button.closest("[data-rows]");
    drop(button.closest("[data-row]"));
    cite();
    list.querySelector("button[name=aggiungi]").focus();
    change({ target: list });
  }
}

function reach(element) {
  if (!element) return;
  go(steps.findIndex((step) => step.contains(element)), false);
  for (let box = element; box !== form; box = box.parentElement) if (box.tagName === "DETAILS") box.open = true;
  element.focus();
  element.scrollIntoView({ block: "center" });
}

// Rows of a list: a new one is a copy of the last, emptied and with a number that no row ever had,
// so that the code of a removed source never means another document.

function numberOf(row) {
  return Number(row.dataset.row.split(".").at(-1));
}

function highest(list) {
  const name = list.dataset.rows;
  const codes = [...list.querySelectorAll('[data-row] > input[type="hidden"]')].map(({ value }) => /\d+$/.exec(value)?.[0] - 1 || 0);
  used[name] = Math.max(used[name] ?? 0, ...codes, ...[...list.querySelectorAll("[data-row]")].map(numberOf));
  return used[name];
}

function add(list, number = highest(list) + 1) {
  const old = [...list.querySelectorAll("[data-row]")].at(-1);
  const before = old.dataset.row;
  const after = `${list.dataset.rows}.${number}`;
  const row = old.cloneNode(true);
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const attribute of element.attributes) {
      if (attribute.value.includes(before)) attribute.value = renamed(attribute.value, before, after);
    }
  }
  empty(row, number);
  old.after(row);
  return row;
}

function renamed(value, before, after) {
  return value.split(" ").map((word) => {
    const place = word.indexOf(before);
    const rest = word.slice(place + before.length);
    return place < 0 || /^\d/.test(rest) ? word : word.slice(0, place) + after + rest;
  }).join(" ");
}

function empty(row, number) {
  const only = form.querySelectorAll('[data-row^="sources."]').length === 1;
  const shown = row.querySelector(".row-number");
  shown.textContent = number + 1;
  for (const control of controls(row)) {
    if (control.type === "hidden") shown.textContent = control.value = control.value.replace(/\d+$/, number + 1);
    else if (control.type === "checkbox") control.checked = only && Boolean(control.closest("[data-citations]"));
    else control.value = control.dataset.default ?? "";
  }
  for (const error of row.querySelectorAll(".field-error, .asked-normal")) error.hidden = true;
  for (const box of row.querySelectorAll("details")) box.open = false;
  for (const ways of row.querySelectorAll(".cite-ways")) ways.remove();
}

function drop(row) {
  const list = row.parentElement;
  const number = highest(list) + 1;
  if (list.querySelectorAll(":scope > [data-row]").length === 1) add(list, number);
  row.remove();
}

function cite() {
  form.dispatchEvent(new Event("propose:sources"));
}

// Checks: the server's own, a moment after the last key.

function change({ target }) {
  if (target.name) touch(target);
  clearTimeout(timer);
  timer = setTimeout(() => {
    save();
    check();
  }, PAUSE);
}

function touch(control) {
  edited = fieldOf(control);
  touched.add(edited);
}

async function check() {
  request?.abort();
  request = new AbortController();
  try {
    const answer = await fetch(form.dataset.check, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "application/json" },
      signal: request.signal,
    });
    if (!answer.ok) throw new Error(answer.statusText);
    take(await answer.json());
  } catch (error) {
    if (error.name !== "AbortError") failed();
  }
}

function failed() {
  // Before anything is typed there is nothing to save.
  const kept = safe === null ? "" : text(safe ? "safe" : "unsafe");
  const line = `${text("failed")} ${kept}`.trim();
  found = [];
  edited = endings = "";
  by("esito").replaceChildren();
  by("senza-controllo").textContent = line;
  by("senza-controllo").hidden = false;
  show();
  say(line);
}

function take(told) {
  by("senza-controllo").hidden = true;
  found = told.findings;
  for (const line of form.querySelectorAll(".asked-normal")) {
    const written = told.normal[line.id.replace("scritto-", "")];
    line.hidden = !written;
    line.lastElementChild.textContent = written ?? "";
  }
  if (told.endings !== endings) {
    endings = told.endings;
    by("esito").innerHTML = endings;
    by("esito").dispatchEvent(new Event("live:swapped", { bubbles: true }));
  }
  show();
}

function show() {
  const before = by(`errore-${edited}`)?.textContent ?? "";
  for (const line of form.querySelectorAll(".field-error")) {
    const name = line.id.replace("errore-", "");
    const wrong = found.filter((item) => item.name === name && (everything || (!item.late && touched.has(name))));
    line.textContent = wrong.map(({ message }) => message).join("; ");
    line.hidden = !wrong.length;
    for (const control of form.querySelectorAll(`[aria-describedby~="${CSS.escape(line.id)}"]`)) {
      if (wrong.length) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
  }
  links.forEach(count);
  const after = by(`errore-${edited}`)?.textContent ?? "";
  if (after !== before) say(after || text("fine"));
}

function count(link, place) {
  link.querySelector("span")?.remove();
  const wrong = found.filter(({ name, late }) => (everything || !late) && steps[place].contains(by(`errore-${name}`)));
  if (!wrong.length || place === last || !(everything || visited.has(place))) return;
  const note = document.createElement("span");
  note.textContent = text("wrong", wrong.length);
  link.append(" ", note);
}

function say(line) {
  // Emptied first: the same words twice would not be read out again.
  said.textContent = "";
  setTimeout(() => { said.textContent = line; }, 100);
}

// The draft, in this browser only.

function written() {
  try {
    return localStorage.getItem(DRAFT);
  } catch {
    return null;
  }
}

function yieldTo() {
  // Another draft is there, perhaps of another window: it stays until one chooses.
  keeping = false;
  by("bozza").hidden = true;
  by("altra-bozza").hidden = false;
  say(by("altra-bozza").firstElementChild.textContent);
}

function stored() {
  try {
    const draft = JSON.parse(written());
    return Array.isArray(draft?.entries) ? draft : null;
  } catch {
    return null;
  }
}

function save() {
  timer = 0;
  safe = false;
  if (!keeping) return;
  if (written() !== mine && written()) {
    yieldTo();
    return;
  }
  const saved = new Date();
  const draft = JSON.stringify({ saved, step: current, model: MODEL, used, entries: [...new FormData(form)] });
  try {
    localStorage.setItem(DRAFT, draft);
    mine = draft;
    safe = true;
    noted(`${text("saved")}, ${saved.toLocaleTimeString(LOCALE, { timeStyle: "short" })}.`);
  } catch {
    // No storage: the form works, without a draft.
  }
}

function noted(line) {
  by("bozza-detta").textContent = line;
  by("bozza").hidden = false;
}

function resume() {
  const draft = stored();
  if (!draft || form.dataset.start === "sent") return;
  if (form.dataset.start === "model" && draft.model !== MODEL) {
    yieldTo();
    return;
  }
  mine = written();
  used = draft.used ?? {};
  fill(draft.entries);
  begun = Number(draft.step) || 0;
  const when = new Date(draft.saved).toLocaleString(LOCALE, { dateStyle: "long", timeStyle: "short" });
  noted(`${text("resumed", when)}.`);
  // Here it is seen at once; a note that comes while one types is further down, so nothing moves.
  form.prepend(by("bozza"));
}

function fill(entries) {
  const values = new Map();
  for (const [name, value] of entries) values.set(name, [...(values.get(name) ?? []), value]);
  for (const list of form.querySelectorAll("[data-rows]")) {
    const ofList = new RegExp(`^${list.dataset.rows.replaceAll(".", "\\.")}\\.(\\d+)\\.`);
    const numbers = new Set([...values.keys()].flatMap((name) => ofList.exec(name)?.[1] ?? []).map(Number));
    const there = new Map([...list.querySelectorAll("[data-row]")].map((row) => [numberOf(row), row]));
    for (const number of [...numbers].sort((a, b) => a - b).slice(0, 80)) if (!there.has(number)) add(list, number);
    if (numbers.size) for (const [number, row] of there) if (!numbers.has(number)) row.remove();
  }
  put(values);
  cite();
  put(values);
}

function put(values) {
  const seen = new Map();
  for (const control of controls()) {
    const given = values.get(control.name) ?? [];
    const place = seen.get(control.name) ?? 0;
    if (control.type !== "checkbox") seen.set(control.name, place + 1);
    if (control.type === "checkbox") control.checked = given.slice(place).includes(control.value);
    else if (given.length) control.value = given[place] ?? "";
    const told = control.value !== (control.dataset.default ?? "");
    const tells = control.type === "checkbox" ? control.checked && !control.closest("[data-citations]") : told;
    if (!tells || control.type === "hidden") continue;
    for (let box = control.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  }
}

function forget() {
  if (!confirm(text("sure"))) return;
  keeping = false;
  localStorage.removeItem(DRAFT);
  form.reset();
  location.assign(form.dataset.check);
}
