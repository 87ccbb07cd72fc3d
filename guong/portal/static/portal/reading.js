// Small comforts of a reader. Without this file every page reads the same.
"use strict";
(() => {
  const find = (name) => document.querySelector(`[data-${name}]`);
  const say = (words) => { find("said").textContent = words; };

  // --- How often a story was read: a number of the release, not of this visit
  const counted = find("readings");
  if (counted) {
    fetch("/so-lieu.json").then((answer) => answer.json()).then((numbers) => {
      const number = numbers[counted.dataset.readings];
      if (number) {
        counted.textContent = ` · ${number.toLocaleString("vi")} lượt đọc`;
        counted.hidden = false;
      }
    }).catch(() => {});
  }

  // --- Larger letters, kept for the next page
  const root = document.documentElement, larger = find("larger");
  const enlarge = (is) => {
    root.classList.toggle("larger", is);
    if (larger) larger.setAttribute("aria-pressed", String(is));
  };
  try { enlarge(localStorage.getItem("chu-lon") === "1"); } catch { /* storage is off */ }

  // --- Titles under the box while somebody types
  for (const box of document.querySelectorAll("form[role=search] input[type=search]")) {
    const around = box.parentElement, hints = document.createElement("div");
    hints.className = "hints";
    around.classList.add("with-hints");
    around.append(hints);
    let waiting = 0, asked = "";
    const clear = () => { asked = ""; hints.replaceChildren(); };
    const ask = async () => {
      const words = box.value.trim();
      if (words === asked) return;
      if (words.length < 2) { clear(); return; }
      asked = words;
      try {
        const answer = await fetch(`/tim/?goi-y=1&q=${encodeURIComponent(words)}`);
        if (answer.ok && asked === words) hints.innerHTML = await answer.text();
      } catch { clear(); }
    };
    box.autocomplete = "off";
    box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 150); });
    around.addEventListener("keydown", (event) => {
      const all = [box, ...hints.querySelectorAll("a")], here = all.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") { clear(); box.focus(); }
      else if (step && all[here + step]) { event.preventDefault(); all[here + step].focus(); }
    });
    around.addEventListener("focusout", (event) => {
      if (!around.contains(event.relatedTarget)) clear();
    });
  }

  const tools = find("tools");
  if (!tools) return;
  tools.hidden = false;
  larger.addEventListener("click", () => {
    const is = !root.classList.contains("larger");
    enlarge(is);
    try { localStorage.setItem("chu-lon", is ? "1" : "0"); } catch { /* storage is off */ }
  });

  // --- Read aloud by the reader's own machine
  const listen = find("listen"), voice = window.speechSynthesis;
  if (!voice) listen.hidden = true;
  const stop = () => { voice.cancel(); listen.lastElementChild.textContent = "Nghe"; };
  listen.addEventListener("click", () => {
    if (voice.speaking) { stop(); return; }
    const lang = root.lang || "vi";
    if (voice.getVoices().length && !voice.getVoices().some((one) => one.lang.startsWith(lang))) {
      say("Máy này chưa có giọng đọc tiếng Việt.");
      return;
    }
    const parts = [...document.querySelectorAll("h1, .stand, [data-read] p, [data-read] h2, [data-read] li")];
    parts.forEach((part, place) => {
      const words = new SpeechSynthesisUtterance(part.textContent);
      words.lang = lang;
      if (place === parts.length - 1) words.onend = stop;
      voice.speak(words);
    });
    listen.lastElementChild.textContent = "Dừng";
  });
  addEventListener("pagehide", () => voice && voice.cancel());

  // --- Share and print
  find("share").addEventListener("click", async () => {
    const address = document.querySelector("link[rel=canonical]").href;
    try {
      if (navigator.share) await navigator.share({ title: document.title, url: address });
      else { await navigator.clipboard.writeText(address); say("Đã chép địa chỉ bài."); }
    } catch { say(address); }
  });
  find("print").addEventListener("click", () => print());
})();
