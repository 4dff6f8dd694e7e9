() => {
  document.documentElement.lang = "zh-CN";
  const motion = () =>
    matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  const panel = () => document.getElementById("tw-panel");
  const all = (selector) => panel()?.querySelectorAll(selector) ?? [];

  // Scroll inside a frame, so that the page itself keeps still where the panel is beside the chat.
  const reveal = (frame, part, room, behavior) => {
    const gap = part.getBoundingClientRect().top - frame.getBoundingClientRect().top;
    frame.scrollBy({ top: gap - room, behavior });
  };

  const showQuote = (card) => {
    const mark = card.querySelector("mark");
    const frame = card.querySelector(":is(.tw-text, .tw-row):has(mark)");
    if (mark && frame) reveal(frame, mark, frame.clientHeight / 3, "auto");
  };

  const openCard = (id) => {
    const card = document.getElementById(id);
    if (!card) return;
    const turn = card.closest(".tw-turn");
    for (const other of all(".tw-turn")) other.hidden = other !== turn;
    for (const other of all(".tw-card")) other.classList.toggle("tw-chosen", other === card);
    showQuote(card);
    if (getComputedStyle(panel()).overflowY === "auto") reveal(panel(), card, 4, motion());
    else card.scrollIntoView({ behavior: motion(), block: "start" });
    card.focus({ preventScroll: true });
  };

  const copyFrom = async (button) => {
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
    button.dataset.label ??= button.textContent;
    button.textContent = "已复制";
    setTimeout(() => { button.textContent = button.dataset.label; }, 1500);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('#tw-chat a[href*="#cite-"]');
    const button = event.target.closest?.("#tw-panel .tw-button");
    if (link) {
      event.preventDefault();
      event.stopPropagation();
      openCard(link.getAttribute("href").split("#")[1]);
    } else if (button?.matches(".tw-copy")) {
      copyFrom(button);
    } else if (button) {
      document.getElementById("tw-chat").scrollIntoView({ behavior: motion(), block: "start" });
    }
  }, true);

  // Gradio labels messages in English and with their raw markup: let screen readers read the text.
  const relabel = () => {
    document.querySelector('#tw-chat [role="log"]')?.setAttribute("aria-label", "对话");
    for (const part of document.querySelectorAll("#tw-chat :is([data-testid], .example)[aria-label]")) {
      part.removeAttribute("aria-label");
    }
  };

  new MutationObserver(() => {
    relabel();
    for (const card of all(".tw-turn:not([hidden]) .tw-card:not([data-seen])")) {
      card.dataset.seen = "1";
      showQuote(card);
      panel().scrollTop = 0;
    }
  }).observe(document.body, { childList: true, subtree: true });
  relabel();
}
