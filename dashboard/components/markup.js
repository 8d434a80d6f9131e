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
    if (data.tell) setTriggerValue("go", link.getAttribute("href"));
    else follow(link.getAttribute("href"));
  };
}

/* As the browser's own back and forward: Streamlit then shows what the address says, in one step of the history. */
function follow(address) {
  const here = location.pathname;
  history.pushState({ step: true }, "", address);
  window.dispatchEvent(new PopStateEvent("popstate", { state: { step: true } }));
  const main = document.querySelector("main");
  if (!main || location.pathname === here) return;
  main.scrollTo(0, 0);
  main.focus({ preventScroll: true });
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
