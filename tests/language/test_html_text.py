"""Posts of strangers become plain text: nothing of theirs runs, nothing of what they wrote is lost, links stay honest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.html_text import plain_text, tidy

MENTION = '<span class="h-card"><a href="https://m.example/@ana" class="u-url mention">@<span>ana</span></a></span>'
LONG_LINK = (
    '<a href="https://www.example.org/discos/nuevos?x=1&amp;y=2"><span class="invisible">https://www.</span>'
    '<span class="ellipsis">example.org/discos</span><span class="invisible">/nuevos?x=1&amp;y=2</span></a>'
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Hola</p>", "Hola"),
        ("<p>uno<br>dos<br />tres</p><p>cuatro</p>", "uno\ndos\ntres\n\ncuatro"),
        ("uno<br><br>dos<br>", "uno\n\ndos"),
        ("a &lt;b&gt; &amp;amp; &#241; &nbsp;c", "a <b> &amp; ñ \xa0c"),
        (f"<p>{MENTION} hola</p>", "@ana hola"),
        (LONG_LINK, "https://www.example.org/discos/nuevos?x=1&y=2"),
        ('<a href="https://m.example/tags/disco" class="mention hashtag">#<span>disco</span></a>', "#disco"),
        ("<ul><li>a</li><li>b</li></ul><ol><li>c</li><li>d</li></ol>", "- a\n- b\n\n1. c\n2. d"),
        ("<blockquote>cita</blockquote>sigue", "> cita\n\nsigue"),
        ("<pre>a  b\n c</pre>", "a  b\n c"),
        ("  <p> a   b\n c </p>  ", "a b c"),
        ('hola <img src="x" alt=":blobcat:"> <img src="x" alt="not an emoji">', "hola :blobcat:"),
        ('<p class="quote-inline">RE: <a href="https://x.example">x</a></p><p>Mira</p>', "Mira"),
        ("", ""),
    ],
)
def test_what_a_reader_sees_is_what_comes_out(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_people_of_other_servers_keep_their_server_where_it_is_known() -> None:
    assert plain_text(MENTION, {"https://m.example/@ana": "@ana@m.example"}) == "@ana@m.example"
    fake = '<a class="mention" href="https://m.example/@ana">Tu banco</a>'
    assert plain_text(fake, {"https://m.example/@ana": "@ana@m.example"}) == "Tu banco"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<a href="https://evil.example">https://bank.example</a>', "https://bank.example (https://evil.example)"),
        (
            '<a href="https://bank.example.evil.example/x">bank.example</a>',
            "bank.example (https://bank.example.evil.example/x)",
        ),
        ('<a href="https://example.org/">example.org</a>', "https://example.org/"),
        ('<a href="https://example.org/x">aquí</a>', "aquí (https://example.org/x)"),
        ('<a href="https://example.org/x"></a>', "https://example.org/x"),
        ('<a href="javascript:alert(1)">clic</a>', "clic"),
        ('<a href="data:text/html,x">clic</a>', "clic"),
        ('<a href="https://[bad">https://[bad</a>', "https://[bad (https://[bad)"),
        (
            '<a href="https://a.example/1">uno <a href="https://a.example/2">dos</a>',
            "uno (https://a.example/1) dos (https://a.example/2)",
        ),
    ],
)
def test_a_link_never_hides_where_it_leads(html: str, text: str) -> None:
    assert plain_text(html) == text


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<script>alert(1)",
        "<SCRIPT SRC=//evil.example></SCRIPT>",
        "<style>alert{}</style>",
        "<svg><script>alert(1)</script></svg>",
        "<svg onload=alert(1)>alert</svg>",
        "<math><mtext>alert</mtext></math>",
        '<img src=x onerror="alert(1)">',
        "<iframe srcdoc='<script>alert(1)</script>'>alert</iframe>",
        "<!--<img src='--><img src=x onerror=alert(1)//'>-->".replace("-->", "->"),
        "<template>alert</template>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<title>alert</title>",
        "<textarea>alert</textarea>",
        "<object data=x>alert</object>",
        '<body onload="alert(1)">',
        '<p style="background:url(javascript:alert(1))"></p>',
        "<svg><svg>x</svg>alert</svg>",
    ],
)
def test_what_could_run_is_gone_and_the_rest_stays(html: str) -> None:
    assert "alert" not in plain_text(html)
    assert plain_text(f"<p>hola</p>{html}").startswith("hola")


def test_escaped_tags_are_the_authors_own_words() -> None:
    assert plain_text("<p>Usa &lt;script&gt;alert(1)&lt;/script&gt;</p>") == "Usa <script>alert(1)</script>"


def test_invisible_control_characters_are_removed() -> None:
    assert tidy("a\x00b\x1b[31mc\x7f\ufeff\r\nd") == "ab[31mc\nd"


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<!--",
        "<a",
        "<![",
        "<div>",
        "&",
        '<a href="',
        "</",
        "<?",
        "<p a=",
        "&#x",
        "<script></scrip",
        "<!DOCTYPE",
        "<![CDATA[",
    ],
)
@pytest.mark.timeout(60)  # with the square of the length it would be hours
def test_no_text_takes_for_ever(piece: str) -> None:
    assert len(plain_text(piece * (200_000 // len(piece)))) <= 200_000


@given(st.text(alphabet=st.sampled_from(list("<>!-[]/?&#;=\"' abcdpr\n\u0301ñ"))) | st.text())
def test_no_text_at_all_raises(html: str) -> None:
    plain_text(html)
