// SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// What `make vendor` keeps of Bootstrap Italia's stylesheet.
module.exports = {
  content: [
    "templates/**/*.html",
    "kb/static/js/**/*.js",
    "kb/rendering.py",
    "kb/web/*.py",
  ],
  keyframes: true,
  fontFace: true,
  variables: true,
  safelist: {
    standard: [
      // What markdown turns into, and forms: named in no template.
      ..."html body blockquote code pre table thead tbody tr th td em strong abbr sup hr h4".split(" "),
      ..."input select textarea fieldset legend form-select form-label form-check".split(" "),
      // Names put together in templates: icon-{{ size }}.
      /^icon-(xs|sm|lg)$/,
      // Custom properties that css/site.css sets or reads.
      /^--bs-(body|link|border|table|btn|heading)/,
    ],
    // By this the public validator knows the design system and its version.
    variables: ["--bootstrap-italia-version"],
  },
};
