// The form of a tip: a voice recorded on the page, pictures made smaller before they travel.
// Without this file, or where the machine cannot, files are chosen and sent as they are.
"use strict";
(() => {
  const input = document.getElementById("anh");
  if (!input || !window.DataTransfer) return;
  const MOST = 4, LARGEST = 8 * 1024 * 1024, EDGE = 2000, SECONDS = 180;
  let chosen = [], voice = null;

  const make = (name, properties, ...inside) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...inside);
    return made;
  };
  const button = (words, act) => {
    const made = make("button", { type: "button", className: "btn", textContent: words });
    made.addEventListener("click", act);
    return made;
  };
  const said = make("p", { className: "help" });
  said.setAttribute("role", "status");
  input.after(said);

  const size = (files) => {
    const kilobytes = Math.ceil(files.reduce((sum, file) => sum + file.size, 0) / 1024);
    return kilobytes < 1000 ? `${kilobytes} kB` : `${(kilobytes / 1024).toFixed(1).replace(".", ",")} MB`;
  };
  const put = () => {
    const all = [...chosen, ...(voice ? [voice] : [])], sent = new DataTransfer();
    for (const file of all) sent.items.add(file);
    input.files = sent.files;
    said.textContent = all.length > MOST ? `Gửi nhiều nhất ${MOST} tệp; chọn lại ít hơn.`
      : all.length ? `Sẽ gửi ${all.length} tệp, ${size(all)}.` : "";
  };

  // --- Pictures: at most EDGE pixels, as JPEG; what cannot be read goes as it is
  const smaller = async (file) => {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
      if (scale === 1 && file.size < 1024 * 1024) return file;
      const canvas = make("canvas", {
        width: Math.round(picture.width * scale),
        height: Math.round(picture.height * scale),
      });
      const paper = canvas.getContext("2d");
      paper.fillStyle = "#fff";
      paper.fillRect(0, 0, canvas.width, canvas.height);
      paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const drawn = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.85); });
      if (!drawn || drawn.size >= file.size) return file;
      return new File([drawn], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" });
    } catch { return file; }
  };
  input.addEventListener("change", async () => {
    const asked = [...input.files];
    chosen = asked;
    if (asked.some((file) => file.type.startsWith("image/"))) said.textContent = "Đang thu nhỏ ảnh…";
    const made = [];
    for (const file of asked) made.push(await smaller(file));
    if (chosen === asked) { chosen = made; put(); }
  });

  // --- A voice note, where there is a microphone and something to record and play it with
  const type = window.MediaRecorder && window.AudioContext && navigator.mediaDevices?.getUserMedia
    && ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"].find((one) => MediaRecorder.isTypeSupported(one));
  if (!type) return;
  navigator.mediaDevices.enumerateDevices().then((found) => {
    if (found.some((one) => one.kind === "audioinput")) offer();
  }).catch(() => {});

  const offer = () => {
    const heard = make("span", { className: "small" });
    heard.setAttribute("role", "status");
    let recorder = null, player = null, clock = 0, length = 0;
    const minutes = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

    const record = button("Ghi âm lời kể", async () => {
      if (recorder) { recorder.stop(); return; }
      let sound;
      try { sound = await navigator.mediaDevices.getUserMedia({ audio: true }); } catch {
        heard.textContent = "Máy không cho dùng micrô. Bạn vẫn chọn được tệp ghi âm sẵn ở trên.";
        return;
      }
      forget();
      const pieces = [];
      let bytes = 0;
      recorder = new MediaRecorder(sound, { mimeType: type, audioBitsPerSecond: 32000 });
      recorder.addEventListener("dataavailable", (event) => {
        pieces.push(event.data);
        bytes += event.data.size;
        if (bytes > LARGEST - 512 * 1024 && recorder?.state === "recording") recorder.stop();
      });
      recorder.addEventListener("stop", () => {
        clearInterval(clock);
        for (const track of sound.getTracks()) track.stop();
        const kind = type.split(";")[0], ending = { "audio/mp4": "m4a", "audio/ogg": "ogg" }[kind] ?? "webm";
        recorder = null;
        record.textContent = "Ghi lại";
        if (!bytes) return;
        voice = new File(pieces, `ghi-am.${ending}`, { type: kind });
        play.hidden = remove.hidden = false;
        heard.textContent = `Đã ghi ${minutes(length)}.`;
        put();
      });
      recorder.start(1000);
      length = 0;
      record.textContent = "Dừng ghi";
      heard.textContent = `Đang ghi ${minutes(0)}, tối đa ${minutes(SECONDS)}.`;
      clock = setInterval(() => {
        length += 1;
        heard.textContent = `Đang ghi ${minutes(length)}, tối đa ${minutes(SECONDS)}.`;
        if (length >= SECONDS && recorder?.state === "recording") recorder.stop();
      }, 1000);
    });

    // Played from its samples: the page's policy lets no other address be played, not even our own blob.
    const hush = () => { player?.close(); player = null; play.textContent = "Nghe lại"; };
    const play = button("Nghe lại", async () => {
      if (player) { hush(); return; }
      player = new AudioContext();
      play.textContent = "Dừng nghe";
      try {
        const source = player.createBufferSource();
        source.buffer = await player.decodeAudioData(await voice.arrayBuffer());
        source.connect(player.destination);
        source.addEventListener("ended", hush);
        source.start();
      } catch { hush(); heard.textContent = "Máy này không nghe lại được; lời ghi vẫn gửi được."; }
    });
    const forget = () => {
      hush();
      voice = null;
      play.hidden = remove.hidden = true;
      put();
    };
    const remove = button("Xoá lời ghi", () => {
      forget();
      record.textContent = "Ghi âm lời kể";
      heard.textContent = "Đã xoá lời ghi.";
      record.focus();
    });
    play.hidden = remove.hidden = true;
    said.after(make("p", { className: "voice" }, record, play, remove, heard));
  };
})();
