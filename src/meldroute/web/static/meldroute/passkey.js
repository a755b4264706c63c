// Asks the browser for a passkey and puts the answer in the form. Without it the page works with a code of the app.
// <form data-passkey-options="{…}" data-passkey-kind="create|get" data-passkey-failed="…"> with a field whose name
// ends in "passkey", and [data-passkey], [data-passkey-button], [data-passkey-status] inside it.
"use strict";
(function () {
  function bytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (char) => char.charCodeAt(0));
  }

  function text(buffer) {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function question(told) {
    const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
    const asked = { ...told, challenge: bytes(told.challenge) };
    if (told.user) asked.user = { ...told.user, id: bytes(told.user.id) };
    if (told.excludeCredentials) asked.excludeCredentials = known(told.excludeCredentials);
    if (told.allowCredentials) asked.allowCredentials = known(told.allowCredentials);
    return asked;
  }

  function answer(made) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (made.response[name]) response[name] = text(made.response[name]);
    }
    return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response });
  }

  document.querySelectorAll("form[data-passkey-options]").forEach((form) => {
    const part = form.querySelector("[data-passkey]");
    const field = form.querySelector("[name$=passkey]");
    if (!part || !field || !window.PublicKeyCredential) return;
    part.hidden = false;
    part.querySelector("[data-passkey-button]").addEventListener("click", async () => {
      const publicKey = question(JSON.parse(form.dataset.passkeyOptions));
      try {
        const make = form.dataset.passkeyKind === "create";
        const made = make
          ? await navigator.credentials.create({ publicKey })
          : await navigator.credentials.get({ publicKey });
        field.value = answer(made);
        form.submit();
      } catch {
        part.querySelector("[data-passkey-status]").textContent = form.dataset.passkeyFailed;
      }
    });
  });
})();
