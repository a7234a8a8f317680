"""Whether a reply keeps to the shop's style: form of address, a greeting, words that are not used, how many posts it takes.

Deliberately careful: only words that can mean nothing else count as a form of address, so what it says is right and some things go unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from app.runtime.words import Message, message


class Manners(NamedTuple):
    """The shop's style."""

    address: str = ""
    """`informal`, `formal`, or empty for any."""
    greeting: bool = False
    forbidden: tuple[str, ...] = ()
    posts: int = 0
    """The most that a public reply may take; 0: any number."""


_INFORMAL = {
    "es": "tú tu tus ti contigo te tuyo tuya",
    "fr": "tu toi ton tes t'es",
    "de": "du dich dir dein deine deinen deinem deiner",
    "it": "tu ti tuo tua tuoi tue",
    "pt": "tu teu tua teus tuas contigo",
    "ru": "ты тебя тебе тобой твой твоя твоё твои твоего твоей",
    "uk": "ти тебе тобі тобою твій твоя твоє твої",
    "pl": "ty ciebie tobie tobą twój twoja twoje",
    "tr": "sen seni sana senin",
}
_FORMAL = {
    "es": "usted ustedes",
    "fr": "vous votre vos",
    "it": "lei",
    "pt": "senhor senhora",
    "ru": "вы вас вам вами ваш ваша ваше ваши вашего вашей вашу",
    "uk": "ви вас вам вами ваш ваша ваше ваші",
    "pl": "pan pani pana panu",
    "tr": "siz sizi size sizin",
}
_FORMAL_WITH_CAPITAL = {"de": ("Sie", "Ihnen", "Ihr", "Ihre", "Ihren", "Ihrem", "Ihrer")}
"""Only inside a sentence: at its beginning every word has a capital."""
_CHINESE = {"informal": "你", "formal": "您"}
_GREETINGS = {
    "es": "hola,buenos días,buen día,buenas,estimad,querid,saludos,qué tal",
    "en": "hi,hello,hey,dear,good morning,good afternoon,good evening",
    "fr": "bonjour,bonsoir,salut,cher,chère,coucou",
    "de": "hallo,hi,guten,liebe,moin,sehr geehrte,servus,grüß",
    "it": "ciao,buongiorno,buonasera,salve,gentile,cara,caro",
    "pt": "olá,oi,bom dia,boa tarde,boa noite,prezad,car",
    "ru": "здравствуйте,привет,добрый,доброе,доброй,уважаем,дорог",
    "uk": "вітаю,привіт,добрий,доброго,шановн",
    "zh": "您好,你好,嗨,早上好,下午好,晚上好,亲爱的,尊敬的,大家好",
    "ja": "こんにちは,おはよう,こんばんは,お世話",
    "pl": "dzień dobry,cześć,witaj,hej,szanown",
    "tr": "merhaba,selam,günaydın,iyi günler,sayın",
}
_HANDLES = re.compile(r"^(?:\s*@\S+)+\s*")
_LEADING = " \t\n¡¿\"'«“‘(*_👋🙂😊"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def style_complaints(text: str, rules: Manners, language: str, *, posts: int = 1) -> tuple[Message, ...]:
    """What in a reply is not the shop's style, each with the words that show it; nothing for an empty text.

    `language` is the reply's (ISO 639-1); what is not known of it is not complained of. `posts`: how many the reply takes.
    """
    if not text.strip():
        return ()
    found: list[Message] = []
    other = _other_address(text, rules.address, language)
    if other:
        found.append(message(f"style.not_{rules.address}", word=other))
    if rules.greeting and not _greets(text, language):
        found.append(message("style.no_greeting"))
    found += [message("style.forbidden", word=word) for word in _forbidden(text, rules.forbidden)]
    if rules.posts and posts > rules.posts:
        found.append(message("style.too_many_posts", posts=posts, most=rules.posts))
    return tuple(found)


def words_of(listed: str) -> tuple[str, ...]:
    """The words of a setting, separated by commas or lines."""
    return tuple(dict.fromkeys(word.strip() for word in re.split(r"[,;，；、\n]", listed) if word.strip()))


def _other_address(text: str, wanted: str, language: str) -> str:
    """The first word in the form of address that is not wanted; empty where there is none."""
    if wanted not in ("informal", "formal"):
        return ""
    if language == "zh":
        other = _CHINESE["formal" if wanted == "informal" else "informal"]
        return other if other in text else ""
    if wanted == "informal" and language in _FORMAL_WITH_CAPITAL:
        inside = re.search(r"(?<=[^.!?\n]\s)(?:" + "|".join(_FORMAL_WITH_CAPITAL[language]) + r")\b", text)
        return inside[0] if inside else ""
    others = (_FORMAL if wanted == "informal" else _INFORMAL).get(language, "").split()
    return next((word for word in _WORD.findall(text) if word.casefold() in others), "")


def _greets(text: str, language: str) -> bool:
    greetings = _GREETINGS.get(language)
    if greetings is None:
        return True
    begins = _HANDLES.sub("", text).lstrip(_LEADING).casefold()
    return begins.startswith(tuple(greetings.split(",")))


def _forbidden(text: str, words: Sequence[str]) -> list[str]:
    folded = text.casefold()
    found = []
    for word in words:
        wanted = re.escape(word.casefold())
        plain = word[0].isascii() or word[0].isalpha()
        spaced = plain and not re.search(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", word)
        pattern = rf"(?<!\w){wanted}(?!\w)" if spaced else wanted
        if re.search(pattern, folded):
            found.append(word)
    return found
