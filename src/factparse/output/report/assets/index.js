// A line a page, in the order of the data: the least sure first. Lines are made as they are needed, a few hundred at a
// time. Foreign text is put into the page as text, never as markup.
(() => {
  const { names, pages, levels } = JSON.parse(document.getElementById("pages").textContent);
  const list = document.getElementById("list"), more = document.getElementById("more");
  const form = document.getElementById("filters");
  const CHUNK = 300;
  const shown = names.map(plainText);
  const folded = shown.map((name) => name.toLowerCase());
  let left = pages, made = 0;

  const two = (number) => String(number).padStart(3, "0");
  const address = (number) => `pages/${String(Math.floor(number / 1000)).padStart(4, "0")}/${two(number % 1000)}.html`;
  const level = (sure) => levels.find(([, , least]) => sure >= least);
  const figure = (sure) => (Math.floor(sure * 100 + 1e-9) / 100).toFixed(2);

  function cell(kind, ...content) {
    const made = document.createElement("td");
    if (kind) made.className = kind;
    made.append(...content);
    return made;
  }
  function line([number, least, worst, rows, doubtful, facts, file, record, ...countries]) {
    const link = document.createElement("a");
    link.href = address(number);
    link.textContent = countries.map((each) => shown[each]).join(" vs. ") || "unknown countries";
    const [word, sign] = level(least), badge = document.createElement("span");
    badge.className = `badge ${word}`;
    badge.textContent = rows ? `${sign} ${word} ${figure(least)}` : "no row";
    const made = document.createElement("tr");
    made.append(cell("", link), cell("", badge, ` ${shown[worst]}`), cell("figure", doubtful || "–"), cell("figure", rows),
      cell("figure", facts), cell("from", !record ? shown[file] : `${shown[file]}, record ${record + 1}`));
    return made;
  }
  function extend() {
    const next = left.slice(made, made + CHUNK);
    list.append(...next.map(line));
    made += next.length;
    more.hidden = made >= left.length;
  }
  function filter() {
    const words = form.words.value.toLowerCase().split(/\s+/).filter(Boolean), most = Number(form.most.value);
    document.getElementById("most-said").textContent = most.toFixed(2);
    const hits = words.map((word) => folded.map((name) => name.includes(word)));
    left = pages.filter((page) => page[1] <= most
      && hits.every((hit) => hit[page[2]] || hit[page[6]] || page.slice(8).some((each) => hit[each])));
    list.replaceChildren();
    made = 0;
    extend();
    const all = left.length === pages.length;
    document.getElementById("shown").textContent =
      `${left.length.toLocaleString("en")}${all ? "" : ` of ${pages.length.toLocaleString("en")}`} pages`;
  }
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  more.addEventListener("click", extend);
  new IntersectionObserver((seen) => { if (seen.some((each) => each.isIntersecting)) extend(); }).observe(more);
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.matches("input")) { event.preventDefault(); form.words.focus(); }
    if (event.key === "Escape") form.reset();
  });
  filter();
})();
