/* Comfort on pages that work without it: copy a code, print, leave the page by pressing Shift three times.
   Buttons that only this file can serve are hidden in the markup and shown here. */

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(source.textContent.trim().replace(/\s+/g, "-"));
    const said = document.getElementById(button.getAttribute("aria-describedby"));
    if (said) said.textContent = button.dataset.done;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// The browser puts typed words back when somebody presses Back. Before leaving there must be none to put back.
function forgetTyped() {
  for (const control of document.querySelectorAll("main input:not([type=hidden]), main textarea")) {
    control.checked = false;
    if (control.type !== "checkbox" && control.type !== "radio") control.value = "";
  }
}

const leave = document.getElementById("forlat");
if (leave) {
  leave.addEventListener("submit", forgetTyped);
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    presses = [...presses.filter((at) => event.timeStamp - at < 5000), event.timeStamp];
    if (presses.length === 3) leave.requestSubmit();
  });
}
