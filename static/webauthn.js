// A passkey step: reads the options from the form, asks the device, sends the answer back in the same form.
(() => {
  const form = document.querySelector("form[data-passkey]");
  if (!form) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  const ids = (list) => (list || []).map((entry) => ({ ...entry, id: bytes(entry.id) }));
  const failed = () => { document.querySelector("[data-passkey-failed]").hidden = false; };
  const created = (made) => ({
    id: made.id, rawId: text(made.rawId), type: made.type,
    response: {
      attestationObject: text(made.response.attestationObject), clientDataJSON: text(made.response.clientDataJSON),
      transports: made.response.getTransports ? made.response.getTransports() : null,
    },
    extensions: JSON.stringify(made.getClientExtensionResults()),
  });
  const asserted = (made) => ({
    id: made.id, rawId: text(made.rawId), type: made.type,
    response: {
      authenticatorData: text(made.response.authenticatorData), clientDataJSON: text(made.response.clientDataJSON),
      signature: text(made.response.signature),
      userHandle: made.response.userHandle ? text(made.response.userHandle) : null,
    },
  });
  const ask = async () => {
    const options = JSON.parse(form.dataset.options);
    options.challenge = bytes(options.challenge);
    if (form.dataset.passkey === "create") {
      options.user.id = bytes(options.user.id);
      options.excludeCredentials = ids(options.excludeCredentials);
      return created(await navigator.credentials.create({ publicKey: options }));
    }
    options.allowCredentials = ids(options.allowCredentials);
    return asserted(await navigator.credentials.get({ publicKey: options }));
  };
  ask().then((answer) => { form.elements.credential.value = JSON.stringify(answer); form.submit(); }).catch(failed);
})();
