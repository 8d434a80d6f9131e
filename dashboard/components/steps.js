/* One press of the menu is one step back, to the page as it was. Streamlit writes the address of the page that it comes
   to more than once, and what it says of that page's filters may come before the page's own address does: then it is
   kept for the page to come, since the address on screen is still that of the page that is left. */
let coming = null;

addEventListener("pointerdown", () => (coming = null), true);
addEventListener("keydown", () => (coming = null), true);
addEventListener("popstate", () => (coming = null), true);
addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.("a[href]");
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !plain || link.target || link.closest(".fp") || link.origin !== location.origin) return;
    if (link.pathname !== location.pathname) coming = { search: null };
  },
  true,
);

const push = history.pushState;
history.pushState = function (state, title, address) {
  const next = new URL(address ?? "", location.href);
  if (state?.step) return push.call(this, state, title, address);
  if (next.pathname === location.pathname) {
    if (!coming) return history.replaceState.call(this, state, title, address);
    coming.search = next.search;
    return undefined;
  }
  if (coming?.search != null) next.search = coming.search;
  coming = null;
  return push.call(this, state, title, next);
};
