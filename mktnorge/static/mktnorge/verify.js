/* Comfort on the page that checks a document: works out the SHA-256 of a file here, and sends it nowhere.
   Without it, or without a safe connection, the page says how to do it by hand. */

const input = document.querySelector("input[data-sha256]");
if (input && window.crypto && window.crypto.subtle) {
  const answer = document.getElementById("fil-svar");
  input.closest("[data-check]").hidden = false;
  input.addEventListener("change", async () => {
    const file = input.files[0];
    answer.textContent = "";
    if (!file) return;
    let said = answer.dataset.failed;
    try {
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
      const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
      said = found === input.dataset.sha256 ? answer.dataset.same : answer.dataset.other;
    } catch {
      // The answer says what to do instead.
    }
    if (input.files[0] === file) answer.textContent = said;
  });
}
