/* What is drawn as SVG saved as a PNG, twice as large as on screen, on the page's own background. */

const COPIED = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap",
  "stroke-opacity", "opacity", "color", "font-family", "font-size", "font-weight", "font-style", "text-anchor",
  "paint-order", "visibility", "display", "vector-effect", "dominant-baseline",
];
const SCALE = 2;

async function savePicture(layers, name) {
  const box = layers[0].viewBox.baseVal;
  const shown = layers[0].getBoundingClientRect();
  const width = box && box.width ? box.width : shown.width;
  const height = box && box.height ? box.height : shown.height;
  const margin = 12;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round((width + 2 * margin) * SCALE);
  canvas.height = Math.round((height + 2 * margin) * SCALE);
  const context = canvas.getContext("2d");
  context.fillStyle = background(layers[0]);
  context.fillRect(0, 0, canvas.width, canvas.height);
  const fonts = await fontFaces(getComputedStyle(layers[0].querySelector("text") || layers[0]).fontFamily);
  for (const layer of layers) {
    const image = new Image();
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(standalone(layer, width, height, fonts));
    await image.decode();
    context.drawImage(image, margin * SCALE, margin * SCALE, width * SCALE, height * SCALE);
  }
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/* The first background behind an element that isn't seen through. */
function background(element) {
  for (let one = element; one; one = one.parentElement) {
    const colour = getComputedStyle(one).backgroundColor;
    if (colour && colour !== "transparent" && !/,\s*0\)$/.test(colour)) return colour;
  }
  return "#ffffff";
}

/* A layer as a document of its own: what the style sheets say of it stands in it. */
function standalone(layer, width, height, fonts) {
  const copy = layer.cloneNode(true);
  const originals = [layer, ...layer.querySelectorAll("*")];
  const copies = [copy, ...copy.querySelectorAll("*")];
  originals.forEach((original, place) => {
    if (original.closest("defs") && !original.closest("pattern")) return;
    const computed = getComputedStyle(original);
    copies[place].removeAttribute("class");
    for (const property of COPIED) copies[place].style.setProperty(property, computed.getPropertyValue(property));
  });
  copy.querySelectorAll(".hoverlayer, [hidden]").forEach((one) => one.remove());
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  copy.style.position = "static";
  if (fonts) {
    const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
    style.textContent = fonts;
    copy.prepend(style);
  }
  return new XMLSerializer().serializeToString(copy);
}

const FACES = {};

/* The page's own font, which a picture that stands alone has to bring along. */
async function fontFaces(family) {
  const wanted = family.split(",")[0].replaceAll('"', "").trim();
  if (!(wanted in FACES)) FACES[wanted] = embedded(wanted).catch(() => "");
  return FACES[wanted];
}

async function embedded(wanted) {
  const faces = [];
  for (const sheet of document.styleSheets) {
    let rules;
    try {
      rules = sheet.cssRules;
    } catch {
      continue;
    }
    for (const rule of rules) {
      if (!(rule instanceof CSSFontFaceRule)) continue;
      const own = rule.style.getPropertyValue("font-family").replaceAll('"', "").trim();
      if (own === wanted && !/italic/.test(rule.style.getPropertyValue("font-style"))) faces.push([rule, sheet.href]);
    }
  }
  const texts = await Promise.all(faces.map(async ([rule, base]) => {
    const source = rule.style.getPropertyValue("src").match(/url\(["']?([^"')]+)/);
    if (!source) return "";
    const answer = await fetch(new URL(source[1], base || document.baseURI));
    const bytes = new Uint8Array(await answer.arrayBuffer());
    let binary = "";
    for (let at = 0; at < bytes.length; at += 32768) binary += String.fromCharCode(...bytes.subarray(at, at + 32768));
    const weight = rule.style.getPropertyValue("font-weight") || "normal";
    return `@font-face{font-family:"${wanted}";font-weight:${weight};src:url(data:font/woff2;base64,${btoa(binary)})}`;
  }));
  return texts.join("");
}

/* The layers of the chart that is on screen: the map's own, or those that plotly drew. */
function layersOf(button, root) {
  const chart = button.dataset.chart;
  if (!chart) return [...root.querySelectorAll("svg[data-picture]")].filter((one) => one.getClientRects().length);
  const places = ["", "-wide", "-narrow"].map((end) => `.st-key-${CSS.escape(chart + end)} svg.main-svg`);
  return [...document.querySelectorAll(places.join())].filter((one) => one.getClientRects().length);
}

async function onPicture(button, root) {
  const says = root.querySelector("[data-picture-says]");
  const layers = layersOf(button, root);
  if (!layers.length) return;
  button.disabled = true;
  try {
    await savePicture(layers, button.dataset.name);
    says.textContent = "Bilden är sparad.";
  } catch {
    says.textContent = "Bilden kunde inte sparas i den här webbläsaren.";
  }
  button.disabled = false;
  button.focus();
}
