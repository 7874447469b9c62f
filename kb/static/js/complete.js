// SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Completes the search box: the "editable combobox with list autocomplete" pattern of the
// ARIA Authoring Practices. Without this script the box is a plain form field.

const WAIT = 120;
const status = document.getElementById("annunci");

start(document);
document.addEventListener("live:swapped", (event) => start(event.target));

function start(root) {
  for (const input of root.querySelectorAll("input[data-suggestions]")) complete(input);
}

function complete(input) {
  const list = document.createElement("ul");
  let options = [];
  let chosen = -1;
  let timer = 0;
  let request = null;

  list.id = `${input.id}-completions`;
  list.className = "completions list-unstyled";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.label);
  input.closest(".input-group").append(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!options.length) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose((chosen + step + options.length + (chosen < 0 && step < 0 ? 1 : 0)) % options.length);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      window.location.assign(options[chosen].dataset.url);
    } else if (event.key === "Escape") {
      // An answer on its way would open the list again.
      stop();
      if (list.hidden) return;
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.form.addEventListener("submit", () => {
    stop();
    close();
  });

  function stop() {
    clearTimeout(timer);
    request?.abort();
  }

  async function ask() {
    stop();
    const typed = input.value.trim();
    if (typed.length < 2) return close();
    request = new AbortController();
    try {
      const address = `${input.dataset.suggestions}?q=${encodeURIComponent(typed)}`;
      const answer = await fetch(address, { signal: request.signal });
      if (answer.ok) show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function show(items) {
    if (!items.length || document.activeElement !== input) return close();
    options = items.map((item, number) => option(item, number));
    list.replaceChildren(...options);
    list.hidden = false;
    chosen = -1;
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
    status.textContent = input.dataset.count.replace("#", items.length);
  }

  function option(item, number) {
    const element = document.createElement("li");
    const kind = document.createElement("span");
    element.id = `${list.id}-${number}`;
    element.setAttribute("role", "option");
    element.setAttribute("aria-selected", "false");
    element.dataset.url = item.url;
    element.append(item.because ? `${item.because} → ${item.text}` : item.text);
    kind.className = "completion-kind";
    kind.textContent = item.kind;
    element.append(kind);
    // Before the box loses focus, which closes the list.
    element.addEventListener("mousedown", (event) => {
      event.preventDefault();
      window.location.assign(item.url);
    });
    return element;
  }

  function choose(number) {
    options.forEach((element, index) => element.setAttribute("aria-selected", String(index === number)));
    chosen = number;
    options[number].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[number].id);
  }

  function close() {
    // What another script has said since must stay.
    if (list.hidden) return;
    options = [];
    chosen = -1;
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    status.textContent = "";
  }
}
