/* A map's areas say their name and figures when they are pointed at, touched, or reached by the arrow keys. */

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function wireMap(figure) {
  const tip = figure.querySelector(".fp-map-tip");
  for (const drawing of figure.querySelectorAll("svg[data-picture]")) wireDrawing(figure, drawing, tip);
}

function wireDrawing(figure, drawing, tip) {
  const list = drawing.querySelector("[role=listbox]");
  const areas = [...list.querySelectorAll("[role=option]")];
  const mark = drawing.querySelector(".fp-map-focus");
  let active = null;

  function show(area) {
    if (active) active.setAttribute("aria-selected", "false");
    active = area;
    if (!area) {
      list.removeAttribute("aria-activedescendant");
      mark.setAttribute("d", "");
      tip.hidden = true;
      return;
    }
    area.setAttribute("aria-selected", "true");
    list.setAttribute("aria-activedescendant", area.id);
    mark.setAttribute("d", area.getAttribute("d"));
    const [name, ...told] = area.getAttribute("aria-label").split("; ");
    tip.replaceChildren(part("strong", name), ...told.map((one) => part("span", one)));
    tip.hidden = false;
    place(area);
  }

  function place(area) {
    const around = figure.getBoundingClientRect();
    const own = area.getBoundingClientRect();
    const middle = own.left + own.width / 2 - around.left;
    const left = Math.min(Math.max(0, middle - tip.offsetWidth / 2), Math.max(0, around.width - tip.offsetWidth));
    const above = own.top - around.top - tip.offsetHeight - 8;
    tip.style.left = `${left}px`;
    tip.style.top = `${above < 0 ? own.bottom - around.top + 8 : above}px`;
  }

  function towards(way) {
    const [x, y] = spot(active);
    let best = null;
    let least = Infinity;
    for (const area of areas) {
      const [dx, dy] = [spot(area)[0] - x, spot(area)[1] - y];
      const along = dx * way[0] + dy * way[1];
      const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
      if (area === active || along <= 0 || along + 2 * aside >= least || aside > 2 * along) continue;
      [best, least] = [area, along + 2 * aside];
    }
    return best || active;
  }

  const leave = () => show(null);
  const over = (event) => {
    const area = event.target.closest("[role=option]");
    if (area !== active) show(area);
  };
  list.addEventListener("pointerover", over);
  list.addEventListener("pointerdown", over);
  drawing.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse" && !list.matches(":focus-visible")) leave();
  });
  list.addEventListener("focus", () => {
    if (!active && list.matches(":focus-visible")) show(areas[0]);
  });
  list.addEventListener("blur", leave);
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const place = areas.indexOf(active);
    let next = null;
    if (WAYS[event.key]) next = active ? towards(WAYS[event.key]) : areas[0];
    else if (event.key === "Home") next = areas[0];
    else if (event.key === "End") next = areas.at(-1);
    else if (event.key === "Escape") leave();
    else if (event.key.length === 1) {
      const begins = (area) => area.getAttribute("aria-label").toLowerCase().startsWith(event.key.toLowerCase());
      next = [...areas.slice(place + 1), ...areas.slice(0, place + 1)].find(begins);
    }
    if (!next) return;
    event.preventDefault();
    show(next);
  });
}

function spot(area) {
  return [Number(area.dataset.x), Number(area.dataset.y)];
}

function part(tag, said) {
  const made = document.createElement(tag);
  made.textContent = said;
  return made;
}
