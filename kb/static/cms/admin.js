// SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Teaches Decap CMS to read and write practices as `kb` does: values stay text (`no` is a word,
// `3.50` keeps its zero), keys stand in the order of the record model, lines are not folded, what
// is empty is left out. So a saved file differs from the one before only where somebody wrote.

(() => {
  // Read by Decap's script, which comes after this one.
  window.CMS_MANUAL_INIT = true;

  const FILE = /^\uFEFF?---[ \t]*\n(?:([\s\S]*?)\n)?---[ \t]*(?:\n([\s\S]*))?$/;
  // Codes, and the links between them: a list of these stands on one line.
  const CODE = /^[a-z0-9]+(-[a-z0-9]+)*( -> [a-z0-9]+(-[a-z0-9]+)*)?$/;
  // Texts that YAML takes as they are. Any other goes between quotes.
  const PLAIN = /^(?:-\d|[^\s\-?:,[\]{}#&*!|>'"%@`])[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*$/;
  const MEANS_MORE = /: |:$| #|\s$/;
  const UNPRINTABLE = /[\x7f-\x9f\u2028\u2029\ufeff]/g;

  document.addEventListener("DOMContentLoaded", () => {
    const order = JSON.parse(document.getElementById("key-order").textContent);
    window.CMS.registerCustomFormat("practice", "md", {
      fromFile: read,
      toFile: (data) => write(data, order),
    });
    window.CMS.init();
  });

  function read(text) {
    const parts = FILE.exec(text.replace(/\r\n?/g, "\n"));
    if (!parts) throw new Error("Il file non comincia con i campi fra due righe «---».");
    // No implicit types but true and false, which Decap's switches need.
    const schema = jsyaml.FAILSAFE_SCHEMA.extend(jsyaml.types.bool);
    const data = jsyaml.load(parts[1] ?? "", { schema }) ?? {};
    return { ...citationsListed(data), body: (parts[2] ?? "").trim() };
  }

  // Authors may write one citation without brackets; Decap's field wants a list.
  function citationsListed(value, key) {
    if (Array.isArray(value)) return value.map((item) => citationsListed(item));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, citationsListed(v, k)]));
    }
    return key === "source" ? [value] : value;
  }

  function write({ body = "", ...data }, order) {
    return ["---", ...mapping(filled(data) ?? {}, order), "---", "", body.trim(), ""].join("\n");
  }

  // The value without what is empty in it; undefined when nothing is left.
  function filled(value, key) {
    if (Array.isArray(value)) {
      const kept = value.map((item) => filled(item)).filter((item) => item !== undefined);
      if (key === "source" && kept.length === 1) return kept[0];
      return kept.length ? kept : undefined;
    }
    if (value && typeof value === "object") {
      const kept = Object.entries(value).map(([k, v]) => [k, filled(v, k)]);
      const left = kept.filter(([, v]) => v !== undefined);
      return left.length ? Object.fromEntries(left) : undefined;
    }
    const text = typeof value === "string" ? value.trim() : value;
    return text === "" || text === null ? undefined : text;
  }

  function mapping(data, order) {
    const known = Object.keys(order).filter((key) => key in data);
    const others = Object.keys(data).filter((key) => !(key in order));
    return [...known, ...others].flatMap((key) => pair(key, data[key], order[key] ?? {}));
  }

  function pair(key, value, order) {
    if (Array.isArray(value)) {
      if (value.every((item) => CODE.test(item))) return [`${key}: [${value.join(", ")}]`];
      return [`${key}:`, ...value.flatMap((item) => listItem(item, order))];
    }
    if (typeof value === "object") return [`${key}:`, ...indented(mapping(value, order))];
    return [`${key}: ${scalar(value)}`];
  }

  function listItem(item, order) {
    if (typeof item !== "object") return [`  - ${scalar(item)}`];
    const [first, ...rest] = mapping(item, order);
    return [`  - ${first}`, ...indented(indented(rest))];
  }

  function indented(lines) {
    return lines.map((line) => `  ${line}`);
  }

  function scalar(value) {
    const text = String(value);
    if (PLAIN.test(text) && !MEANS_MORE.test(text)) return text;
    const escaped = (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`;
    return JSON.stringify(text).replace(UNPRINTABLE, escaped);
  }
})();
