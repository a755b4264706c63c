// Keeps a draft of a form while someone types. Without it the form works just the same.
// <form data-draft-url="…" data-draft-saved="Concept bewaard om {time}" data-draft-failed="…">
// with an element [data-draft-status] inside it. The server answers {"saved_at": "09:41"} or nothing.
"use strict";
(function () {
  const QUIET = 1500;

  function clock() {
    return new Date().toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });
  }

  async function keep(form, status) {
    const token = form.querySelector("[name=csrfmiddlewaretoken]");
    try {
      const answer = await fetch(form.dataset.draftUrl, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-CSRFToken": token ? token.value : "", Accept: "application/json" },
        credentials: "same-origin",
        redirect: "error",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json().catch(() => ({}));
      status.textContent = form.dataset.draftSaved.replace("{time}", told.saved_at || clock());
    } catch {
      status.textContent = form.dataset.draftFailed || "";
    }
  }

  document.querySelectorAll("form[data-draft-url]").forEach((form) => {
    const status = form.querySelector("[data-draft-status]");
    let timer = 0;
    if (!status) return;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => keep(form, status), QUIET);
    });
    form.addEventListener("submit", () => clearTimeout(timer));
  });
})();
