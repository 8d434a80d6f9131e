/* Parts of a page that come one by one push each other about: a page is laid out unseen until all are there, except
   for its heading, which nothing moves. Charts have their place before they are drawn, and are not waited for. */
const UNSEEN = "fp-coming";
const LONGEST_UNSEEN = 3000;
const NOT_YET = '.fp:empty, [data-testid="stBidiComponentRegular"]:empty';

function isWhole() {
  const app = document.querySelector('[data-testid="stApp"]');
  if (app?.dataset.testScriptState !== "notRunning") return false;
  const main = document.querySelector('[data-testid="stMain"]');
  if (!main?.querySelector('h1, [data-testid="stAlert"]') || main.querySelector(NOT_YET)) return false;
  return [...main.querySelectorAll('[data-testid="stSkeleton"]')].every((part) => part.closest('[class*="-chart"]'));
}

let latest;
const comes = new MutationObserver(() => {
  if (isWhole()) settle();
  else if (!latest && document.querySelector('[data-testid="stMain"] h1')) latest = setTimeout(see, LONGEST_UNSEEN);
});

/* Laid out once where it stands, and seen in the next frame: what is seen hasn't moved. */
function settle() {
  comes.disconnect();
  requestAnimationFrame(() => setTimeout(() => (isWhole() ? see() : watch())));
}

function see() {
  comes.disconnect();
  clearTimeout(latest);
  document.documentElement.classList.remove(UNSEEN);
}

function watch() {
  comes.observe(document.documentElement, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-test-script-state"],
  });
}

document.documentElement.classList.add(UNSEEN);
watch();
