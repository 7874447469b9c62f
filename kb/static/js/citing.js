// SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// In the form that proposes a practice, whoever cites a source chooses among those given.
// propose.js tells when they have changed.

const form = document.getElementById("modulo");

form.addEventListener("propose:sources", cite);
form.addEventListener("input", ({ target }) => { if (/^sources\.\d+\.title$/.test(target.name)) cite(); });
form.addEventListener("click", ({ target }) => {
  const { code, into } = target.closest("button")?.dataset ?? {};
  if (code) insert(document.getElementById(into), ` [^${code}]`);
});

function sources() {
  return [...form.querySelectorAll('[data-row^="sources."]')].map((row) => ({
    code: row.querySelector('[name$=".id"]').value,
    title: row.querySelector('[name$=".title"]').value.trim(),
  }));
}

function cite() {
  const given = sources();
  for (const box of form.querySelectorAll("[data-citations]")) choices(box, given);
  for (const area of form.querySelectorAll("[data-cited]")) buttons(area, given);
}

function choices(box, given) {
  const list = box.querySelector("ul");
  const checked = new Set([...list.querySelectorAll("input:checked")].map((input) => input.value));
  const items = [...list.children];
  // The only source is ticked to begin with: with a second one, whoever writes must choose.
  if (items.length === 1 && given.length > 1) checked.clear();
  else if (checked.size === items.length && given.length === 1) checked.add(given[0].code);
  for (const item of items) if (!given.some(({ code }) => code === item.querySelector("input").value)) item.remove();
  for (const { code, title } of given) {
    let item = [...list.children].find((other) => other.querySelector("input").value === code);
    if (!item) {
      item = items[0].cloneNode(true);
      const [input, label] = item.children;
      Object.assign(input, { id: `${box.id}-${code}`, value: code });
      label.htmlFor = input.id;
      label.querySelector("strong").textContent = code;
      list.append(item);
    }
    item.querySelector("input").checked = checked.has(code);
    item.querySelector("span").textContent = title.slice(0, 60);
  }
}

function buttons(area, given) {
  const label = form.dataset.cite;
  let ways = area.parentElement.querySelector(".cite-ways");
  if (!ways) {
    ways = document.createElement("p");
    ways.className = "cite-ways";
    area.after(ways);
  }
  ways.replaceChildren(...given.map(({ code, title }) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tool";
    button.textContent = `${label} ${code}`;
    button.title = title;
    Object.assign(button.dataset, { code, into: area.id });
    return button;
  }));
}

function insert(area, mark) {
  const { selectionEnd: end, value } = area;
  area.setRangeText(!end || /\s$/.test(value.slice(0, end)) ? mark.trim() : mark, end, end, "end");
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
