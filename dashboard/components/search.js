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

const MOST = 8;
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/* How well an entry fits: 0 a name of it begins so, 1 each word begins one of its name, 2 one of all; -1 not at all. */
function fit(entry, asked, words) {
  if (entry.name.startsWith(asked) || entry.other.startsWith(asked)) return 0;
  const begins = (text) => words.every((word) => text.some((part) => part.startsWith(word)));
  if (begins(entry.words)) return 1;
  return begins(entry.all) ? 2 : -1;
}

function found(entries, text) {
  const asked = plain(text.trim());
  if (!asked) return [];
  const words = asked.split(/\s+/);
  return entries
    .map((entry, place) => ({ entry, place, rank: fit(entry, asked, words) }))
    .filter((item) => item.rank >= 0)
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .map((item) => item.entry);
}

function read(bytes) {
  const split = (text) => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return JSON.parse(new TextDecoder().decode(bytes)).map(([label, kind, address, also]) => {
    const words = split(label);
    return { label, kind, address, name: plain(label), other: plain(also), words, all: [...words, ...split(also)] };
  });
}

export default function (component) {
  const { data, parentElement } = component;
  const field = parentElement.querySelector("input");
  const list = parentElement.querySelector("[role=listbox]");
  const status = parentElement.querySelector("[role=status]");
  let entries;
  let hits = [];
  let marked = 0;

  const mark = (place) => {
    marked = place;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === place)));
    const chosen = list.children[place];
    if (chosen) {
      field.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  };
  const draw = () => {
    entries ??= read(data);
    const all = found(entries, field.value);
    hits = all.slice(0, MOST);
    list.replaceChildren(
      ...hits.map((hit, at) => {
        const item = document.createElement("li");
        const kind = document.createElement("span");
        item.id = `fp-hit-${at}`;
        item.setAttribute("role", "option");
        item.dataset.at = at;
        kind.textContent = hit.kind;
        item.append(hit.label, " ", kind);
        return item;
      }),
    );
    const asked = field.value.trim();
    list.hidden = hits.length === 0;
    field.setAttribute("aria-expanded", String(hits.length > 0));
    status.classList.toggle("fp-sr", hits.length > 0 || !asked);
    status.textContent = !asked ? "" : told(all.length, asked);
    mark(0);
  };
  const told = (number, asked) => {
    if (number === 0) return `Inga träffar på ”${asked}”.`;
    if (number > MOST) return `${MOST} av ${number} träffar visas. Skriv mer för att få färre.`;
    return number === 1 ? "1 träff" : `${number} träffar`;
  };
  const close = () => {
    field.value = "";
    draw();
  };
  const go = (place) => {
    if (!hits[place]) return;
    const { address } = hits[place];
    close();
    field.blur();
    follow(address);
  };

  field.oninput = draw;
  field.onblur = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    status.textContent = "";
    status.classList.add("fp-sr");
  };
  field.onfocus = () => field.value && draw();
  field.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length) mark((marked + step + hits.length) % hits.length);
    else if (event.key === "Enter") go(marked);
    else if (event.key === "Escape" && field.value) close();
    else return;
    event.preventDefault();
  };
  list.onpointerdown = (event) => event.preventDefault();
  list.onclick = (event) => {
    const item = event.target.closest("[role=option]");
    if (item) go(Number(item.dataset.at));
  };
  const shortcut = (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    field.focus();
    field.select();
  };
  document.addEventListener("keydown", shortcut);
  return () => document.removeEventListener("keydown", shortcut);
}
