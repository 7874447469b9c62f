// SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Adds a button that copies the text of each element with `data-copy`, the button's label.

for (const source of document.querySelectorAll("[data-copy]")) offer(source);
// Where a part of the page was replaced.
document.addEventListener("live:swapped", ({ target }) => {
  for (const source of target.querySelectorAll("[data-copy]")) offer(source);
});

function offer(source) {
  const row = document.createElement("p");
  const button = document.createElement("button");
  const said = document.createElement("span");
  row.className = "copy-row d-flex flex-wrap align-items-center";
  button.type = "button";
  button.className = "btn btn-outline-primary btn-sm";
  button.textContent = source.dataset.copy;
  said.setAttribute("role", "status");
  row.append(button, said);
  source.after(row);
  button.addEventListener("click", async () => {
    // Emptied first: the same words twice would not be read out again.
    said.textContent = "";
    said.textContent = (await copy(source)) ? source.dataset.copied : source.dataset.selected;
  });
}

// Browsers refuse the clipboard without permission, and have none on plain http: then the text is
// selected, ready for the reader's own copy command.
async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    return true;
  } catch {
    window.getSelection().selectAllChildren(source);
    return false;
  }
}
