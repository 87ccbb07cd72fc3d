// Everything here is a convenience: each page works without it.
"use strict";
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if ((event.key === "/" && !typing) || (event.key.toLowerCase() === "k" && event.ctrlKey)) {
    const box = document.getElementById("o-tim-nhanh");
    if (box && box.offsetParent) { event.preventDefault(); box.focus(); }
  }
});
// A second press of the same button within two seconds is a double click, not a second wish.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "post" && form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  setTimeout(() => { delete form.dataset.sent; }, 2000);
});
document.addEventListener("DOMContentLoaded", () => {
  const summary = document.getElementById("cho-can-sua");
  if (summary) summary.focus();
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
});
