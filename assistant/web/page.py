"""The page: a chat, the cited clauses beside it, and an endpoint for programs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import api

from assistant.edition import Edition
from assistant.records import citation_record
from assistant.types import Answer
from assistant.web.address import AddressError, announce, check_address, taken
from assistant.web.render import answer_markdown, documents_html, panel_html, question_markdown
from index.types import Document, DocumentKind

TITLE = "条问"
TAGLINE = "问政策文件，答案逐条注明出处"
PROMISE = (
    "只依据收录的文件回答，并注明写在哪一条；文件没有写的，会直接告诉您。正式引用请以原文为准。"
)
EXAMPLES = (
    "《{title}》是什么时候发布的？",
    "《{title}》的发文字号是什么？",
    "《{title}》提出了什么目标？",
    "《{title}》有哪些保障措施？",
    "《{title}》是哪个单位发布的？",
)
SORRY = "抱歉，刚才没能答上来。您的问题已经放回输入框，请稍后再发一次。"
LONGEST_INPUT = 20_000
TURNS_KEPT = 30
QUESTIONS_AT_ONCE = 4

_HERE = Path(__file__).parent
_FONTS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
_MONO_FONTS = ("ui-monospace", "Consolas", "monospace")
_COLOURS = {
    "body_text_color": "var(--tw-ink)",
    "body_text_color_subdued": "var(--tw-soft)",
    "block_background_fill": "var(--tw-card)",
    "block_border_color": "var(--tw-line)",
    "block_info_text_color": "var(--tw-soft)",
    "block_title_text_color": "var(--tw-soft)",
    "border_color_primary": "var(--tw-line)",
    "background_fill_primary": "var(--tw-card)",
    "background_fill_secondary": "var(--tw-paper)",
    "input_background_fill": "var(--tw-paper)",
    "button_secondary_background_fill": "transparent",
    "button_secondary_text_color": "var(--tw-soft)",
}

_log = logging.getLogger(__name__)

Messages = list[dict[str, Any]]
Update = tuple[Any, Any, Any, Any]
Current = Callable[[], Edition]
"""Gives the edition of the library that is to be asked now."""


def build_page(current: Current) -> gr.Blocks:
    """Return the page over a library; each browser tab has a conversation of its own."""
    conversation = _Conversation(current)
    page = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with page:
        answers = gr.State(())
        gr.HTML(f"<h1><b>{TITLE}</b></h1><p>{TAGLINE}</p>", elem_id="tw-head")
        with gr.Row(elem_id="tw-main", equal_height=False):
            with gr.Column(scale=3, min_width=320):
                chat = _chat(current().documents)
                box = _question_box()
                clear = gr.Button("清空对话", size="sm", variant="secondary", elem_id="tw-clear")
            with gr.Column(scale=2, min_width=320, elem_id="tw-side"):
                gr.HTML("<h2>出处</h2>", elem_id="tw-side-head")
                panel = gr.HTML(panel_html(()), elem_id="tw-panel")
        with gr.Accordion("收录的文件", open=False, elem_id="tw-library"):
            library = gr.HTML(_library_html(current()))
        gr.HTML(f"<p>{PROMISE}</p>", elem_id="tw-foot")

        outputs = [chat, panel, answers, box]
        box.submit(
            conversation.ask, [box, answers], outputs, api_name="chat", show_progress="hidden"
        )
        gr.on(
            [chat.option_select, chat.example_select],
            conversation.choose,
            [answers],
            outputs,
            api_visibility="private",
            show_progress="hidden",
        )
        gr.on([clear.click, chat.clear], _cleared, None, outputs, api_name="clear", queue=False)
        page.load(
            lambda: _opened(current()),
            None,
            [chat, library],
            api_visibility="private",
            show_progress="hidden",
            queue=False,
        )
        api(_endpoint(current), api_name="ask")
    page.queue(default_concurrency_limit=QUESTIONS_AT_ONCE)
    return page


def launch(current: Current, host: str, port: int, *, wait: bool = True) -> gr.Blocks:
    """Serve the page and print its address; with `wait`, return only when interrupted.

    Raises:
        AddressError: if nothing can be served at `host` and `port`.
    """
    check_address(host, port)
    page = build_page(current)
    try:
        page.launch(
            server_name=host,
            server_port=port,
            share=False,
            inbrowser=False,
            quiet=True,
            prevent_thread_lock=True,
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            run_history=False,
            enable_monitoring=False,
            footer_links=[],
            max_file_size=1024,
            theme=_theme(),
            css=(_HERE / "style.css").read_text(encoding="utf-8"),
            js=(_HERE / "script.js").read_text(encoding="utf-8"),
        )
    except OSError as error:
        raise AddressError(taken(port)) from error
    announce(host, port)
    if wait:
        _wait(page)
    return page


class _Conversation:
    """The events of the chat; holds no state of its own."""

    def __init__(self, current: Current) -> None:
        self._current = current

    def ask(self, question: str | None, answers: Sequence[Answer]) -> Iterator[Update]:
        """Stream the answer to a question; the box is emptied at once."""
        question = question or ""
        earlier = tuple(answers)[-TURNS_KEPT + 1 :]
        asked = [*_messages(earlier), _asked(question)]
        yield asked, gr.skip(), gr.skip(), ""
        last: Answer | None = None
        try:
            for last in self._current().stream(question, earlier):
                if last.text:
                    yield _messages((*earlier, last)), gr.skip(), gr.skip(), gr.skip()
        except Exception:
            _log.exception("the question could not be answered")
            last = None
        if last is None:
            yield [*asked, {"role": "assistant", "content": SORRY}], gr.skip(), gr.skip(), question
            return
        now = (*earlier, last)
        yield _messages(now), panel_html(now), now, gr.skip()

    def choose(self, answers: Sequence[Answer], event: gr.SelectData) -> Iterator[Update]:
        """Ask the question of a button, an example or a choice."""
        value = event.value
        yield from self.ask(value["text"] if isinstance(value, dict) else str(value), answers)


def _endpoint(current: Current) -> Callable[[str], tuple[str, list[dict[str, Any]]]]:
    def ask(question: str) -> tuple[str, list[dict[str, Any]]]:
        """Answer one question on its own: the answer's text and its citations."""
        answer = current().ask(question)
        return answer.text, [citation_record(citation) for citation in answer.citations]

    return ask


