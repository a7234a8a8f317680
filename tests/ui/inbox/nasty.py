"""Texts that strangers could write to break, deceive or spy: what the Inbox must show as harmless text."""

from __future__ import annotations

ZALGO = "H" + "\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c" * 12 + "ola"

TEXTS: tuple[str, ...] = (
    # markup
    "<b>bold</b>", "<img src=http://127.0.0.1:9/a.png>", "<script>alert(1)</script>", "<a href='javascript:x'>click</a>", "&lt;&amp;&#x202e;",
    "<table><tr><td>", "<html><body style='background:url(http://127.0.0.1:9/b)'>", "<!--", "]]>", "<iframe src=file:///etc/passwd>",
    "<style>*{display:none}</style>", "<object data=http://127.0.0.1:9/>", "<svg onload=alert(1)>", "<meta http-equiv=refresh content=0>",
    # addresses
    "javascript:alert(1)", "file:///etc/passwd", "data:text/html,<script>", "vbscript:x", "https://", "http://[::1", "https://a\u202eb.example/x",
    "https://paypal.com@evil.example/login", "https://раураl.example/", "https://xn--80ak6aa92e.com/", "HTTPS://EXAMPLE.COM/\u200b", "smb://host/share",
    "https://example.com/" + "a" * 3000, "//example.com", "http://127.0.0.1:9/", "ms-settings:display",
    # direction
    "invoice\u202egnp.exe", "\u202d\u202e\u2066\u2067\u2068 abc", "\u2067right\u2069 left", "שלום hello مرحبا", "\u061c\u200f\u200e", "a" + "\u202e" * 500,
    # marks
    ZALGO, "a" + "\u0301" * 5000, "ก" + "\u0e47" * 300, "\u0301 first", "ﷺ" * 50, "𒐫" * 20, "e\u20dd\u20dd\u20dd\u20dd\u20dd\u20dd",
    # nothing to see
    "", " ", "\u200b", "\u3164\u3164", "\u2060\u2061\u2062\u2063", "\u00ad\u00ad", "\ufeff", "\n\n\n\n", "\t\t\t", "\u2800" * 40,
    # controls
    "a\x00b", "\x00", "\x1b[2J\x1b[31mred", "bell\x07back\x08", "a\x0cb\x0bc\x85d\u2028e\u2029f", "\x7f\x9f", "\r\r\r", "\ufffe\uffff",
    "half \ud83d pair", "\U000e0001\U000e0068\U000e0069", "\ufff9a\ufffab\ufffb",
    # emoji
    "👩🏽‍🚀👨‍👩‍👧‍👦🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f🇲🇽🇲", "👍🏽" * 400, "🧑" + "\u200d🧑" * 100, "\u200d" * 300, "❤\ufe0f" + "\ufe0f" * 200, "🏳️‍🌈",
    # large
    "x" * 100_000, "palabra " * 12_500, "\n" * 100_000, "línea\n" * 16_000, "中" * 33_000, "👍" * 25_000, ("a" * 70 + "\u0301" * 30) * 1000, "https://a.example/ " * 5000,
    # for other programs
    "=HYPERLINK(\"http://127.0.0.1:9\")", "@SUM(A1)", "+1-1|cmd", "-2+3", "{name}", "{0}", "%s%n%d", "%(x)s", "$(rm -rf)", "`id`", "'; DROP TABLE message; --",
    "&File", "&&", "\\", "C:\\..\\x", "../../etc/passwd", "NULL", "🏴‍☠️ {{7*7}} ${7*7}",
)  # fmt: skip

HANDLES: tuple[str, ...] = (
    "@аurora",
    "@aur0ra",
    "@\u202earorua",
    "@" + "a" * 500,
    "<b>@x</b>",
    "@\x00",
    "",
    "@иван",
    "@\u200baurora",
    "@a&b",
)
