export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".fp");
  if (root.dataset.html !== data.html) {
    root.dataset.html = data.html;
    root.innerHTML = data.html;
    for (const figure of root.querySelectorAll("[data-map]")) wireMap(figure);
  }
  root.onclick = (event) => {
    const button = event.target.closest("button[data-name]");
    if (button) onPicture(button, root);
  };
}
