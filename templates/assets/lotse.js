// Conveniences. Every page works without this file; nothing here sends anything anywhere.

// Copy buttons beside what people paste elsewhere.
for (const text of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy no-print";
  button.textContent = text.dataset.copy;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.href ?? text.innerText.trim());
      button.textContent = text.dataset.copied;
    } catch {
      // Without the right to write to the clipboard the text is at least marked, ready for Ctrl+C.
      getSelection().selectAllChildren(text);
    }
  });
  text.after(button);
}

// The advice office's own lines: kept in this browser, and only if the advisor ticks the box.
const KEY = "lotse-office";
const kept = () => { try { return localStorage.getItem(KEY) ?? ""; } catch { return ""; } };
const desk = document.querySelector("[data-office]");
if (desk) {
  const keep = document.querySelector("[data-office-keep]");
  const box = keep.querySelector("input");
  keep.hidden = false;
  desk.value = desk.value || kept();
  box.checked = kept() !== "";
  const save = () => {
    try {
      if (box.checked) localStorage.setItem(KEY, desk.value);
      else localStorage.removeItem(KEY);
    } catch {
      keep.hidden = true;
    }
  };
  desk.addEventListener("input", save);
  box.addEventListener("change", save);
}
for (const place of document.querySelectorAll("[data-office-print]")) place.textContent = kept();
