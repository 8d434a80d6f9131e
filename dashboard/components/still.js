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

/* Streamlit is at work, or so quick that it is only seen to have been. */
const begins = (changes) =>
  state() !== "notRunning" || changes.some(({ target }) => target.closest('[data-testid="stMainBlockContainer"]'));

const comes = new MutationObserver((changes) => {
  if (left) {
    if (!begins(changes)) return;
    hide();
  }
  if (isWhole()) settle();
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
  requestAnimationFrame(() => setTimeout(() => (isWhole() && !left ? see() : watch())));
}

function see() {
  comes.disconnect();
  clearTimeout(latest);
  latest = null;
  left = false;
  document.documentElement.classList.remove(UNSEEN);
}

/* Another page of ours: the one on screen is seen until the other comes. */
function move() {
  if (location.pathname === shown) return;
  shown = location.pathname;
  left = true;
  clearTimeout(latest);
  latest = setTimeout(see, LONGEST_UNSEEN);
  watch();
}

/* Streamlit writes the address when the other page is on its way. */
const step = history.pushState;
history.pushState = function (state, title, address) {
  step.call(this, state, title, address);
  move();
  if (left && !state?.step) document.documentElement.classList.add(UNSEEN);
};
addEventListener("popstate", move);

hide();
watch();
