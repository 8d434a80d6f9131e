/* Parts of a page that come one by one push each other about: a page is laid out unseen until all are there, except
   for its heading, which nothing moves. Charts have their place before they are drawn, and are not waited for. */
const UNSEEN = "fp-coming";
const LONGEST_UNSEEN = 3000;
const NOT_YET = '.fp:empty, [data-testid="stBidiComponentRegular"]:empty';

const state = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState;

function isWhole() {
  const main = document.querySelector('[data-testid="stMain"]');
  if (state() !== "notRunning" || !main?.querySelector('h1, [data-testid="stAlert"]')) return false;
  if (main.querySelector(NOT_YET)) return false;
  return [...main.querySelectorAll('[data-testid="stSkeleton"]')].every((part) => part.closest('[class*="-chart"]'));
}

let shown = location.pathname;
let left = false;
let latest = null;

const comes = new MutationObserver(() => {
  if (left) {
    if (state() === "running") hide();
  } else if (isWhole()) settle();
  else if (!latest && document.querySelector('[data-testid="stMain"] h1')) latest = setTimeout(see, LONGEST_UNSEEN);
});

function watch() {
  comes.observe(document.documentElement, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-test-script-state"],
  });
}

function hide() {
  left = false;
  document.documentElement.classList.add(UNSEEN);
}

/* Laid out once where it stands, and seen in the next frame: what is seen hasn't moved. */
function settle() {
  comes.disconnect();
  requestAnimationFrame(() => setTimeout(() => (isWhole() ? see() : watch())));
}

function see() {
  comes.disconnect();
  clearTimeout(latest);
  latest = null;
  left = false;
  document.documentElement.classList.remove(UNSEEN);
}

/* Another page of ours: the one on screen is seen until the first part of the other comes. */
function move() {
  if (location.pathname === shown) return;
  shown = location.pathname;
  left = true;
  if (state() === "running") hide();
  clearTimeout(latest);
  latest = setTimeout(see, LONGEST_UNSEEN);
  watch();
}

const step = history.pushState;
history.pushState = function (...told) {
  step.apply(this, told);
  move();
};
addEventListener("popstate", move);

hide();
watch();
