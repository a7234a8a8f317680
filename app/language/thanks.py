"""Tells a bare "thanks" from a message that wants something, in five languages. Where it is not sure, it is not a bare thanks."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

LONGEST = 200
"""Characters. Nobody who only says thanks writes more, and a hostile text is not looked through."""
MOST_WORDS = 18

_SAID = {
    "en": (
        "thanks thank 3q thankyou thx thnx thanx tnx tks tq ty tysm tyvm cheers thankful grateful appreciate appreciated",
        "you u ya yu so very much muchly many a lot lots ton tons million bunch heaps again for for your the all everything help helping helpful answer"
        " reply replying answering quick quickly fast prompt speedy kind kindly kindness response info information update support patience time service"
        " guys team everyone folks dear ok okay k great perfect cool awesome amazing lovely wonderful excellent brilliant fantastic good nice noted"
        " understood sure yes yep yay wow oh ah and really truly it i we am im most ever indeed too both aurora friend friends"
        " it's its that thats this of from me us heart bottom my have day weekend evening one best regards hugs love xx xo xoxo",
    ),
    "es": (
        "gracias grax graxias gracia grasias agradecida agradecido agradecidos agradecidas agradezco agradecemos",
        "muchas muchisimas mucho muchos mil miles millon infinitas tantas mas de por la el los las su sus tu tus ayuda respuesta atencion atenciones todo todos todas rapida rapido rapidez"
        " pronta pronto informacion info apoyo tiempo paciencia servicio amabilidad confirmar contestar responder ayudarme avisar resolverlo a ti ustedes"
        " usted les te lo que muy tan amable amables son eres es ok oki okey vale va sale perfecto genial excelente listo entendido enterado enterada claro bueno"
        " buen buena buenas buenos dia dias tarde tardes noche noches lindo linda bonito bonita feliz fin semana saludos saludo abrazo abrazos bendiciones"
        " besos corazon alma otra vez nuevamente igualmente equipo chicos chicas amigos amiga amigo y e super de verdad en serio padre chido ay oh si ya",
    ),
    "fr": (
        "merci mersi mercii mrc mci remercie remercions reconnaissant reconnaissante",
        "beaucoup bcp bcoup bien mille infiniment encore enormement a vous toi te pour votre vos ton ta tes tout toute toutes tous la l le les de du des d reponse reponses"
        " aide info infos information informations rapidite rapide reactivite gentillesse patience service equipe c est cest gentil gentille adorable tres trop super parfait"
        " top genial ok okay d accord dac entendu note bonne bon belle journee soiree week end weekend et cordialement grand un une"
        " coeur fond bisous bises je nous oui ah oh vraiment sincerement chaleureusement",
    ),
    "ru": (
        "спасибо спасибки спасибочки спасиб спс спсб сп пасиб пасибо пасибки сенкс благодарю благодарим благодарен благодарна благодарны признателен признательна",
        "большое большущее огромное огромнейшее преогромное вам тебе вас тебя всем за помощь ответ быстрый быстро оперативность оперативный оперативно все всё очень и ещё раз"
        " хорошо ок окей понял поняла поняли понятно отлично супер класс прекрасно замечательно ясно принято хорошего доброго дня вечера выходных ребята друзья девушки"
        " команде команда много душевно сердечно сердечное искренне информацию инфу внимание заботу терпение поддержку работу да ура ой ого от души"
        " вы лучшие лучше самое с уважением",
    ),
}  # fmt: skip
"""For each language the words that thank, and those that may stand beside them without wanting anything."""

_PHRASES = (
    "will do", "got it", "no problem at all", "you are the best", "you re the best", "youre the best", "you rock", "made my day", "have a nice day",
    "have a good day", "have a great day", "have a lovely day", "no worries", "son los mejores", "son lo maximo", "eres lo maximo", "que tengan buen dia",
    "que tengas buen dia", "que este bien", "que esten bien", "me salvaron", "vous etes au top", "vous etes les meilleurs", "bonne continuation",
    "вы супер", "вы лучшие", "не за что", "ça marche", "de rien",
)  # fmt: skip
_CHINESE_THANKS = (
    "非常感谢", "十分感谢", "太感谢", "万分感谢", "由衷感谢", "感谢", "感激不尽", "感激", "谢谢", "谢啦", "谢了", "谢过", "多谢", "拜谢", "感恩", "蟹蟹", "谢", "三克油", "3q", "3x",
)  # fmt: skip
_CHINESE_BESIDE = (
    "你们的回复", "您的回复", "你的回复", "你们的帮助", "您的帮助", "你的帮助", "耐心解答", "耐心回复", "及时回复", "快速回复", "的回复", "的解答", "的帮助", "多", "辛苦了", "辛苦啦", "辛苦",
    "你们", "您们", "大家", "店家", "老板", "老板娘", "客服", "小姐姐", "小哥哥", "亲爱的", "亲", "您", "你", "啦", "了", "哦", "喔", "噢", "呀", "啊", "哈", "哒", "呢", "嗯", "好的", "好滴", "好",
    "收到", "明白", "知道", "懂", "太", "非常", "真的", "真", "很", "十分", "一下", "麻烦", "么么", "爱", "祝", "生意兴隆", "回复", "帮助", "解答", "哟", "咯", "喽", "嘞",
)  # fmt: skip
_TRADITIONAL = str.maketrans("謝們您幫覆複復時麻煩讚爛親愛祝興隆應這", "谢们您帮复复复时麻烦赞烂亲爱祝兴隆应这")
_NOT_TYPOS = frozenset(
    [
        "thinks",
        "think",
        "thanked",
        "tank",
        "tanks",
        "hanks",
        "shanks",
        "banks",
        "ranks",
        "mercy",
        "marci",
        "merce",
        "gratis",
        "thats",
        "than",
    ]
)
_LAUGHTER = re.compile(r"(?:[jhx][aei]|[aei][jhx])[ajhxei]+|[ах]{2}[аех]+|mdr|lol|xd+")
_URL = re.compile(r"https?:|www\.|://")
_MENTION = re.compile(r"(?<![\w@])@[\w.\-]+(?:@[\w.\-]+)?")
_WORD = re.compile(r"[^\W\d_]+|\d\w*")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_TYPO_LENGTH = 5
"""Shorter words are not forgiven a slip of the finger."""


class _Words(NamedTuple):
    thanks: frozenset[str]
    beside: frozenset[str]
    phrases: tuple[str, ...]


def is_bare_thanks(text: str) -> bool:
    """Whether the text thanks and does nothing else: no question, no "but", nothing announced and nothing asked for in advance."""
    if len(text) > LONGEST or _URL.search(text) or "?" in text or "？" in text or "¿" in text:
        return False
    plain = (
        _MENTION.sub(" ", unicodedata.normalize("NFKC", text))
        .replace("'", " ")
        .replace("\N{RIGHT SINGLE QUOTATION MARK}", " ")
    )
    if _CHINESE.search(plain):
        return _bare_in_chinese(plain)
    names = _vocatives(plain)
    folded = _STRETCHED.sub(r"\1", _folded(plain))
    words = _words()
    thanked = False
    for phrase in words.phrases:
        if phrase not in folded:
            continue
        folded = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", " ", folded)
    found = _WORD.findall(folded)
    if len(found) > MOST_WORDS:
        return False
    for word in found:
        if word in words.thanks or _is_slip(word):
            thanked = True
        elif word in ("1000", "10", "100", "1000000"):
            continue  # "1000 gracias", "10 de 10" needs its words as well
        elif word not in words.beside and word not in names and _LAUGHTER.fullmatch(word) is None:
            return False
    return thanked


def _bare_in_chinese(plain: str) -> bool:
    """No spaces lie between Chinese words: what is known is taken out, and nothing may be left."""
    rest = _folded(plain).translate(_TRADITIONAL)
    thanked = False
    for known in _CHINESE_THANKS:
        if known in rest:
            thanked, rest = True, rest.replace(known, " ")
    for beside in sorted(_CHINESE_BESIDE, key=len, reverse=True):
        rest = rest.replace(beside, " ")
    left = _WORD.findall(rest)
    words = _words()
    return thanked and all(word in words.thanks or word in ("ok", "okay", "thanks", "thx") for word in left)


def _vocatives(plain: str) -> frozenset[str]:
    """At most one name that somebody is thanked by: "Gracias Aurora". Not after a full stop, where a sentence begins."""
    found = re.findall(r"(?:[^\W\d_]|,)[ ]+([^\W\d_]{2,})", plain)
    named = [word for word in found if word[0].isupper() and not word.isupper() and word[1:].islower()]
    return frozenset({_folded(named[0])}) if len(named) == 1 else frozenset()


@lru_cache(maxsize=4096)
def _is_slip(word: str) -> bool:
    """Kept by word: most messages are made of the same ones."""
    return _slip_of(word, _words().thanks)


def _slip_of(word: str, known: frozenset[str]) -> bool:
    """One letter too many, too few, another, or two of them exchanged."""
    if len(word) < _TYPO_LENGTH or word in _NOT_TYPOS:
        return False
    return any(
        abs(len(word) - len(other)) <= 1 and len(other) >= _TYPO_LENGTH and _one_slip(word, other) for other in known
    )


def _one_slip(one: str, other: str) -> bool:
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return (
        a[1:] == b[1:]
        or a[1:] == b
        or a == b[1:]
        or (len(a) > 1 and len(b) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:])
    )


@cache
def _words() -> _Words:
    """Folded as what is compared with them, made when first asked for."""
    thanks = frozenset(word for said, _ in _SAID.values() for word in _folded(said).split())
    beside = frozenset(word for _, besides in _SAID.values() for word in _folded(besides).split())
    return _Words(thanks, beside, tuple(sorted((_folded(phrase) for phrase in _PHRASES), key=len, reverse=True)))


def _folded(text: str) -> str:
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return unicodedata.normalize("NFC", "".join(letter for letter in decomposed if not unicodedata.combining(letter)))
