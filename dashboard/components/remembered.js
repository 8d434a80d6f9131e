export default function (component) {
  const { data, parentElement } = component;
  const told = JSON.stringify(data.cookies);
  // Once a choice: what another tab has chosen since then stays.
  if (window.fardplanRemembered === told) return;
  window.fardplanRemembered = told;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  let kept = true;
  for (const [name, value] of Object.entries(data.cookies)) {
    const age = value ? data.days * 24 * 60 * 60 : 0;
    const pair = `${name}=${encodeURIComponent(value)}`;
    document.cookie = `${pair}; Max-Age=${age}; Path=/; SameSite=Lax${secure}`;
    if (value && !document.cookie.split("; ").includes(pair)) kept = false;
  }
  parentElement.querySelector(".fp-remembered").textContent = kept ? "" : data.refused;
}
