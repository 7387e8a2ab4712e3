// Facts are shown in three places: marked in the cells, marked in the text, and as rows of a table. A fact is known by
// its number in the data of the page. All of it is put into the page as text, never as markup.
(() => {
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const form = document.getElementById("filters");
  const card = document.getElementById("card");
  const text = document.getElementById("text");
  const lines = [...document.querySelectorAll("[data-fact]")];
  const marks = [...document.querySelectorAll("mark")];
  const marksOf = facts.map(() => []);
  for (const mark of marks) for (const number of numbers(mark)) marksOf[number].push(mark);
  let hidden = facts.map(() => false);
  let chosen = null;

  function numbers(mark) { return mark.dataset.facts.split(" ").map(Number); }
  const YEARS = new Set(["year", "years"]), NUMBER = new Intl.NumberFormat("en", { maximumFractionDigits: 15 });
  function plain(value, name) {
    if (Array.isArray(value)) return value.map((each) => plain(each, name)).join(", ");
    if (typeof value === "number") return YEARS.has(name) ? String(value) : NUMBER.format(value);
    if (typeof value === "boolean") return value ? "yes" : "no";
    return value === null ? "not given" : plainText(value);
  }

  // ---- the card: what a fact says
  const APART = new Set(["type", "span", "text"]);
  let near = null, byKey = false; // beside which mark the card stands, and whether a key opened it
  function show(numbersShown, beside, key = false) {
    near = beside;
    byKey = key;
    card.replaceChildren(...numbersShown.flatMap((number) => {
      const name = make("span", facts[number].type, "type");
      name.dataset.type = facts[number].type;
      const list = make("dl");
      for (const [key, value] of Object.entries(facts[number])) {
        if (!APART.has(key)) list.append(make("dt", key.replaceAll("_", " ")), make("dd", plain(value, key)));
      }
      return [name, list];
    }));
    card.hidden = false;
    place();
  }
  function place() {
    if (card.hidden) return;
    const box = near.getClientRects()[0] ?? near.getBoundingClientRect();
    const { width, height } = card.getBoundingClientRect();
    const below = box.bottom + 8;
    card.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
    card.style.top = `${below + height < innerHeight ? below : Math.max(8, box.top - height - 8)}px`;
  }
  function close() {
    card.hidden = true;
    byKey = false;
    for (const mark of document.querySelectorAll("mark.near")) mark.classList.remove("near");
  }
  function make(name, words = "", kind = "") {
    const made = document.createElement(name);
    made.textContent = words;
    if (kind) made.className = kind;
    return made;
  }
  const inView = (mark) => (mark ? numbers(mark).filter((number) => !hidden[number]) : []);
  addEventListener("mouseover", (event) => {
    const mark = event.target.closest?.("mark");
    const seen = inView(mark);
    if (seen.length || !byKey) close(); // what a key opened stays until another key, or a fact that is pointed at
    if (!seen.length) return;
    for (const other of marksOf[seen[0]]) other.classList.add("near");
    show(seen, mark);
  });

  // ---- one fact is chosen: from the text to the table, and back
  function choose(number, { table = false, source = false, focus = false } = {}) {
    const before = chosen;
    if (before !== null) {
      lines[before].classList.remove("chosen");
      lines[before].tabIndex = -1;
      for (const mark of marksOf[before]) mark.classList.remove("chosen");
    }
    chosen = number;
    if (number === null) { lines.find((line) => !line.hidden)?.setAttribute("tabindex", "0"); return; }
    for (const line of lines) line.tabIndex = -1;
    lines[number].tabIndex = 0;
    lines[number].classList.add("chosen");
    for (const mark of marksOf[number]) mark.classList.add("chosen");
    if (table) lines[number].scrollIntoView({ block: "nearest" });
    if (source) within(marksOf[number].find((mark) => text.contains(mark)));
    if (focus) (table ? lines[number] : text).focus({ preventScroll: true });
  }
  // The text moves in its own pane; only where it is not beside the table does the page move.
  function within(mark) {
    if (!mark) return;
    const box = text.getBoundingClientRect(), at = mark.getBoundingClientRect();
    if (at.top < box.top + 20 || at.bottom > box.bottom - 20) text.scrollTop += at.top - box.top - box.height / 3;
    if (box.top > innerHeight - 80 || box.bottom < 80) mark.scrollIntoView({ block: "center" });
  }
  addEventListener("click", (event) => {
    const mark = event.target.closest?.("mark");
    const line = event.target.closest?.("[data-fact]");
    const seen = inView(mark);
    if (seen.length) {
      // A second click where facts lie in one another goes to the next one.
      const next = seen[(seen.indexOf(chosen) + 1) % seen.length];
      choose(next, { table: text.contains(mark), source: !text.contains(mark) });
    } else if (line) choose(Number(line.dataset.fact), { source: true });
  });

  // ---- why a row was divided there: its borders in the text
  for (const details of document.querySelectorAll("details")) {
    const row = details.closest("[data-row]").dataset.row;
    const edges = [...document.querySelectorAll(`.edge[data-row="${row}"]`)];
    details.addEventListener("toggle", () => {
      for (const edge of edges) edge.classList.toggle("open", details.open);
      if (details.open) within(edges.find((edge) => !edge.classList.contains("other")));
    });
  }

  // ---- filters
  const pressed = () => [...form.querySelectorAll("[data-filter]")].filter((each) => each.ariaPressed === "true");
  const contents = lines.map((line, number) => `${line.textContent} ${facts[number].text}`.toLowerCase());
  function filter() {
    const types = new Set(pressed().map((each) => each.dataset.filter));
    const field = form.field.value, country = form.country.value, least = Number(form.least.value);
    const words = form.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    document.getElementById("least-said").textContent = least ? least.toFixed(2) : "any";
    hidden = facts.map((fact, number) => !(types.has(fact.type) && (field === "*" || fact.field === field)
      && (country === "*" || (fact.subject ?? "") === country) && (fact.confidence ?? 1) >= least
      && words.every((word) => contents[number].includes(word))));
    lines.forEach((line, number) => { line.hidden = hidden[number]; });
    for (const mark of marks) mark.classList.toggle("off", !inView(mark).length);
    for (const row of document.querySelectorAll("tbody[data-row]")) {
      const other = field !== "*" && row.dataset.field !== field;
      row.classList.toggle("off", other || Number(row.dataset.sure) < least);
    }
    for (const topic of document.querySelectorAll(".topic")) topic.hidden = !topic.querySelector("tbody:not(.off)");
    const left = hidden.filter((each) => !each).length;
    document.getElementById("shown").textContent =
      left === facts.length ? `${left} facts` : `${left} of ${facts.length} facts`;
    if (chosen !== null && hidden[chosen]) choose(null);
    else if (chosen === null) choose(null);
  }
  form?.addEventListener("input", filter);
  form?.addEventListener("submit", (event) => event.preventDefault());
  form?.addEventListener("reset", () => {
    for (const each of form.querySelectorAll("[data-filter]")) each.ariaPressed = "true";
    setTimeout(filter);
  });
  form?.addEventListener("click", (event) => {
    const button = event.target.closest("[data-filter]");
    if (!button) return;
    // From all types to one, and from one back to all: what one mostly wants. Else a type more or less.
    const all = [...form.querySelectorAll("[data-filter]")], on = pressed();
    if (on.length === all.length && all.length > 1) for (const each of all) each.ariaPressed = String(each === button);
    else if (on.length === 1 && on[0] === button) for (const each of all) each.ariaPressed = "true";
    else button.ariaPressed = String(button.ariaPressed !== "true");
    filter();
  });

  // ---- copy what is shown
  const quoted = (value) => {
    const words = Array.isArray(value) ? JSON.stringify(value) : value === null || value === undefined ? "" : String(value);
    // A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers are left alone.
    const safe = typeof value !== "number" && /^'*[=+\-@\t\r\n]/.test(words) ? `'${words}` : words;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  function csv(shown) {
    const names = [...new Set(shown.flatMap((fact) => Object.keys(fact)))];
    return [names, ...shown.map((fact) => names.map((name) => fact[name]))]
      .map((line) => line.map(quoted).join(",")).join("\r\n") + "\r\n";
  }
  async function copy(kind) {
    const shown = facts.filter((_, number) => !hidden[number]);
    const words = kind === "csv" ? csv(shown) : JSON.stringify(shown, null, 1);
    const done = await navigator.clipboard?.writeText(words).then(() => true, () => false) || copyOldWay(words);
    document.getElementById("copied").textContent = done ? `${shown.length} copied` : "The browser did not allow it";
  }
  function copyOldWay(words) {
    const area = make("textarea");
    area.value = words;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", () => copy(button.dataset.copy));
  }

  // ---- keys
  const STEP = { ArrowRight: 1, ArrowDown: 1, j: 1, ArrowLeft: -1, ArrowUp: -1, k: -1 };
  function step(by, table) {
    const left = facts.map((_, number) => number).filter((number) => !hidden[number]);
    if (!left.length) return;
    const at = chosen === null ? (by > 0 ? -1 : 0) : left.indexOf(chosen);
    const next = left[(at + by + left.length) % left.length];
    choose(next, { table, source: true, focus: true });
    const mark = marksOf[next].find((each) => text.contains(each));
    if (!table && mark) show([next], mark, true);
  }
  addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.key === "Escape") { close(); if (!target.matches("select")) form?.reset(); choose(null); return; }
    if (target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const inTable = Boolean(target.closest("[data-fact]"));
    const inText = target === text || target === document.body;
    if (event.key in STEP && (inTable || inText) && !(target === document.body && event.key.startsWith("Arrow"))) {
      event.preventDefault();
      step(STEP[event.key], inTable);
    } else if (event.key === "Enter" && chosen !== null && (inTable || target === text)) {
      close();
      choose(chosen, { table: !inTable, source: inTable, focus: true });
    } else if (event.key === "/" && form) { event.preventDefault(); form.words.focus(); }
    else if (event.key === "c" && facts.length) copy("csv");
  });
  addEventListener("scroll", place, { passive: true, capture: true });
})();
