"""HTML becomes plain text: quotes keep their marks, nothing hidden or active comes through, and nothing takes long."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from app.mail.html_letters import plain_text
from app.mail.quoting import new_text

GMAIL = (
    '<div dir="ltr"><div>Sí, cámbialo.</div><div><br></div><div>Marta</div></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
    'El mar, 3 nov 2026 a las 10:00, Lucía (&lt;<a href="mailto:l@a.example">l@a.example</a>&gt;) escribió:<br></div>'
    '<blockquote class="gmail_quote" style="margin:0"><div>Hola<br>¿qué hacemos?</div></blockquote></div>'
)
OUTLOOK = (
    "<html><head><style><!-- p {color:red} --></style></head><body><p class=MsoNormal>Sí, adelante.<o:p></o:p></p>"
    '<div id="divRplyFwdMsg"><b>De:</b> Lucía &lt;l@a.example&gt;<br><b>Enviado:</b> martes, 3 de noviembre<br><b>Para:</b> Marta<br>'
    "<b>Asunto:</b> Pregunta</div><p>Hola</p></body></html>"
)


def test_quotes_keep_their_marks() -> None:
    assert "> Hola\n> ¿qué hacemos?" in plain_text(GMAIL)
    assert new_text(plain_text(GMAIL)) == "Sí, cámbialo.\n\nMarta"


def test_the_block_of_outlook_is_cut_off() -> None:
    assert new_text(plain_text(OUTLOOK)) == "Sí, adelante."


def test_nothing_hidden_or_active_comes_through() -> None:
    html = '<div style="display:none">preheader</div><script>alert(1)</script><style>x</style><p>Hola &amp; adiós</p><img src="https://x.example/pixel.gif">'
    assert plain_text(html) == "Hola & adiós"


def test_a_link_says_where_it_leads() -> None:
    assert (
        plain_text('<a href="https://evil.example/x">aurora.example</a>') == "aurora.example (https://evil.example/x)"
    )
    assert plain_text('<a href="https://aurora.example/x">https://aurora.example/x</a>') == "https://aurora.example/x"
    assert plain_text('<a href="javascript:alert(1)">haz clic</a>') == "haz clic"


def test_tables_lists_and_paragraphs_stand_on_lines_of_their_own() -> None:
    assert (
        plain_text("<table><tr><td>Pedido</td><td>A-1</td></tr></table><ul><li>uno</li><li>dos</li></ul><p>fin</p>")
        == "Pedido A-1\n\n- uno\n- dos\n\nfin"
    )


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("<>/=\"'&;ab!-")), max_size=600))
def test_any_html_at_all_can_be_read(html: str) -> None:
    assert "<script" not in plain_text(html).lower() or "&lt;" in html or "<script" in html.lower()


def test_hostile_html_takes_no_long_time() -> None:
    begins = time.process_time()
    for piece in (
        "<a " * 100_000,
        "<!--" * 100_000,
        "<div>" * 100_000,
        "<blockquote>" * 60_000 + "x",
        '<a href="' * 60_000,
        "&" * 300_000,
    ):
        plain_text(piece)
    assert time.process_time() - begins < 5
