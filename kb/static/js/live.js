// SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Follows the links and forms of a `data-live` box that lead to the same page with other
// parameters: fetches that page and swaps the box. Addresses, history, title and what the server
// answers are those of a site without this script; on any trouble the browser loads the page.

const box = document.querySelector("[data-live]");
const status = document.getElementById("annunci");
// What in the head speaks of the address.
const HEAD =
  "meta[name=description], meta[name=robots], meta[property], link[rel=canonical], link[rel=alternate]";
let shown = bare(location);
let request = null;

if (box) {
  box.addEventListener("click", follow);
  box.addEventListener("submit", send);
  addEventListener("popstate", comeBack);
  document.addEventListener("scrollend", () => remember());
  // The browser scrolls before the old content is back, so here we do it; but it is the one to do
  // it when the reader comes back from another page.
  addEventListener("pageshow", () => {
    history.scrollRestoration = "manual";
    remember();
  });
  addEventListener("pagehide", () => { history.scrollRestoration = "auto"; });
}

function bare(url) {
  return url.pathname + url.search;
}

function isHere(url) {
  return url.origin === location.origin && url.pathname === location.pathname;
}

function follow(event) {
  const link = event.target.closest("a[href]");
  const special = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!link || special || link.target || link.hasAttribute("download")) return;
  const url = new URL(link.href);
  if (!isHere(url) || bare(url) === shown) return;
  event.preventDefault();
  visit(url, link);
}

function send(event) {
  const form = event.target;
  const url = new URL(form.action);
  if (form.method !== "get" || !isHere(url)) return;
  event.preventDefault();
  url.search = new URLSearchParams(new FormData(form));
  // Who asks for other words wants to read what is found, and on a phone to see it.
  visit(url, form.getAttribute("role") === "search" ? null : event.submitter);
}

async function visit(url, control) {
  const page = await load(url, () => location.assign(url));
  if (!page) return;
  remember(control?.id);
  if (bare(url) !== shown) history.pushState(null, "", url);
  const place = placeOf(control);
  swap(page);
  const kept = settle(control?.id);
  if (place && kept?.id === control.id) putBack(kept, place);
  else document.activeElement.scrollIntoView({ block: "nearest" });
  remember(kept?.id);
}

async function comeBack({ state }) {
  request?.abort();
  if (bare(location) !== shown) {
    const page = await load(location, () => location.reload());
    if (!page) return;
    swap(page);
    settle(state?.focus);
  }
  // A jump within the page has no state, and scrolls by itself.
  if (state) scrollTo(...state.scroll);
}

async function load(url, fail) {
  request?.abort();
  request = new AbortController();
  const { signal } = request;
  box.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok || !page.querySelector("[data-live]")) throw new Error(answer.statusText);
    return page;
  } catch {
    if (!signal.aborted) fail();
    return null;
  } finally {
    if (request.signal === signal) box.removeAttribute("aria-busy");
  }
}

function swap(page) {
  const open = new Map([...box.querySelectorAll("details[id]")].map((item) => [item.id, item.open]));
  box.replaceChildren(...page.querySelector("[data-live]").childNodes);
  for (const item of box.querySelectorAll("details[id]")) item.open = open.get(item.id) ?? item.open;
  document.title = page.title;
  for (const old of document.head.querySelectorAll(HEAD)) old.remove();
  document.head.append(...page.head.querySelectorAll(HEAD));
  for (const link of document.querySelectorAll("[data-live-address]")) {
    link.setAttribute("href", page.getElementById(link.id).getAttribute("href"));
  }
  shown = bare(location);
  box.dispatchEvent(new Event("live:swapped", { bubbles: true }));
}

function heading() {
  return box.querySelector("[data-live-heading]");
}

// Puts the focus on a wrong field, else where it was, else on the heading of the results; and says
// how many they are, unless a screen reader does so on its way. Returns the control, if kept.
function settle(id) {
  const wrong = box.querySelector("[aria-invalid=true]");
  const kept = wrong ?? (id ? document.getElementById(id) : null);
  (kept ?? heading()).focus({ preventScroll: true });
  if (kept && !wrong) say(heading().textContent);
  return kept;
}

function say(text) {
  // Emptied first: the same words twice would not be read out again.
  status.textContent = "";
  setTimeout(() => { status.textContent = text.trim(); }, 100);
}

// Where a control stands in the window and how far the boxes around it are scrolled.
function placeOf(control) {
  return control && {
    top: control.getBoundingClientRect().top,
    scrolled: around(control).map((element) => element.scrollTop),
  };
}

function putBack(control, { top, scrolled }) {
  around(control).forEach((element, level) => { element.scrollTop = scrolled[level] ?? 0; });
  scrollBy(0, control.getBoundingClientRect().top - top);
}

function around(control) {
  const found = [];
  for (let element = control; element !== box; element = element.parentElement) found.push(element);
  return found;
}

function remember(focus = history.state?.focus) {
  history.replaceState({ focus, scroll: [scrollX, scrollY] }, "");
}
