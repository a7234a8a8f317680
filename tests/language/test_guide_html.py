"""Pages become HTML that holds what the program says now, and nothing that was written in them as markup."""

from __future__ import annotations

from collections.abc import Sequence

from app.language.guide_html import Dress, bare, condition, html, said, sections
from app.language.guide_pages import Picture, line_of, parsed


class Words:
    """A program of a few words."""

    def word(self, message_id: str) -> str:
        known = {
            "page.inbox": "Bandeja",
            "find.operator.is": "es",
            "find.is.needs_answer": "por-responder",
            "find.operator.from": "de",
        }
        return known.get(message_id, message_id)

    def title(self, command_id: str) -> str:
        return {"inbox.done": "Done", "data.erase": "Delete everything…"}[command_id]

    def keys(self, command_id: str) -> Sequence[str]:
        return ("Ctrl ↵", "E") if command_id == "inbox.done" else ()

    def cap(self, key: str) -> str:
        return key

    def default(self, setting: str) -> str:
        return "60"

    def table(self, context: str) -> Sequence[tuple[Sequence[str], str]]:
        return [(("E",), "Done & over")]


DRESS = Dress(
    lambda picture: f"<img {picture.name}>",
    lambda target: target if target.startswith("guide:") else "",
    ("Key", "Does"),
)


def made(text: str, dress: Dress = DRESS) -> str:
    return html(parsed("page", text), Words(), dress)


def test_marks_are_filled_in() -> None:
    assert '<span class="key">&nbsp;Ctrl&nbsp;↵&nbsp;</span>' in made("Press {key:inbox.done}.")
    assert made("{command:data.erase}") == "<p><b>Delete everything</b></p>"
    assert made("{word:page.inbox} {default:hour.minutes}") == "<p><b>Bandeja</b> 60</p>"
    assert '<span class="key">&nbsp;Tab&nbsp;</span>' in made("{cap:Tab}")


def test_a_command_that_lost_its_key_is_told_by_its_name() -> None:
    assert made("{key:data.erase}") == "<p><b>Delete everything</b></p>"


def test_conditions_of_the_search_are_in_the_language() -> None:
    assert condition("is:needs-answer", Words()) == "es:por-responder"
    assert condition("from:ana", Words()) == "de:ana"
    assert "<code>es:por-responder</code>" in made("{find:is:needs-answer}")


def test_nothing_that_was_written_is_markup() -> None:
    found = made('# A <b>\n\n<script>x</script> `<i>` **<u>** [<s>](guide:"x)')
    for tag in ("<script", "<i>", "<u>", "<s>"):
        assert tag not in found
    assert 'href="guide:&quot;x"' in found


def test_links_that_lead_nowhere_here_are_words() -> None:
    assert made("[away](command:x)") == "<p>away</p>"
    assert made("[data](guide:data)") == '<p><a href="guide:data">data</a></p>'


def test_blocks_have_their_elements() -> None:
    text = (
        "## H {#h}\n\n1. a\n2. b\n\n- c\n\n| K | D |\n|---|---|\n| {cap:X} | d |\n\n![alt](picture:one)\n\n{keys:inbox}"
    )
    found = made(text, DRESS._replace(ids="page-"))
    assert '<h2 id="page-h"><a name="page-h"></a>H</h2>' in found
    assert "<ol><li>a</li><li>b</li></ol>" in found
    assert "<ul><li>c</li></ul>" in found
    assert '<th align="left">K</th>' in found
    assert "<img one>" in found
    assert "<td>Done &amp; over</td>" in found
    assert '<th align="left">Key</th>' in found


def test_a_table_may_do_without_a_head() -> None:
    assert "<th" not in made("| | |\n|---|---|\n| a | b |")


def test_sections_are_plain_words_by_heading() -> None:
    page = parsed(
        "p", "# Title\n\nFirst {word:page.inbox}.\n\n## Two {#two}\n\n- [x](guide:y)\n\n{keys:inbox}\n\n## Empty"
    )
    found = sections(page, Words())
    assert [(one.anchor, one.heading, one.text) for one in found] == [
        ("", "Title", "First Bandeja."),
        ("two", "Two", "x E Done & over"),
    ]


def test_plain_words_of_a_line() -> None:
    assert said(line_of("a **b {key:inbox.done}** `c` [d](guide:e)"), Words()) == "a b Ctrl ↵ c d"


def test_words_of_the_screen_lose_their_dots_and_gaps() -> None:
    assert bare("Open {host}…") == "Open"
    assert Picture("a", "b").alt == "b"
