"""Whether a message asks for something, in five languages and by the marks of all scripts, and the part of it that does."""

from __future__ import annotations

import re
import unicodedata

from app.models.conversation import Category

MARKS = "?¿？؟՞\u037e⁇⁈‽︖﹖"
NO_QUESTIONS = frozenset({Category.PRAISE, Category.SPAM, Category.TROLL})
MATTERS = frozenset({Category.ORDER, Category.TECHNICAL, Category.REQUEST})
"""In these, who says what is wanted or what does not work asks for something."""
SHORTEST = 4
SHORTEST_DENSE = 2
LONGEST = 240

_MENTION = re.compile(r"(?<!\w)@[\w.-]+(?:@[\w.-]+)?")
_LINK = re.compile(r"https?://\S+|\b\w+(?:\.\w+)+/\S*")
_SENTENCE = re.compile(r"[^.!?？。！…\n]+[.!?？。！…\n]*")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+")

_OPENING = (
    "how|what|when|where|why|who|which|whose|can|could|may|do|does|did|is|are|will|would|should|any|anyone|"
    "como|que|cuando|donde|cual|cuales|cuanto|cuantos|cuanta|cuantas|quien|puedo|puede|pueden|podria|podrian|tienen|tendran|hay|aceptan|hacen|manejan|venden|envian|mandan|"
    "comment|quand|ou|qu|est|pourquoi|combien|quel|quelle|quels|quelles|qui|est|peut|puis|pouvez|avez|livrez|faites|acceptez|auriez|"
    "как|когда|где|сколько|почему|можно|нельзя|есть|какой|какая|какие|что|кто|зачем|куда|чем|будет|"
)
_OPENERS = frozenset(_OPENING.strip("|").split("|"))
_ACCENTED = re.compile(
    r"\b(?:cuándo|cómo|dónde|cuánto|cuánta|cuántos|cuántas|cuál|cuáles|quién|por qué|où)\b", re.IGNORECASE
)
_LI = re.compile(r"\bли\b", re.IGNORECASE)
_HAN = re.compile(
    "吗|嗎|呢|什么|什麼|怎么|怎麼|几点|幾點|哪|多少|多久|能不能|可不可以|可以.*么|是否|有没有|有沒有|为什么|為什麼|是不是"
)
_WANTS = re.compile(
    r"\b(?:i need|i want|i'd like|can't|cannot|couldn't|doesn't work|not working|won't|please send|looking for|"
    r"necesito|quiero|quisiera|no puedo|no me deja|no funciona|no llega|no ha llegado|no sirve|me pueden|busco|"
    r"je voudrais|j'ai besoin|je veux|je ne peux|ne fonctionne|ne marche|n'arrive|je cherche|"
    r"мне нужн\w*|хочу|хотела? бы|не могу|не работает|не приш\w+|не получается|ищу)\b|我想|我要|需要|不能|无法|無法|打不开|打不開|没收到|沒收到|请问|請問",
    re.IGNORECASE,
)

_LITTLE = (
    # English
    "the|a|an|is|are|am|was|were|be|been|my|your|our|their|his|her|its|this|that|these|those|it|i|you|we|they|he|she|me|us|them|to|of|in|on|at|for|from|"
    "with|and|or|but|if|so|as|by|not|no|yes|do|does|did|have|has|had|can|could|would|will|should|may|might|what|when|where|how|why|who|which|there|here|"
    "hi|hey|hello|please|thanks|thank|any|some|get|got|just|still|also|too|very|im|dont|ive|ill|cant|one|more|much|many|about|out|up|"
    # Spanish
    "el|la|los|las|un|una|unos|unas|lo|le|les|mi|mis|tu|tus|su|sus|nos|me|te|se|yo|ella|ellos|ustedes|usted|de|del|al|a|en|con|por|para|sin|sobre|y|e|o|u|"
    "que|como|cuando|donde|cual|cuanto|cuantos|quien|si|no|ya|muy|mas|pero|porque|es|son|esta|estan|este|esto|esa|ese|eso|ser|fue|era|hay|he|ha|han|tengo|"
    "tienen|tiene|puedo|pueden|puede|hola|buenas|buenos|dias|tardes|noches|gracias|favor|porfa|disculpa|disculpen|oigan|saludos|algun|alguna|algo|"
    # French
    "le|les|un|une|des|du|au|aux|ce|cet|cette|ces|mon|ma|mes|ton|ta|tes|son|sa|ses|notre|nos|votre|vos|leur|je|j|il|elle|on|nous|vous|ils|elles|qui|quoi|que|"
    "quand|comment|ou|combien|quel|quelle|est|sont|etait|sera|ai|as|avez|avons|ont|pas|ne|n|d|l|s|c|qu|et|mais|donc|pour|par|avec|sans|dans|sur|bonjour|bonsoir|"
    "salut|merci|svp|peut|puis|pouvez|t|y|en|"
    # Russian
    "и|в|во|на|с|со|к|ко|у|о|об|от|до|из|за|по|для|не|ни|но|а|или|же|ли|бы|что|как|когда|где|сколько|кто|я|мы|вы|ты|он|она|они|мне|вам|вас|нам|нас|это|эта|этот|"
    "эти|мой|моя|мои|ваш|ваша|ваши|есть|был|была|было|быть|можно|здравствуйте|привет|добрый|день|вечер|пожалуйста|спасибо|подскажите|ещё|еще|уже|так|там|тут|"
    # Chinese, by two signs
    "你好|您好|请问|請問|谢谢|謝謝|我的|我们|我們|你们|你們|可以|什么|什麼|怎么|怎麼|一下|这个|這個|那个|那個|是不|不是|有没|没有|沒有|吗我|我想|想问|"
)
LITTLE = frozenset(_LITTLE.strip("|").split("|"))
"""Words that stand in every question and say nothing of what it is about."""


def is_question(text: str, category: str) -> bool:
    """Whether a customer's message asks for something that the shop may have been asked before."""
    if category in NO_QUESTIONS:
        return False
    bare = tidied(text)
    dense = len(_DENSE.findall(bare))
    letters = sum(letter.isalpha() for letter in bare)
    if letters < SHORTEST and dense < SHORTEST_DENSE:
        return False
    return asks(bare) or (category in MATTERS and _WANTS.search(bare) is not None)


def asks(text: str) -> bool:
    """By its marks, or by how a sentence begins."""
    if any(mark in text for mark in MARKS):
        return True
    if _ACCENTED.search(text) or _LI.search(text) or _HAN.search(text):
        return True
    for sentence in _SENTENCE.findall(text):
        words = _WORD.findall(sentence)
        cried = "!" in sentence or "！" in sentence or "¡" in sentence
        if len(words) > 2 and not cried and _plain(words[0]) in _OPENERS:
            return True
    return False


def question_of(text: str) -> str:
    """The part that asks, to be shown: without names and links; all of it where that part says too little alone."""
    bare = tidied(text)
    asking = [part.strip() for part in _SENTENCE.findall(bare) if any(mark in part for mark in "?？؟")]
    short = " ".join(asking)
    enough = len(_DENSE.findall(short)) >= 8 or len(_WORD.findall(short)) >= 7
    words = short if asking and enough else bare
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


def tidied(text: str) -> str:
    """One line, without names of profiles and links."""
    return " ".join(_LINK.sub(" ", _MENTION.sub(" ", text)).split())


def _plain(word: str) -> str:
    split = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter))
