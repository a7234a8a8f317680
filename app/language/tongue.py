"""Which language a short text is in, by script and small words; says nothing where it is not sure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_SMALL_WORDS = {
    "en": "the|is|are|my|you|your|to|of|and|i|it|not|have|has|do|does|did|what|when|where|how|can|could|for|with|on|was|this|that|order|please|hello|thanks|im|dont|me|get|got|its",
    "es": "el|la|los|las|un|una|es|son|mi|mis|tu|su|que|de|y|no|me|lo|le|les|por|para|con|cuando|donde|como|puedo|tienen|hola|gracias|esta|estan|del|se|ya|muy|pero|porfa|ustedes|si|mas|a|al",
    "fr": "le|la|les|un|une|est|sont|mon|ma|mes|vous|votre|je|j|ne|pas|de|des|du|et|que|qui|pour|avec|quand|ou|comment|bonjour|merci|ca|c|svp|sur|dans|au|aux|avez|est-ce|y|a-t-il|l|d|n",
    "pt": "o|os|as|um|uma|e|sao|meu|minha|voce|nao|de|da|do|das|dos|em|que|para|com|quando|onde|como|ola|obrigado|obrigada|esta|ja|muito|mas|por|eu|no|na|ao",
    "it": "il|lo|gli|un|una|e|sono|mio|mia|non|di|del|della|che|per|con|quando|dove|come|ciao|grazie|ho|avete|mi|si|ma|anche|questo|questa|alla|al|nel",
    "de": "der|die|das|ein|eine|ist|sind|mein|meine|ich|nicht|und|zu|von|mit|wann|wo|wie|hallo|danke|bitte|habe|haben|sie|ihr|auf|fur|den|dem|im|es|noch|kann",
}
_WORDS = {language: frozenset(words.split("|")) for language, words in _SMALL_WORDS.items()}
_SIGNS = {"ñ": "es", "¿": "es", "¡": "es", "ã": "pt", "õ": "pt", "ß": "de", "œ": "fr", "ê": "fr", "è": "fr", "ù": "fr"}
_WORD = re.compile(r"[^\W\d_]+")


def tongue(text: str) -> str:
    """ISO 639-1; empty where nothing tells."""
    text = unicodedata.normalize("NFC", text).casefold()
    script = _by_script(text)
    if script:
        return script
    votes: Counter[str] = Counter(_SIGNS[letter] for letter in text if letter in _SIGNS)
    for word in _WORD.findall(_unaccented(text)):
        votes.update(language for language, words in _WORDS.items() if word in words)
    best = votes.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return ""
    return best[0][0]


def _by_script(text: str) -> str:
    """Where one script is enough."""
    counts = Counter(_script(letter) for letter in text if letter.isalpha())
    kana = counts["ja"]
    if kana and kana * 5 >= counts["zh"]:
        return "ja"
    letters = sum(counts.values())
    for language in ("zh", "ko", "cyrillic"):
        # A han sign says as much as several letters.
        if counts[language] * (3 if language == "zh" else 1) > letters / 2:
            return _cyrillic(text) if language == "cyrillic" else language
    return ""


def _script(letter: str) -> str:
    code = ord(letter)
    if 0x3040 <= code <= 0x30FF:
        return "ja"
    if 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF:
        return "zh"
    if 0xAC00 <= code <= 0xD7AF:
        return "ko"
    return "cyrillic" if 0x400 <= code <= 0x4FF else ""


def _cyrillic(text: str) -> str:
    return "uk" if any(letter in "іїєґ" for letter in text) and not any(letter in "ыэъё" for letter in text) else "ru"


def _unaccented(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
