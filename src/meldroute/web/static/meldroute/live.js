// A part of a page that is still being worked on: asked again every few seconds, without moving the reader.
// Without script there is a link that does the same. When the work has ended the whole page is loaded once.
"use strict";
(() => {
  const EVERY = 3000;
  const part = document.querySelector("[data-live]");
  if (!part) return;
  const ask = async () => {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-live]");
      if (!fresh) return location.reload();
      part.replaceChildren(...fresh.childNodes);
    } catch {
      // the next turn tries again
    }
    setTimeout(ask, EVERY);
  };
  setTimeout(ask, EVERY);
})();
