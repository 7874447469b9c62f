// SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Loads the page anew when its text, or what is wrong with it, has changed. It asks five times per
// second: a connection kept open would take one of the server's few threads for each page.

const EVERY = 200;
const PATIENCE = 5000;
const { watch: address, state } = document.getElementById("salvataggi").dataset;

async function look() {
  try {
    const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok && (await answer.json()).state !== state && !typing()) {
      location.reload();
      return;
    }
  } catch {
    // The server is being started again, or is busy.
  }
  setTimeout(look, EVERY);
}

// Nobody loses what they have begun to write.
function typing() {
  const field = document.activeElement;
  return Boolean(field) && "defaultValue" in field && field.value !== field.defaultValue;
}

setTimeout(look, EVERY);
