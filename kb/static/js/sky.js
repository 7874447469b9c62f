// SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Makes the constellation move: zoom, pan, the neighbours of the star pointed at, and one tab
// stop from which arrows lead from star to star. Without this script the stars are links.

const STEP = 1.4;
const CLOSEST = 6;
/** In px: less is a click, not a drag. */
const DRAG = 5;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

for (const sky of document.querySelectorAll(".sky")) {
  const near = neighbours(sky);
  const frames = [...sky.querySelectorAll("svg")].map((svg) => move(svg, near));
  const shown = () => frames.find((frame) => frame.svg.checkVisibility());
  const tools = document.createElement("div");
  tools.className = "sky-tools";
  tools.append(
    button("+", sky.dataset.in, () => shown().zoom(1 / STEP)),
    button("−", sky.dataset.out, () => shown().zoom(STEP)),
    button("⟲", sky.dataset.whole, () => shown().whole()),
  );
  const help = document.createElement("p");
  help.className = "sky-help";
  help.textContent = sky.dataset.help;
  sky.append(tools);
  sky.after(help);
}

function button(sign, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "night-button";
  made.textContent = sign;
  made.setAttribute("aria-label", label);
  made.title = label;
  made.addEventListener("click", act);
  return made;
}

/** Returns the numbers of the stars joined to each; the first frame says them for all. */
function neighbours(sky) {
  const found = new Map();
  for (const star of sky.querySelectorAll("[data-near]")) {
    found.set(star.dataset.star, new Set(star.dataset.near.trim().split(" ").filter(Boolean)));
  }
  return found;
}

function move(svg, near) {
  const start = svg.getAttribute("viewBox").split(" ").map(Number);
  const stars = [...svg.querySelectorAll(".star")].map((link) => {
    const group = link.querySelector("g");
    const [x, y, unit] = group.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
    return { link, group, x, y, unit, number: link.dataset.star };
  });
  const byLink = new Map(stars.map((star) => [star.link, star]));
  const byNumber = new Map(stars.map((star) => [star.number, star]));
  const touched = document.createElementNS("http://www.w3.org/2000/svg", "path");
  touched.setAttribute("class", "line line-touched");
  svg.insertBefore(touched, stars[0]?.link ?? null);
  let [left, top, width, height] = start;
  let drag = null;
  let dragged = false;

  function show() {
    svg.setAttribute("viewBox", `${left} ${top} ${width} ${height}`);
    for (const { group, x, y, unit } of stars) {
      group.setAttribute("transform", `translate(${x} ${y}) scale(${(unit * width) / start[2]})`);
    }
    // A finger scrolls the page until there is something to pan to.
    svg.style.touchAction = width < start[2] ? "none" : "";
  }

  function zoom(by, x = left + width / 2, y = top + height / 2) {
    const share = Math.min(Math.max((width * by) / start[2], 1 / CLOSEST), 1.5);
    const ratio = (start[2] * share) / width;
    left = x - (x - left) * ratio;
    top = y - (y - top) * ratio;
    width = start[2] * share;
    height = start[3] * share;
    show();
  }

  function whole() {
    [left, top, width, height] = start;
    show();
  }

  /** Brings a star into view. */
  function follow({ x, y }) {
    const edge = 0.06;
    left = Math.min(Math.max(left, x - width * (1 - edge)), x - width * edge);
    top = Math.min(Math.max(top, y - height * (1 - edge)), y - height * edge);
    show();
  }

  function touch(star) {
    const joined = star ? near.get(star.number) : new Set();
    for (const other of stars) {
      const lit = Boolean(star) && (other === star || joined.has(other.number));
      other.link.classList.toggle("is-touched", lit);
      other.link.classList.toggle("is-dim", Boolean(star) && !lit);
    }
    const ends = [...joined].map((number) => byNumber.get(number)).filter(Boolean);
    touched.setAttribute("d", ends.map((end) => `M${star.x} ${star.y}L${end.x} ${end.y}`).join(""));
  }

  function rove(star) {
    for (const { link } of stars) link.setAttribute("tabindex", "-1");
    star?.link.setAttribute("tabindex", "0");
  }

  /** Returns the nearest star in a direction; those aside count as farther. */
  function towards(from, [across, down]) {
    let best = null;
    let least = Infinity;
    for (const star of stars) {
      const ahead = (star.x - from.x) * across + (star.y - from.y) * down;
      const aside = Math.abs((star.x - from.x) * down) + Math.abs((star.y - from.y) * across);
      const far = ahead + 2 * aside;
      if (ahead > 0.5 && aside <= 2 * ahead && far < least) [best, least] = [star, far];
    }
    return best;
  }

  svg.addEventListener("pointerover", (event) => {
    const star = byLink.get(event.target.closest(".star"));
    if (star && !drag) touch(star);
  });
  svg.addEventListener("pointerout", (event) => {
    if (!event.relatedTarget?.closest?.(".star")) touch(byLink.get(document.activeElement) ?? null);
  });
  svg.addEventListener("focusin", (event) => {
    const star = byLink.get(event.target.closest(".star"));
    if (!star) return;
    rove(star);
    touch(star);
    if (star.link.matches(":focus-visible")) follow(star);
  });
  svg.addEventListener("focusout", () => touch(null));
  svg.addEventListener("keydown", (event) => {
    const star = byLink.get(document.activeElement);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (ARROWS[event.key]) (star && towards(star, ARROWS[event.key]))?.link.focus();
    else if (event.key === "+" || event.key === "=") zoom(1 / STEP, star?.x, star?.y);
    else if (event.key === "-") zoom(STEP, star?.x, star?.y);
    else if (event.key === "0") whole();
    else return;
    event.preventDefault();
  });

  const scale = () => width / svg.getBoundingClientRect().width;
  svg.addEventListener("wheel", (event) => {
    // Alone the wheel scrolls the page.
    if (!event.ctrlKey) return;
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    const at = [left + (event.clientX - box.left) * scale(), top + (event.clientY - box.top) * scale()];
    zoom(event.deltaY < 0 ? 1 / STEP : STEP, ...at);
  }, { passive: false });
  svg.addEventListener("pointerdown", (event) => {
    dragged = false;
    if (event.button === 0) drag = { x: event.clientX, y: event.clientY, left, top, scale: scale() };
  });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointermove", (event) => {
    if (!drag || (event.pointerType === "touch" && width >= start[2])) return;
    const [across, down] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!dragged && Math.hypot(across, down) < DRAG) return;
    if (!dragged) svg.setPointerCapture(event.pointerId);
    dragged = true;
    svg.parentElement.classList.add("is-moving");
    left = drag.left - across * drag.scale;
    top = drag.top - down * drag.scale;
    show();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    svg.addEventListener(end, () => {
      drag = null;
      svg.parentElement.classList.remove("is-moving");
    });
  }
  // A drag that ends on a star does not open it.
  svg.addEventListener("click", (event) => {
    if (dragged) event.preventDefault();
    dragged = false;
  }, true);

  rove(stars.find(({ link }) => link.hasAttribute("aria-current")) ?? stars[0]);
  return { svg, zoom, whole };
}
