// Parts of a page that renew themselves while it is looked at; without this file a page says how to load it anew.
// A part whose link has the focus is left alone, and only what changed is replaced, so that a screen reader says no more.
(() => {
  const EVERY = 20000;
  const parts = [...document.querySelectorAll("[data-live]")];
  const put = (part, fresh) => {
    const now = [...part.children], then = [...fresh.children];
    then.forEach((node, i) => {
      if (!now[i]) part.append(node);
      else if (now[i].outerHTML !== node.outerHTML) now[i].replaceWith(node);
    });
    now.slice(then.length).forEach((node) => node.remove());
  };
  const renew = async (part) => {
    if (document.hidden || part.contains(document.activeElement)) return;
    try {
      const answer = await fetch(part.dataset.live, { cache: "no-cache" });
      if (!answer.ok || answer.redirected) return;
      const text = await answer.text();
      const fresh = document.createElement("template");
      fresh.innerHTML = text;
      if (!part.contains(document.activeElement)) put(part, fresh.content);
    } catch {
      // no connection: asked again later
    }
  };
  document.querySelectorAll("[data-live-on]").forEach((said) => { said.hidden = false; });
  const all = () => parts.forEach(renew);
  setInterval(all, EVERY + Math.random() * 5000);
  document.addEventListener("visibilitychange", all);
})();
