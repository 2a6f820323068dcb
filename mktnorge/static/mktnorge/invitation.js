// The code of an invitation stands behind «#» in its link, where no server sees it. Put it in the field, and take it
// out of the address and the history. Without this script it is pasted.
const field = document.getElementById("id_code");
if (field && location.hash.length > 1) {
  field.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}
