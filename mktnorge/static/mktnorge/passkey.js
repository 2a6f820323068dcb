// Passkeys: the browser asks for the key, and this script carries question and answer between the page and the form.
//
// A form with data-passkey is shown only where the browser can do it. data-passkey is "create" or "get"; the question
// stands in the element that data-question names, or is fetched from the address in data-fetch.

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function asked(question) {
  const key = { ...question.publicKey, challenge: bytes(question.publicKey.challenge) };
  const ids = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
  if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
  if (key.excludeCredentials) key.excludeCredentials = ids(key.excludeCredentials);
  if (key.allowCredentials) key.allowCredentials = ids(key.allowCredentials);
  return { publicKey: key };
}

function answered(credential) {
  const response = { clientDataJSON: text(credential.response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

async function question(form) {
  if (form.dataset.question) return JSON.parse(document.getElementById(form.dataset.question).textContent);
  const answer = await fetch(form.dataset.fetch, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
}

async function use(form) {
  const said = form.querySelector("[data-said]");
  said.textContent = "";
  try {
    const options = asked(await question(form));
    const credential = await navigator.credentials[form.dataset.passkey](options);
    form.querySelector("[name=credential]").value = answered(credential);
    form.submit();
  } catch {
    said.textContent = said.dataset.said;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.isSecureContext || !window.PublicKeyCredential) continue;
  form.hidden = false;
  for (const without of document.querySelectorAll("[data-without-passkey]")) without.hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    use(form);
  });
}
