// Everything here is a convenience: each page works without it.
"use strict";
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if ((event.key === "/" && !typing) || (event.key.toLowerCase() === "k" && event.ctrlKey)) {
    const box = document.getElementById("o-tim-nhanh");
    if (box && box.offsetParent) { event.preventDefault(); box.focus(); }
  }
});
// J and K go down and up a list whose rows lead somewhere; Enter opens as on any link.
document.addEventListener("keydown", (event) => {
  const step = { j: 1, k: -1 }[event.key.toLowerCase()];
  if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  const links = [...document.querySelectorAll("[data-keys] a.name")];
  const next = links[links.indexOf(document.activeElement) + step];
  if (next && links.length) { event.preventDefault(); next.focus(); }
});
// A second press of the same button within two seconds is a double click, not a second wish.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.method === "post" && form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  // What takes long shows a bar, and is not asked for again while it runs.
  if (!form.querySelector(".waits")) setTimeout(() => { delete form.dataset.sent; }, 2000);
});
// A file is made before it is saved: until its cookie says so the bar shows, and it is asked for once.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".loads a"), box = link && link.closest(".loads");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (box.dataset.sent) { event.preventDefault(); return; }
  const mark = Date.now().toString(36), to = new URL(link.href);
  to.searchParams.set("lan", mark);
  link.href = to.href;
  box.dataset.sent = "1";
  const look = setInterval(() => {
    if (!document.cookie.includes(`guong-tai-${mark}=`)) return;
    clearInterval(look);
    delete box.dataset.sent;
  }, 250);
});
addEventListener("pageshow", () => {
  for (const sent of document.querySelectorAll("[data-sent]")) delete sent.dataset.sent;
});
document.addEventListener("DOMContentLoaded", () => {
  // On a low screen the navigation scrolls by itself: where one is stays in sight.
  const here = document.querySelector(".side [aria-current]"), side = here && here.closest(".side");
  if (side) side.scrollTop = here.offsetTop - side.clientHeight / 2;
  const summary = document.getElementById("cho-can-sua");
  if (summary) summary.focus();
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
});
