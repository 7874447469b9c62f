// SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// The reader's collection and notes, kept in this browser only: notes are stored by practice, under
// a name of their own, and no request carries them. On a booklet's page, prints it with the notes.

const page = document.getElementById("raccolta");
const NOTES = "kb.notes";

try {
  if (page) open();
  notesOnPaper();
  printing();
} catch (error) {
  // Without storage the page is what it is without script.
  if (!(error instanceof DOMException)) throw error;
}

function stored(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function collected() {
  const list = stored("kb.raccolta");
  return Array.isArray(list) ? list.filter((item) => typeof item?.slug === "string" && typeof item.name === "string") : [];
}

function noted() {
  const notes = stored(NOTES);
  return notes?.constructor === Object ? notes : {};
}

function shown() {
  return [...document.querySelectorAll(".collected-item")].map(({ dataset }) => ({ slug: dataset.slug, name: dataset.name }));
}

function open() {
  const mine = collected();
  const here = shown();
  if (!here.length && mine.length && !location.search) {
    const query = new URLSearchParams(mine.map(({ slug }) => ["p", slug]));
    location.replace(`${page.dataset.address}?${query}`);
    return;
  }
  if (same(mine, here)) own();
  else if (here.length) offer();
  writeNotes();
  forgetting();
}

function same(one, other) {
  return one.map(({ slug }) => slug).join(" ") === other.map(({ slug }) => slug).join(" ");
}

// What moves or takes away a practice of the reader's own collection changes what is kept.
function own() {
  page.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-keep]");
    if (!link) return;
    const names = new Map(shown().map(({ slug, name }) => [slug, name]));
    const slugs = new URL(link.href).searchParams.getAll("p");
    keep(slugs.map((slug) => ({ slug, name: names.get(slug) })));
  });
}

function keep(practices) {
  localStorage.setItem("kb.raccolta", JSON.stringify(practices));
}

// A collection that came by its address is the reader's when they say so.
function offer() {
  const box = document.getElementById("condivisa");
  box.hidden = false;
  document.getElementById("tieni").addEventListener("click", () => {
    const here = shown();
    const others = collected().filter(({ slug }) => !here.some((practice) => practice.slug === slug));
    keep([...here, ...others]);
    const query = new URLSearchParams([...here, ...others].map(({ slug }) => ["p", slug]));
    location.assign(`${page.dataset.address}?${query}`);
  });
}

function writeNotes() {
  const fields = document.querySelectorAll(".collected-note");
  if (!fields.length) return;
  document.getElementById("note").hidden = false;
  for (const box of fields) {
    const { slug } = box.closest("[data-slug]").dataset;
    const field = box.querySelector("textarea");
    field.value = noted()[slug] ?? "";
    field.addEventListener("input", () => {
      const notes = noted();
      if (field.value.trim()) notes[slug] = field.value;
      else delete notes[slug];
      localStorage.setItem(NOTES, JSON.stringify(notes));
    });
    box.hidden = false;
  }
}

function forgetting() {
  const box = document.getElementById("dimentica");
  box.hidden = !collected().length && !Object.keys(noted()).length;
  box.querySelector("button").addEventListener("click", () => {
    localStorage.removeItem("kb.raccolta");
    localStorage.removeItem(NOTES);
    location.assign(page.dataset.address);
  });
}

function notesOnPaper() {
  const notes = noted();
  for (const box of document.querySelectorAll("[data-note]")) {
    const note = notes[box.dataset.note];
    box.hidden = !note;
    box.querySelector("p").textContent = note ?? "";
  }
}

function printing() {
  const button = document.getElementById("stampa");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => print());
}
