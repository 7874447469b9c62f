// SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Keeps the practices chosen for comparison, and the reader's collection, in this browser only, and
// shows them in a tray. Without this script the buttons are links and the choice is in the address.

const tray = document.getElementById("vassoio");
const status = document.getElementById("annunci");
const SLUG = /^[a-z0-9-]+$/;
const CLOSED = "kb.tray-closed";

if (works()) {
  document.addEventListener("click", keep);
  if (tray) begin();
}

function works() {
  try {
    localStorage.setItem("kb.test", "1");
    localStorage.removeItem("kb.test");
    return true;
  } catch {
    return false;
  }
}

// The practices of a list, as {slug, name}; whatever else is stored is ignored.
function read(list) {
  try {
    const stored = JSON.parse(localStorage.getItem(`kb.${list}`)) ?? [];
    return stored.filter(({ slug, name }) => SLUG.test(slug) && typeof name === "string");
  } catch {
    return [];
  }
}

function write(list, practices) {
  localStorage.setItem(`kb.${list}`, JSON.stringify(practices));
}

function has(list, slug) {
  return read(list).some((practice) => practice.slug === slug);
}

// A link of the comparison's own page changes what is chosen to what it leads to.
function keep(event) {
  const link = event.target.closest("a[data-keep=confronto]");
  if (!link) return;
  const names = new Map([...document.querySelectorAll("[data-slug]")].map((e) => [e.dataset.slug, e.dataset.name]));
  const slugs = new URL(link.href).searchParams.getAll("p");
  write("confronto", slugs.map((slug) => ({ slug, name: names.get(slug) ?? slug })));
}

function begin() {
  dress();
  // Where a part of the page was replaced.
  document.addEventListener("live:swapped", dress);
  addEventListener("storage", () => show());
  // A page that comes back from the browser's memory may be older than the choice.
  addEventListener("pageshow", ({ persisted }) => { if (persisted) show(); });
  tray.querySelector(".tray-close").addEventListener("click", close);
  new ResizeObserver(makeRoom).observe(tray);
}

function dress() {
  for (const link of document.querySelectorAll("a[data-list]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = link.className;
    Object.assign(button.dataset, link.dataset, { add: link.firstElementChild.textContent });
    button.append(...link.childNodes);
    button.addEventListener("click", () => toggle(button.dataset));
    link.replaceWith(button);
  }
  show();
}

function toggle({ list, slug, name }) {
  const kept = read(list);
  const without = kept.filter((practice) => practice.slug !== slug);
  const most = Number(tray.dataset[camel("most", list)]);
  sessionStorage.removeItem(CLOSED);
  if (without.length < kept.length) {
    write(list, without);
    show();
  } else if (kept.length >= most) {
    show(tray.dataset[camel("full", list)].replace("#", most));
  } else {
    write(list, [...kept, { slug, name }]);
    show();
    say(`${tray.dataset[camel("added", list)].replace("#", short(name))} (${kept.length + 1})`);
  }
}

function camel(word, list) {
  return word + list[0].toUpperCase() + list.slice(1);
}

// What a practice is called, without what it is.
function short(name) {
  return name.split(" – ")[0];
}

function show(note = "") {
  const compared = read("confronto");
  const collected = read("raccolta");
  for (const button of document.querySelectorAll("button[data-list]")) {
    const { list, slug, add } = button.dataset;
    const on = has(list, slug);
    button.classList.toggle("tool-on", on);
    button.firstElementChild.textContent = on ? tray.dataset[camel("on", list)] : add;
  }
  tray.querySelector(".tray-list").replaceChildren(...compared.map(chip));
  tray.querySelector(".tray-compare").href = address(tray.dataset.compare, compared);
  tray.querySelector(".tray-compare").hidden = !compared.length;
  tray.querySelector(".tray-collection").href = address(tray.dataset.collection, collected);
  tray.querySelector(".tray-collection").hidden = !collected.length;
  tray.querySelector(".tray-count").textContent = collected.length;
  const line = tray.querySelector(".tray-note");
  line.textContent = note;
  line.hidden = !line.textContent;
  if (line.textContent) say(line.textContent);
  tray.hidden = sessionStorage.getItem(CLOSED) !== null || !(compared.length + collected.length);
}

function chip({ slug, name }) {
  const item = document.createElement("li");
  const label = document.createElement("span");
  const button = document.createElement("button");
  label.textContent = short(name);
  label.className = "tray-name";
  button.type = "button";
  button.className = "tray-remove";
  button.textContent = "×";
  button.setAttribute("aria-label", `${tray.dataset.off}: ${short(name)}`);
  button.addEventListener("click", () => {
    const place = [...item.parentElement.children].indexOf(item);
    toggle({ list: "confronto", slug, name });
    // The button is gone: its neighbour takes the focus, or what else is in the tray.
    const buttons = tray.querySelectorAll(".tray-remove");
    (buttons[Math.min(place, buttons.length - 1)] ?? main()).focus({ preventScroll: true });
  });
  item.append(label, button);
  return item;
}

function address(page, practices) {
  const query = new URLSearchParams(practices.map(({ slug }) => ["p", slug]));
  return practices.length ? `${page}?${query}` : page;
}

function close() {
  sessionStorage.setItem(CLOSED, "1");
  tray.hidden = true;
  main().focus({ preventScroll: true });
}

function main() {
  return document.querySelector("main");
}

// The browser scrolls what has the focus above the tray.
function makeRoom() {
  document.documentElement.style.scrollPaddingBottom = tray.hidden ? "" : `${tray.offsetHeight + 8}px`;
}

function say(text) {
  // Emptied first: the same words twice would not be read out again.
  status.textContent = "";
  setTimeout(() => { status.textContent = text; }, 100);
}
