// Adds to pages that work without it: narrowing lists, the slider of days, moving the map, keys, the words of the
// claim in hand, and searching in a published folder.
(() => {
  "use strict";
  const all = (what, root = document) => [...root.querySelectorAll(what)];
  const make = (tag, about = {}, ...inner) => {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(about)) node.setAttribute(key, value);
    node.append(...inner);
    return node;
  };
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // Narrowing a list on the page.
  for (const sieve of all("[data-sieve]")) {
    const items = all(sieve.dataset.sieve).map((item) => [item, plain(item.textContent)]);
    if (items.length < 4) continue;
    sieve.hidden = false;
    const input = sieve.querySelector("input");
    const output = sieve.querySelector("output");
    input.addEventListener("input", () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const [item, text] of items) {
        item.hidden = !words.every((word) => text.includes(word));
        shown += !item.hidden;
      }
      for (const day of all(".day")) day.hidden = !day.querySelector(".line:not([hidden])");
      output.textContent = words.length ? `${shown} of ${items.length}` : "";
    });
  }

  // The slider of days.
  for (const nav of all("[data-days]")) {
    const days = nav.dataset.days.split(" ");
    const at = Number(nav.dataset.at ?? days.length - 1);
    const input = make("input", { type: "range", min: 0, max: days.length - 1, value: at, "aria-label": "Day" });
    const output = make("output", {}, days[at]);
    const go = () => { location.href = `${nav.dataset.to}${days[input.value]}.html`; };
    input.addEventListener("input", () => {
      output.textContent = days[input.value];
      input.setAttribute("aria-valuetext", days[input.value]);
    });
    input.addEventListener("change", go);
    nav.prepend(make("span", { class: "range" }, input, output));
  }

  // Moving the map: buttons, wheel with a key held, dragging, arrow keys.
  const map = document.getElementById("map");
  if (map) {
    const whole = map.getAttribute("viewBox").split(" ").map(Number);
    let [x, y, w, h] = whole;
    const show = () => {
      w = Math.min(w, whole[2]); h = w * whole[3] / whole[2];
      x = Math.max(0, Math.min(x, whole[2] - w)); y = Math.max(0, Math.min(y, whole[3] - h));
      map.setAttribute("viewBox", [x, y, w, h].map((n) => n.toFixed(1)).join(" "));
      const size = w / whole[2];
      for (const g of all("a > g", map)) g.setAttribute("transform", g.getAttribute("transform").replace(/ ?scale\(.*|$/, ` scale(${size.toFixed(3)})`));
    };
    const near = (by, cx = x + w / 2, cy = y + h / 2) => {
      const to = Math.max(whole[2] / 12, Math.min(whole[2], w * by));
      x = cx - (cx - x) * to / w; y = cy - (cy - y) * to / w; w = to;
      show();
    };
    const move = (dx, dy) => { x += dx * w / 6; y += dy * h / 6; show(); };
    const acts = [["+", "Nearer", () => near(0.7)], ["−", "Farther", () => near(1 / 0.7)], ["⟲", "Whole map", () => { [x, y, w, h] = whole; show(); }]];
    const tools = make("div", { class: "tools" });
    for (const [sign, words, act] of acts) {
      const button = make("button", { type: "button", "aria-label": words, title: words }, sign);
      button.addEventListener("click", act);
      tools.append(button);
    }
    map.parentNode.append(tools);
    const point = (event) => {
      const box = map.getBoundingClientRect();
      return [x + (event.clientX - box.left) / box.width * w, y + (event.clientY - box.top) / box.height * h];
    };
    map.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      near(event.deltaY < 0 ? 0.85 : 1 / 0.85, ...point(event));
    }, { passive: false });
    let from = null;
    map.addEventListener("pointerdown", (event) => { if (event.button === 0 && event.pointerType === "mouse") from = [event.clientX, event.clientY, x, y, false]; });
    addEventListener("pointermove", (event) => {
      if (!from) return;
      const box = map.getBoundingClientRect();
      const [dx, dy] = [event.clientX - from[0], event.clientY - from[1]];
      if (Math.hypot(dx, dy) > 4) from[4] = true;
      x = from[2] - dx / box.width * w; y = from[3] - dy / box.height * h;
      show();
    });
    addEventListener("pointerup", () => { if (from && from[4]) map.addEventListener("click", (event) => event.preventDefault(), { once: true, capture: true }); from = null; });
    map.addEventListener("dragstart", (event) => event.preventDefault());
    map.parentNode.addEventListener("keydown", (event) => {
      const act = { ArrowLeft: () => move(-1, 0), ArrowRight: () => move(1, 0), ArrowUp: () => move(0, -1), ArrowDown: () => move(0, 1), "+": () => near(0.7), "-": () => near(1 / 0.7), 0: acts[2][2] }[event.key];
      if (act && !event.altKey && !event.ctrlKey && !event.metaKey) { event.preventDefault(); act(); }
    });
  }

  // In a report: the words of the claim in hand.
  const light = () => {
    const id = location.hash.replace(/^#[cn]-/, "");
    for (const node of all(".lit")) node.classList.remove("lit");
    if (!/^[0-9a-f]+$/.test(id)) return;
    for (const node of all("[data-c]")) if (node.dataset.c.split(" ").includes(id)) node.classList.add("lit");
  };
  addEventListener("hashchange", light);
  light();
  const text = document.querySelector("article.text");
  if (text) {
    const over = (on) => (event) => {
      const claim = event.target.closest?.("[data-c]");
      if (!claim) return;
      const ids = claim.dataset.c.split(" ");
      for (const node of all("[data-c]")) if (node.dataset.c.split(" ").some((id) => ids.includes(id))) node.classList.toggle("lit", on);
      if (!on) light();
    };
    for (const part of [text, document.querySelector(".notes")]) { part.addEventListener("mouseover", over(true)); part.addEventListener("mouseout", over(false)); }
  }

  // Keys: "/" to search, j and k from one line to the next.
  const stops = all(".line, .dispute, .note, .meeting, ul.reports > li, .names li, tbody tr");
  let at = -1;
  addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest?.("input, select, textarea, #map, .tools")) return;
    if (event.key === "/") { event.preventDefault(); document.getElementById("q")?.focus(); }
    const step = { j: 1, k: -1 }[event.key];
    if (!step || !stops.length) return;
    at = Math.max(0, Math.min(stops.length - 1, at + step));
    const link = stops[at].querySelector("a[href]");
    link?.focus({ preventScroll: true });
    stops[at].scrollIntoView({ block: "center" });
  });

  // Searching in a published folder.
  const found = document.getElementById("found");
  if (found) {
    const asked = new URLSearchParams(location.search).get("q") ?? "";
    const words = plain(asked).split(/\s+/).filter(Boolean);
    document.getElementById("q").value = asked;
    const script = make("script", { src: found.dataset.index });
    script.addEventListener("load", () => {
      document.getElementById("no-index").hidden = true;
      if (!words.length) return;
      const hits = window.rapporteur.filter(([, name, body]) => { const text = plain(`${name} ${body}`); return words.every((word) => text.includes(word)); });
      const list = make("ul", { class: "reports" });
      for (const [path, name, body] of hits.slice(0, 50)) {
        const where = Math.max(0, plain(body).indexOf(words[0]));
        const part = body.slice(Math.max(0, where - 120), where + 200).replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, " ");
        list.append(make("li", {}, make("p", {}, make("a", { href: path }, name)), make("blockquote", { dir: "auto" }, `…${part}…`)));
      }
      found.append(make("p", {}, `${hits.length} ${hits.length === 1 ? "report has" : "reports have"} all of these words`), list);
    });
    document.head.append(script);
  }
})();
