const exact = new Map(Object.entries(EXACT));
const patterns = PATTERNS.map(([pattern, said]) => [new RegExp(pattern), said]);
const LABELS = ["aria-label", "aria-description", "aria-valuetext", "placeholder", "title", "alt"];
const LONGEST = 200;

function inSwedish(text) {
  const trimmed = text.trim();
  if (!trimmed || trimmed.length > LONGEST) return null;
  const known = exact.get(trimmed);
  if (known) return text.replace(trimmed, () => known);
  const found = patterns.find(([pattern]) => pattern.test(trimmed));
  return found ? trimmed.replace(found[0], found[1]) : null;
}

/* Our own markup is Swedish already, and charts have their own words. */
const ours = (element) => element.closest?.(".fp, .js-plotly-plot") != null;

function label(element) {
  for (const name of LABELS) {
    const text = element.getAttribute(name);
    const said = text && inSwedish(text);
    if (said) element.setAttribute(name, said);
  }
}

function text(node) {
  const said = inSwedish(node.data);
  if (said) node.data = said;
}

function whole(root) {
  if (root.nodeType === Node.TEXT_NODE) {
    if (root.parentElement && !ours(root.parentElement)) text(root);
    return;
  }
  if (root.nodeType !== Node.ELEMENT_NODE || ours(root)) return;
  label(root);
  const kinds = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;
  const walker = document.createTreeWalker(root, kinds, (node) =>
    node.matches?.(".fp, .js-plotly-plot, script, style") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE) text(node);
    else label(node);
  }
}

new MutationObserver((changes) => {
  for (const change of changes) {
    if (change.type === "childList") change.addedNodes.forEach(whole);
    else if (change.type === "characterData") whole(change.target);
    else if (!ours(change.target)) label(change.target);
  }
}).observe(document.documentElement, {
  subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: LABELS,
});

/* Streamlit runs the script anew at a bare "r" and offers to empty caches at "c": single keys that nobody can
   switch off (WCAG 2.1.4), and that a reader of a screen or somebody who dictates meets by accident. */
window.addEventListener(
  "keydown",
  (event) => {
    const bare = !(event.ctrlKey || event.metaKey || event.altKey);
    const writing = event.target.closest?.("input, textarea, select, [contenteditable], [role=listbox], [role=combobox]");
    if (bare && !writing && /^[rc]$/i.test(event.key)) event.stopImmediatePropagation();
  },
  true,
);

/* The skip link's focus goes where it says, and the address stays one that can be shared. */
document.addEventListener(
  "click",
  (event) => {
    const main = event.target.closest?.('[data-testid="stSkipToContent"]') && document.querySelector("main");
    if (!main) return;
    event.preventDefault();
    event.stopPropagation();
    if (!main.hasAttribute("tabindex")) main.tabIndex = -1;
    main.focus();
  },
  true,
);
