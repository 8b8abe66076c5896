// Conveniences. Every page works without this file; nothing here sends anything anywhere, but for the length of a page to the
// page it is shown in.

// Within a page of another site: how long this one is, so that its frame fits.
if (self !== top) {
  const tell = () => parent.postMessage({ lotse: { height: Math.ceil(document.body.getBoundingClientRect().height) } }, "*");
  new ResizeObserver(tell).observe(document.body);
  // Other sites may refuse to be shown in a frame, and would take the place of the answers.
  for (const link of document.links) {
    if (link.protocol.startsWith("http") && link.origin !== location.origin && !link.target) link.target = "_blank";
  }
}

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

// The phone's own share menu, where there is one.
if (navigator.share) {
  for (const text of document.querySelectorAll("[data-share]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy no-print";
    button.textContent = text.dataset.share;
    button.addEventListener("click", () => {
      // Whoever closes the menu has changed their mind; that is no fault.
      navigator.share({ title: document.title, url: text.href ?? text.innerText.trim() }).catch(() => {});
    });
    (text.nextElementSibling ?? text).after(button);
  }
}

// What is written for paper is printed whole, however long it is.
for (const field of document.querySelectorAll("[data-print]")) {
  const fit = () => { field.style.height = "auto"; field.style.height = `${field.scrollHeight + 4}px`; };
  addEventListener("beforeprint", fit);
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
