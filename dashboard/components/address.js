export default function (component) {
  const address = new URL(window.location.href);
  const missing = Object.entries(component.data.said).filter(([key]) => !address.searchParams.has(key));
  if (!missing.length) return;
  for (const [key, value] of missing) address.searchParams.set(key, value);
  window.history.replaceState(window.history.state, "", address.toString());
}
