/* As wide as css/print.css lays out a page. */
const PAPER = 960;
const REDRAWN = 900;

/* Light text on white can't be read: charts in dark colours are turned around. */
function isDark() {
  const shown = document.querySelector(".stApp");
  const [red, green, blue] = (shown ? getComputedStyle(shown).backgroundColor : "").match(/\d+/g) ?? [255, 255, 255];
  return 0.3 * red + 0.6 * green + 0.1 * blue < 128;
}

window.addEventListener("beforeprint", () => {
  document.documentElement.toggleAttribute("data-dark", isDark());
  for (const plot of document.querySelectorAll('[data-testid="stPlotlyChart"]')) {
    const drawn = plot.querySelector(".svg-container");
    if (drawn && drawn.offsetWidth > PAPER) drawn.style.zoom = PAPER / drawn.offsetWidth;
  }
});

window.addEventListener("afterprint", () => {
  document.documentElement.removeAttribute("data-dark");
  document.documentElement.classList.remove("fp-to-paper");
  for (const drawn of document.querySelectorAll('[data-testid="stPlotlyChart"] .svg-container')) drawn.style.zoom = "";
});

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("button[data-print]")) return;
  document.documentElement.classList.add("fp-to-paper");
  setTimeout(() => window.print(), document.querySelector('[data-testid="stPlotlyChart"]') ? REDRAWN : 0);
});
