// The guided nomination in a browser with scripts: words counted while typing, pictures made smaller and
// sent one by one. Without it the page's own buttons do the same.
const LARGEST_SIDE = 2000;
const SMALL_ENOUGH = 400 * 1024;

// --- Words of the three answers together ---
for (const counter of document.querySelectorAll("[data-words]")) {
  const most = Number(counter.dataset.words);
  const form = counter.closest("form");
  const boxes = [...form.querySelectorAll("textarea")];
  const count = () => {
    const words = boxes.reduce((sum, box) => sum + (box.value.match(/\S+/g) ?? []).length, 0);
    counter.querySelector("[data-count]").textContent = words;
    counter.classList.toggle("late", words > most);
  };
  form.addEventListener("input", count);
  count();
}

// --- Pictures and papers ---
async function shrunk(file) {
  if (!file.type.startsWith("image/")) return file;
  let picture;
  try { picture = await createImageBitmap(file); } catch { return file; }  // the server says what is wrong
  const scale = Math.min(1, LARGEST_SIDE / Math.max(picture.width, picture.height));
  if (scale === 1 && file.type === "image/jpeg" && file.size <= SMALL_ENOUGH) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
  if (!made || made.size >= file.size) return file;
  return new File([made], file.name.replace(/\.[^.]+$/, "") + ".jpg", { type: "image/jpeg" });
}

function send(address, body, progressed) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progressed(event.loaded / event.total);
    });
    request.addEventListener("load", () => done(request));
    request.addEventListener("error", failed);
    request.addEventListener("timeout", failed);
    request.send(body);
  });
}

const kilobytes = (size) => `${Math.max(1, Math.round(size / 1024)).toLocaleString("vi-VN")} kB`;

function line(name) {
  const row = document.createElement("li");
  const words = document.createElement("span");
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.setAttribute("aria-label", `Đang gửi ${name}`);
  row.append(words, bar);
  document.querySelector("[data-upload-lines]").append(row);
  return { row, words, bar };
}

async function take(form, input, file) {
  const { row, words, bar } = line(file.name);
  words.textContent = `${file.name}: đang thu nhỏ…`;
  const small = await shrunk(file);
  words.textContent = `${file.name}: đang gửi ${kilobytes(small.size)}`;
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  body.append(input.name, small, small.name);
  try {
    const answer = await send(form.dataset.upload, body, (part) => { bar.value = part; });
    if (answer.status === 200 && answer.responseURL.endsWith(form.dataset.upload)) {
      row.remove();
      return answer.responseText;
    }
    words.textContent = answer.status === 400 ? answer.responseText
      : `${file.name}: chưa gửi được. Tải lại trang, đăng nhập lại nếu được hỏi, rồi chọn lại tệp.`;
  } catch {
    words.textContent = `${file.name}: mất mạng, chưa gửi được. Chọn lại tệp khi có mạng.`;
  }
  row.classList.add("err");
  bar.remove();
  return "";
}

// Whoever goes on while files are still under way goes on when they have arrived.
let underWay = 0;
let goOn = null;
document.addEventListener("submit", (event) => {
  if (!underWay) return;
  event.preventDefault();
  event.stopPropagation();
  const { target, submitter } = event;
  goOn = () => target.requestSubmit(submitter);
}, true);

document.addEventListener("change", async (event) => {
  const input = event.target;
  const form = input.closest?.("form[data-upload]");
  if (!form || input.type !== "file" || !input.files.length) return;
  const files = [...input.files];
  const id = input.id;
  input.value = "";
  let lists = "";
  underWay += 1;
  for (const file of files) lists = await take(form, input, file) || lists;
  underWay -= 1;
  if (!underWay && goOn) { goOn(); goOn = null; return; }
  if (!lists) return;
  document.querySelector("[data-files]").outerHTML = lists;
  document.getElementById(id)?.focus();
});
