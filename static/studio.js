// Enhancements of the writing pages: typed text is kept a while after it was typed, and characters are counted.
(() => {
  const AFTER = 4000;
  for (const hint of document.querySelectorAll("[data-count]")) {
    const text = hint.parentElement.querySelector("textarea");
    text.addEventListener("input", () => {
      const count = [...text.value.trim()].length;
      hint.textContent = hint.dataset.count.replace("{count}", count.toLocaleString("en"));
      hint.classList.toggle("over", count > +text.dataset.most);
    });
  }
  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const state = form.querySelector("[data-state]");
  let timer, pending = false, leaving = false;
  const say = (name) => {
    const time = new Date().toTimeString().slice(0, 5);
    state.textContent = state.dataset[name].replace("{time}", time);
    state.hidden = false;
  };
  const typed = () => {
    const body = new FormData(form);
    body.set("go", "keep");
    pending = false;
    return body;
  };
  const keep = async () => {
    if (leaving) return;
    const body = typed();
    try {
      const answer = await fetch(location.pathname, { method: "POST", body, redirect: "manual" });
      say(answer.type === "opaqueredirect" ? "ended" : { 204: "kept", 409: "changed" }[answer.status] || "failed");
    } catch {
      say("failed");
    }
  };
  form.addEventListener("input", () => { pending = true; clearTimeout(timer); timer = setTimeout(keep, AFTER); });
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); });
  addEventListener("pagehide", () => { if (pending && !leaving) navigator.sendBeacon(location.pathname, typed()); });
})();