def _cleared() -> Update:
    return [], panel_html(()), (), ""


def _asked(question: str) -> dict[str, Any]:
    return {"role": "user", "content": question_markdown(question) or "（空）"}


def _messages(answers: Sequence[Answer]) -> Messages:
    """Return the conversation as chat messages; only the latest answer offers its choices."""
    messages: Messages = []
    for turn, answer in enumerate(answers):
        reply: dict[str, Any] = {"role": "assistant", "content": answer_markdown(answer, turn)}
        if turn == len(answers) - 1:
            reply["options"] = [{"value": choice, "label": choice} for choice in answer.choices]
        messages += (_asked(answer.question), reply)
    return messages


def _opened(edition: Edition) -> tuple[Any, str]:
    """Return what a page shows that is opened now: examples and documents of the day."""
    return gr.Chatbot(examples=_examples(edition.documents)), _library_html(edition)


def _library_html(edition: Edition) -> str:
    return documents_html(edition.documents, edition.notes, date.today())


def _chat(documents: Sequence[Document]) -> gr.Chatbot:
    return gr.Chatbot(
        label="对话",
        show_label=False,
        elem_id="tw-chat",
        height="min(62vh, 680px)",
        min_height=320,
        layout="bubble",
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        allow_tags=False,
        examples=_examples(documents),
        placeholder="<h2>想问什么？</h2><p>用平常的话问就行，也可以先点一个例子。</p>",
    )


def _examples(documents: Sequence[Document]) -> list[Any]:
    return [{"text": text, "display_text": text} for text in example_questions(documents)]


def example_questions(documents: Sequence[Document]) -> tuple[str, ...]:
    """Return one question for each form of `EXAMPLES`, going round the documents."""
    plans = [d for d in documents if d.kind is not DocumentKind.INTERPRETATION] or documents
    titles = [d.title.removeprefix("《").removesuffix("》") for d in plans if d.title]
    if not titles:
        return ()
    return tuple(
        form.format(title=titles[place % len(titles)]) for place, form in enumerate(EXAMPLES)
    )


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        label="您的问题",
        placeholder="例如：某校2022年的招生目标是多少？",
        lines=1,
        max_lines=6,
        max_length=LONGEST_INPUT,
        submit_btn="提问",
        autofocus=True,
        elem_id="tw-question",
        html_attributes=gr.InputHTMLAttributes(
            autocomplete="off", spellcheck=False, enterkeyhint="send", lang="zh-CN"
        ),
    )


def _theme() -> gr.themes.Base:
    theme = gr.themes.Base(
        primary_hue=gr.themes.colors.sky,
        neutral_hue=gr.themes.colors.stone,
        radius_size=gr.themes.sizes.radius_lg,
        font=[gr.themes.Font(name) for name in _FONTS],
        font_mono=[gr.themes.Font(name) for name in _MONO_FONTS],
    )
    return theme.set(**_COLOURS, **{f"{name}_dark": value for name, value in _COLOURS.items()})


def _wait(page: gr.Blocks) -> None:
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        page.close(verbose=False)
