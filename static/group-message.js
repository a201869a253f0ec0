/* The pages 群消息 and 接龙: the text into the clipboard, and as a picture that this computer draws
   with its own fonts (no font is shipped, nothing is sent anywhere).
   data-copy="id"   copies the text of that box; the [data-copied] beside it says so
   data-draw="id"   draws that text into the <img> of #group-picture; data-from: the line below it */
(() => {
  "use strict";
  const WIDTH = 1080, EDGE = 72, SIZE = 44, LINE = 74;
  const FONTS = '"Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif';

  async function copy(button) {
    const box = document.getElementById(button.dataset.copy);
    const told = button.parentElement.querySelector("[data-copied]");
    try {
      await navigator.clipboard.writeText(box.value);
      told.textContent = "已复制，到微信群里粘贴";
    } catch {
      // Without https the browser keeps its clipboard: the text is chosen for Ctrl+C.
      box.focus();
      box.select();
      told.textContent = "已选中，请按 Ctrl+C 复制";
    }
  }

  function wrapped(pen, text) {
    const lines = [];
    for (const paragraph of text.split("\n")) {
      let line = "";
      // Numbers and dates stay whole.
      for (const piece of paragraph.match(/[\w.:*-]+|./gu) || []) {
        if (line && pen.measureText(line + piece).width > WIDTH - 2 * EDGE) {
          lines.push(line);
          line = "";
        }
        line += piece;
      }
      lines.push(line);
    }
    return lines;
  }

  function draw(button) {
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    const font = `${SIZE}px ${FONTS}`;
    pen.font = font;
    const lines = wrapped(pen, document.getElementById(button.dataset.draw).value.trim());
    canvas.width = WIDTH;
    canvas.height = 2 * EDGE + (lines.length + 2) * LINE;
    pen.fillStyle = "#FFFFFF";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = "#B3181D";
    pen.fillRect(0, 0, canvas.width, 16);
    pen.font = font;
    pen.fillStyle = "#26231F";
    lines.forEach((line, at) => pen.fillText(line, EDGE, EDGE + SIZE + at * LINE));
    pen.textAlign = "right";
    pen.fillStyle = "#635D54";
    pen.fillText(button.dataset.from, WIDTH - EDGE, canvas.height - EDGE);
    show(canvas.toDataURL("image/png"));
  }

  function show(picture) {
    const section = document.getElementById("group-picture");
    section.querySelector("img").src = picture;
    section.querySelector("[data-download]").href = picture;
    section.hidden = false;
    section.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-draw]");
    if (!button) return;
    if (button.dataset.copy) copy(button); else draw(button);
  });
})();
