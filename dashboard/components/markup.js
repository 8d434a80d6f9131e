export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".fp");
  if (root.dataset.html !== data.html) {
    root.dataset.html = data.html;
    root.innerHTML = data.html;
  }
  root.onclick = (event) => {
    const term = event.target.closest("button[data-says]");
    if (term) explain(term);
    const link = event.target.closest("a[data-go]");
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;
    if (!link || elsewhere) return;
    event.preventDefault();
    setTriggerValue("go", link.getAttribute("href"));
  };
}

/* The definition is made at the first use. The browser itself opens and closes it: click, Escape, click elsewhere. */
function explain(term) {
  if (term.popoverTargetElement) return;
  const box = document.createElement("div");
  const word = document.createElement("strong");
  box.className = "fp-says";
  box.popover = "auto";
  box.tabIndex = -1;
  box.autofocus = true;
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", `Vad ${term.dataset.term} betyder`);
  word.textContent = term.dataset.term;
  box.append(word, " ", term.dataset.says);
  term.after(box);
  term.popoverTargetElement = box;
}
