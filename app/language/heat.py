"""Notices that a reply was written in anger: shouting, insults, exclamation marks, one reply after another; five languages, and each sign with its evidence.

Keeps to itself what shouts without anger: names of records and bands, formats, what is quoted, what the customer wrote so.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

import regex

LONGEST = 12_000
MANY_REPLIES = 5
"""So many replies to one person within `REPLIES_MINUTES` are a quarrel."""
REPLIES_MINUTES = 10


class Sign(StrEnum):
    """What gives it away."""

    INSULT = "insult"
    CAPITALS = "capitals"
    EXCLAIMING = "exclaiming"
    REPLIES = "replies"


class Heat(NamedTuple):
    """One sign, and the words that show it."""

    sign: Sign
    evidence: str


_QUOTED = regex.compile(
    r"«[^«»]{1,400}»|“[^“”]{1,400}”|\"[^\"\n]{1,400}\"|‘[^‘’]{1,400}’|„[^„“]{1,400}“|《[^《》]{1,400}》|「[^「」]{1,400}」|『[^『』]{1,400}』"
)
_LINK = regex.compile(r"https?://\S+|[@#]\w+")

# ---- insults. Words that are a name of a record or a band in the usual spelling are left out by what stands beside them.

_INSULT = regex.compile(
    r"""
      \b(?: (?<!\bamerican\s)(?<!\bthe\s)(?<!\bl['’])idiots?\b(?!\s+(?:prayer|by|of|de)\b) | morons?\b | imbeciles?\b | (?<!\bso\s)stupid(?:ity)?\b(?!\s+(?:girls?|deaf|cupid)) | dumbass\w* | assholes?
        | bastards?\b | jerks?\b(?!\s+chicken) | shut\s+up\b | liars?\b | scumbags? | bullshit | shitty? | f[u*]ck\w* | wtf | screw\s+you | get\s+lost\b | piss\s+off
        | pathetic | you(?:['’]re|\s+are)\s+(?:so\s+|just\s+|being\s+)?(?:ridiculous|crazy|insane|lying|a\s+(?:clown|joke|fool|troll)|blind|deaf|ignorant|rude)
        | (?:can['’]?t|cannot)\s+you\s+read | learn\s+to\s+read | are\s+you\s+(?:blind|deaf|stupid|serious) | what(?:['’]?s|\s+is)\s+wrong\s+with\s+you | your\s+own\s+(?:stupid\s+)?fault )
    | \b(?: (?<!\bel\s)idiotas?\b(?!\s+(?:de|del)\b) | imb[eé]cil(?:es)?\b | est[uú]pid[oa]s?\b | pendej\w+ | cabr[oó]n(?:es|a|as)?\b | tarad[oa]s?\b | ment[ie]ros[oa]s?\b | payas[oa]s?\b(?!\s+(?:triste|feliz)) | ignorantes?\b
        | maleducad[oa]s? | groser[oa]s\b | c[aá]ll[ae]te | c[aá]ll?ese | mierda | carajo | chinga\w* | v[aá]yase\s+a | vete\s+a\s+la | qu[eé]\s+le\s+pasa\b | est[aá]s?\s+(?:loc|cieg|sord)[oa]s?\b
        | no\s+sab(?:e|es)\s+leer | aprend[ae]\s+a\s+leer | es\s+(?:su|tu)\s+(?:propia\s+)?culpa | no\s+sea\s+(?:necio|ridícul|payas)\w* | rid[ií]cul[oa]s\b | in[uú]tiles?\b(?=\s*[!.]|$) )
    | \b(?: connard\w* | connasse\w* | abruti\w* | cr[eé]tin\w* | imb[eé]cile\w* | d[eé]bile\w* | (?<!\bmon\s)idiote\w* | menteu(?:r|se)s?\b | ta\s+gueule | ferme[-\s](?:la|ta)\b | taisez[-\s]vous
        | (?:de\s+|la\s+|\b)merde\b | foutez | foutre | grossi(?:er|ère)\s+personnage | vous\s+[eê]tes\s+(?:ridicule|fou|folle|aveugle|sourd|b[eê]te|stupide|ignorant|de\s+mauvaise\s+foi)\w*
        | vous\s+ne\s+savez\s+pas\s+lire | apprenez\s+[aà]\s+lire | c['’]est\s+(?:de\s+)?votre\s+(?:propre\s+)?faute | stupides?\b )
    | \b(?: идиот\w*(?!\s+достоевск) | дурак\w* | дур[аыу]\b | (?<!\bи\s)туп(?:ой|ая|ые|ица|ицы)\b | кретин\w* | дебил\w* | болван\w* | лжец\w* | лгун\w* | вр[её]те\b | врун\w* | хам(?:ите|ство|ка|ло|ы)?\b | заткни\w*
        | сволоч\w* | урод(?:ы|ам|ов|а)?\b | козл\w* | придур\w* | сам[аи]?\s+виноват\w* | бред\s+(?:не|нес|сив)\w* | не\s+неси\w*\s+(?:чушь|бред) | чушь\s+нес\w* | читать\s+(?:не\s+)?(?:умеете|умеешь|научи\w+)
        | научит?е?сь\s+читать | вы\s+(?:слеп|глух|ненормальн|сумасшедш|нагл)\w+ | что\s+с\s+вами\s+не\s+так | иди\w*\s+(?:на|к\s+ч[её]рту|лесом) | достал[иа]?\s+уже | дрянь )
    | 白痴 | 傻[逼叉x×瓜子蛋]  | 蠢(?!蠢欲动) | 笨蛋 | 混蛋 | 王八 | 骗子 | 闭嘴 | (?<!摇)滚(?:蛋|开|吧|出|！|!|$) | 神经病 | 脑残 | 脑子有 | 废物 | 无耻 | 胡说八道 | 有病(?!假|毒|痛|人|房) | 去死 | 他妈 | 你妈的 | 垃圾人 | 不要脸
      | 你瞎 | 眼瞎 | 不识字 | 看不懂(?:字|人话) | 自己活该 | 活该
    """,
    regex.VERBOSE | regex.IGNORECASE,
)

# ---- capitals

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’]*")
_SHOUTED = frozenset(
    # what is shouted at somebody, rather than printed on a sleeve
    ["YOU", "YOUR", "YOURS", "YOURSELF", "YOU'RE", "YOURE", "WE'RE", "WE'VE", "NOT", "NO", "NEVER", "NOTHING", "WHY", "WHAT", "ALREADY", "TOLD", "SAID", "READ", "STOP", "ENOUGH", "ALWAYS", "LISTEN", "AGAIN", "PLEASE", "CAN'T", "DON'T", "DIDN'T", "WON'T", "ISN'T", "CANNOT", "WRONG", "USTED", "USTEDES", "TU", "TÚ", "SU", "YA", "NUNCA", "NADA", "NADIE", "QUE", "QUÉ", "POR", "PORQUÉ", "LEA", "LEE", "DIJE", "DIJIMOS", "SIEMPRE", "FAVOR", "BASTA", "ENTIENDA", "ENTIENDE", "ESCUCHE", "RESPONDIMOS", "EXPLIQUÉ", "EXPLICAMOS", "VOUS", "VOTRE", "PAS", "JAMAIS", "RIEN", "DÉJÀ", "DEJA", "LISEZ", "ARRÊTEZ", "ARRETEZ", "POURQUOI", "TOUJOURS", "DIT", "ASSEZ", "ÉCOUTEZ", "ECOUTEZ", "EXPLIQUÉ", "RÉPONDU", "ВЫ", "ВАМ", "ВАС", "ВАШ", "ВАША", "ВАШЕ", "ВАШИ", "НЕ", "НЕТ", "НИКОГДА", "НИЧЕГО", "УЖЕ", "ЧИТАЙТЕ", "ХВАТИТ", "ПОЧЕМУ", "ВСЕГДА", "СКАЗАЛИ", "ПИСАЛИ", "ОБЪЯСНЯЛИ", "СЛУШАЙТЕ"]
)  # fmt: skip
_ALONE = frozenset(
    [
        "NEVER",
        "STOP",
        "ENOUGH",
        "LISTEN",
        "READ",
        "WRONG",
        "NUNCA",
        "BASTA",
        "LEA",
        "ENTIENDA",
        "ESCUCHE",
        "JAMAIS",
        "ASSEZ",
        "LISEZ",
        "ARRÊTEZ",
        "ARRETEZ",
        "ÉCOUTEZ",
        "ECOUTEZ",
        "ХВАТИТ",
        "НИКОГДА",
        "ЧИТАЙТЕ",
        "СЛУШАЙТЕ",
        "NO",
        "НЕТ",
        "NON",
    ]
)
_PART_OF_A_SHOUT = 3
_MOSTLY = 0.75
_FEWEST_LETTERS = 12
_CHINESE = regex.compile(r"\p{Han}")

# ---- exclamation marks

_IN_A_ROW = regex.compile(r"[!！]{3,}|(?:[!！?？]){4,}|(?:[?？][!！]|[!！][?？]){2,}")
_MANY = 6
_FRIENDLY = regex.compile(
    r"\b(?:gracias|felici\w+|enhorabuena|bienvenid\w+|nos\s+alegra\w*|genial|disfr[uú]t\w+|thank\w*|congrat\w*|welcome|enjoy|happy|great|love|glad|hooray|yay|merci|bravo|f[eé]licitations|bienvenue|ravi\w*|super|profitez"
    r"|спасибо|поздравл\w+|ура|рады|добро\s+пожаловать|благодар\w+|здорово|наслаждайтесь)\b|谢谢|感谢|恭喜|祝贺|欢迎|太好了|太棒|开心|高兴|[\U0001F389\U0001F38A\U0001F496-\U0001F49F\u2764\U0001F60A\U0001F60D\U0001F600-\U0001F606\U0001F973\U0001F917\U0001F64C\U0001F44F]",
    regex.IGNORECASE,
)


def heat(text: str, *, theirs: str = "", replies: int = 0) -> tuple[Heat, ...]:
    """The signs of anger in a reply; none when it is calm. `theirs`: what the customer wrote, which may be repeated as it was written;
    `replies`: how many replies went to this person in the last ten minutes, this one among them.
    """
    spoken = _QUOTED.sub(" ", _LINK.sub(" ", text[:LONGEST]))
    found: list[Heat] = []
    insult = _INSULT.search(spoken)
    if insult is not None:
        found.append(Heat(Sign.INSULT, insult[0].strip()))
    shouted = _shouting(spoken, theirs)
    if shouted:
        found.append(Heat(Sign.CAPITALS, shouted))
    exclaimed = _exclaiming(spoken)
    if exclaimed:
        found.append(Heat(Sign.EXCLAIMING, exclaimed))
    if replies >= MANY_REPLIES:
        found.append(Heat(Sign.REPLIES, str(replies)))
    return tuple(found)


def _shouting(text: str, theirs: str) -> str:
    """The words in capitals that shout; empty when they are only names."""
    known = {word for word in _WORD.findall(theirs[:LONGEST]) if word.isupper()}
    words = list(_WORD.finditer(text))
    runs: list[list[str]] = [[]]
    for word in words:
        small = word[0].islower() or (word[0][:1].isupper() and not word[0].isupper())
        if word[0].isupper() and word[0] not in known:
            runs[-1].append(word[0])
        elif small or word[0] in known:
            runs.append([])
    for run in runs:
        said = [word for word in run if word.replace("’", "'") in _SHOUTED]
        alone = len(run) == 1 and run[0] in _ALONE and len(run[0]) > 2 and _exclaimed(text, run[0])
        if alone or (said and len(run) >= _PART_OF_A_SHOUT) or len(said) > 1:
            return " ".join(run)
    return _nearly_all(words, known)


def _exclaimed(text: str, word: str) -> bool:
    """Whether a word stands at the head of an exclamation: "STOP!", "¡BASTA!"."""
    return regex.search(rf"\b{regex.escape(word)}\b[^.?\n]{{0,40}}[!！]", text) is not None


def _nearly_all(words: list[regex.Match[str]], known: set[str]) -> str:
    """A whole text in capitals shouts whatever it says. Beside Chinese, what has capitals is a name."""
    if any(_CHINESE.search(word[0]) for word in words):
        return ""
    cased = [word[0] for word in words if word[0].lower() != word[0].upper() and word[0] not in known]
    loud = [word for word in cased if word.isupper() and len(word) > 1]
    letters = sum(map(len, cased))
    enough = letters >= _FEWEST_LETTERS and len(loud) >= 4 and sum(map(len, loud)) >= letters * _MOSTLY
    return " ".join(loud) if enough else ""


def _exclaiming(text: str) -> str:
    """The exclamation marks, where there are too many and nothing friendly is said with them."""
    if _FRIENDLY.search(text):
        return ""
    row = _IN_A_ROW.search(text)
    marks = text.count("!") + text.count("！")
    return row[0] if row is not None else "!" * marks if marks >= _MANY else ""
