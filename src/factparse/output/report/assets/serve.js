// The server's own page: what is pasted or dropped is sent to this server, and its report is shown in a frame that may
// run the report's script and reach nothing else.
(() => {
  const form = document.getElementById("given"), words = document.getElementById("words");
  const file = document.getElementById("file"), view = document.getElementById("view");
  const state = document.getElementById("state"), pages = document.getElementById("pages");
  const page = document.getElementById("page"), example = document.getElementById("example");
  let sent = null;

  async function read(number = 0) {
    if (!sent) return;
    state.textContent = "Reading …";
    const query = new URLSearchParams({ name: sent.name, page: number });
    try {
      const answer = await fetch(`/report?${query}`, {
        method: "POST", body: sent.data, headers: { "Content-Type": "application/octet-stream" },
      });
      const text = await answer.text();
      if (!answer.ok) {
        state.textContent = JSON.parse(text).error.message;
        view.hidden = true;
        return;
      }
      offer(Number(answer.headers.get("X-Pages")), number);
      view.srcdoc = text;
      view.hidden = false;
      state.textContent = "";
    } catch (error) {
      state.textContent = `The server did not answer: ${error.message}`;
    }
  }
  function offer(count, number) {
    pages.hidden = count < 2;
    page.replaceChildren(...Array.from({ length: count }, (_, each) => new Option(`${each + 1} of ${count}`, each)));
    page.value = String(number);
  }
  function send(name, data) {
    sent = { name, data };
    return read();
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const html = /<(!doctype|html|body|table|tr|div|p)\b/i.test(words.value);
    send(html ? "pasted.html" : "pasted.txt", new Blob([words.value]));
  });
  file.addEventListener("change", () => { if (file.files.length) send(file.files[0].name, file.files[0]); });
  page.addEventListener("change", () => read(Number(page.value)));
  example.addEventListener("click", () => {
    words.value = example.dataset.text;
    form.requestSubmit();
  });
  addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  addEventListener("dragleave", () => form.classList.remove("over"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    const [dropped] = event.dataTransfer.files;
    if (dropped) send(dropped.name, dropped);
  });
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
})();
