// Long forms keep themselves. Everything works without this file; with it nothing typed is lost.
//
// <form data-autosave="ADDRESS" data-autosave-key="u7-n12-deeds"> is sent to ADDRESS when the writer
// pauses. The answer is {"saved": "10:32"}, and for something that has just come to be also its own
// addresses, {"page", "keep"}. A form that also carries a box «seen» gets it back as it is after saving;
// the answer 409 {"refused": "…", "seen"} says that somebody else has saved the same box meanwhile:
// nothing was written over, and the sentence stands where «Đã lưu lúc …» would. Until the server has taken them, the words of the text areas lie in this
// browser under the key: no names, no numbers. They are offered when the form is opened again, and go
// when they are taken, when an element with data-autosave-forget="u7-" is met or sent, or after a week.
const PREFIX = "guong-nhap:";
const WEEK = 7 * 24 * 3600 * 1000;
const PAUSE = 1200;
const AGAIN = 6000;

function stored() {
  return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
}

function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function forget(prefix) {
  for (const key of stored()) if (key.startsWith(PREFIX + prefix)) localStorage.removeItem(key);
}

const clock = (moment) => moment.toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });

class Keeper {
  constructor(form) {
    this.form = form;
    this.address = form.dataset.autosave;
    this.key = PREFIX + form.dataset.autosaveKey;
    this.status = document.querySelector("[data-autosave-status]");
    this.changes = 0;
    this.taken = 0;
    form.addEventListener("input", (event) => { if (event.target.type !== "file") this.changed(); });
    form.addEventListener("submit", () => clearTimeout(this.timer));
    addEventListener("online", () => this.save());
    addEventListener("offline", () => this.say("Mất mạng. Chữ vẫn giữ trên máy này, có mạng sẽ lưu."));
    addEventListener("pagehide", () => this.save({ keepalive: true }));
    // The page itself shows words the server has not taken: they are held until it has.
    if ("autosaveUnsaved" in form.dataset) this.hold();
    else this.offer();
  }

  boxes() {
    return [...this.form.querySelectorAll("textarea[name]")];
  }

  changed() {
    this.changes += 1;
    this.hold();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  hold() {
    const words = Object.fromEntries(this.boxes().map((box) => [box.name, box.value]));
    if (Object.keys(words).length) {
      localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), words }));
    }
  }

  // What this browser holds and the page does not show.
  offer() {
    const held = read(this.key);
    const bar = document.querySelector("[data-autosave-restore]");
    const differs = held && this.boxes().some((box) => (held.words[box.name] ?? box.value) !== box.value);
    if (!differs || !bar) { localStorage.removeItem(this.key); return; }
    bar.querySelector("[data-when]").textContent = clock(new Date(held.at));
    bar.hidden = false;
    bar.querySelector("[data-take]").addEventListener("click", () => {
      for (const box of this.boxes()) {
        if (box.name in held.words) box.value = held.words[box.name];
        box.dispatchEvent(new Event("input", { bubbles: true }));
      }
      bar.hidden = true;
      this.boxes()[0].focus();
    });
    bar.querySelector("[data-leave]").addEventListener("click", () => {
      localStorage.removeItem(this.key);
      bar.hidden = true;
    });
  }

  async save(options = {}) {
    clearTimeout(this.timer);
    if (this.changes === this.taken || this.busy) {
      if (this.busy && !options.keepalive) this.timer = setTimeout(() => this.save(), PAUSE);
      return;
    }
    const upTo = this.changes;
    this.busy = true;
    try {
      let answer = await this.send(options);
      if (answer.status === 403 && await this.renewToken()) answer = await this.send(options);
      if (answer.ok) await this.done(answer, upTo);
      else if (answer.status === 409) await this.clashed(answer);
      else this.refused(answer);
    } catch {
      this.later("Chưa lưu được, đang thử lại. Chữ vẫn giữ trên máy này.");
    } finally {
      this.busy = false;
    }
  }

  send(options) {
    const words = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string") words.append(name, value);
    }
    return fetch(this.address, { method: "POST", body: words, redirect: "manual", ...options });
  }

  // Somebody else has saved the same box: both texts stay, the writer chooses on the page itself.
  async clashed(answer) {
    const told = await answer.json();
    this.nowSeen(told);
    this.say(told.refused);
  }

  nowSeen(told) {
    const box = this.form.elements.seen;
    if (box && told.seen !== undefined) box.value = told.seen;
  }

  async done(answer, upTo) {
    const told = await answer.json();
    this.nowSeen(told);
    if (told.page) {
      history.replaceState(null, "", told.page);
      this.form.action = told.page;
      this.address = told.keep;
    }
    this.taken = upTo;
    if (this.changes === upTo) localStorage.removeItem(this.key);
    this.say(`Đã lưu lúc ${told.saved}`, true);
  }

  refused(answer) {
    if (answer.type === "opaqueredirect") {
      this.later("Phiên làm việc đã hết. Chữ vẫn giữ trên máy này. ");
      const link = document.createElement("a");
      Object.assign(link, { href: "/accounts/login/?next=/", target: "_blank", textContent: "Đăng nhập lại ở thẻ khác" });
      this.status?.append(link);
    } else if (answer.status >= 500 || answer.status === 429) {
      this.later("Chưa lưu được, đang thử lại. Chữ vẫn giữ trên máy này.");
    } else {
      this.say("Bản này không còn lưu được ở đây. Tải lại trang để xem trạng thái mới.");
    }
  }

  // Somebody has logged in anew in another tab: the page's token is an old one.
  async renewToken() {
    const answer = await fetch(location.href, { redirect: "manual" });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("input[name=csrfmiddlewaretoken]");
    if (!fresh) return false;
    for (const box of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) box.value = fresh.value;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": fresh.value }));
    return true;
  }

  later(words) {
    this.say(words);
    this.timer = setTimeout(() => this.save(), AGAIN);
  }

  say(words, isGood = false) {
    if (!this.status) return;
    this.status.textContent = words;
    this.status.classList.toggle("saved", isGood);
    this.status.classList.toggle("unsaved", !isGood);
  }
}

for (const key of stored()) {
  if (Date.now() - (read(key)?.at ?? 0) > WEEK) localStorage.removeItem(key);
}
for (const element of document.querySelectorAll("[data-autosave-forget]")) {
  const prefix = element.dataset.autosaveForget;
  if (element.tagName === "FORM") element.addEventListener("submit", () => forget(prefix));
  else forget(prefix);
}
for (const form of document.querySelectorAll("form[data-autosave]")) new Keeper(form);
