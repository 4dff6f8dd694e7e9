() => {
  document.documentElement.lang = "zh-CN";
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const panel = () => document.getElementById("tw-panel");

  const centre = (card) => {
    const mark = card.querySelector("mark");
    const frame = card.querySelector(".tw-text, .tw-row");
    if (mark && frame) {
      const gap = mark.getBoundingClientRect().top - frame.getBoundingClientRect().top;
      frame.scrollTop += gap - frame.clientHeight / 3;
    }
  };

  const open = (id) => {
    const card = document.getElementById(id);
    if (!card) return;
    const turn = card.closest(".tw-turn");
    for (const other of panel().querySelectorAll(".tw-turn")) other.hidden = other !== turn;
    for (const other of panel().querySelectorAll(".tw-chosen")) other.classList.remove("tw-chosen");
    card.classList.add("tw-chosen");
    centre(card);
    card.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "start" });
    card.focus({ preventScroll: true });
  };

  const copy = async (button) => {
    const text = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const label = button.textContent;
    button.textContent = "已复制";
    setTimeout(() => { button.textContent = label; }, 1500);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href*="#cite-"]');
    if (link) {
      event.preventDefault();
      event.stopPropagation();
      open(link.getAttribute("href").split("#")[1]);
    }
    const button = event.target.closest?.("button.tw-copy");
    if (button) copy(button);
  }, true);

  new MutationObserver(() => {
    for (const card of panel()?.querySelectorAll(".tw-turn:not([hidden]) .tw-card:not([data-seen])") ?? []) {
      card.dataset.seen = "1";
      centre(card);
    }
  }).observe(document.body, { childList: true, subtree: true });
}
