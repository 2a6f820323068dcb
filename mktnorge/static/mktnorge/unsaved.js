/* Comfort on a page with two forms: a form that names another in data-beside asks before it lets go of words that
   were written there and not saved. Without this file the words are lost, as they are when a page is left. */

for (const form of document.querySelectorAll("form[data-beside]")) {
  let unsaved = "unsaved" in form.dataset;
  for (const event of ["input", "change"]) {
    document.getElementById(form.dataset.beside).addEventListener(event, () => {
      unsaved = true;
    });
  }
  form.addEventListener("submit", (event) => {
    if (unsaved && !window.confirm(form.dataset.question)) event.preventDefault();
  });
}
