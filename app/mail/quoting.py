"""What is new in a letter: its text without the quotes and the signature that mail programs put around it. Pure functions on lines.

Answers written between the lines of a quote keep the lines that they answer. Where nothing new is left, the letter says nothing new.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

LONGEST_TEXT = 200_000
CONTEXT_LINES = 3
"""How many lines of a quote are kept in front of an answer to them."""
SIGNATURE_LINES = 25
ATTRIBUTION_LINES = 4

_QUOTED = re.compile(r"\s{0,3}[>|＞]")
_WROTE = re.compile(
    # Gmail, Apple Mail, Thunderbird: "On Tue, 3 Nov 2026 at 10:00, X wrote:" in the languages of the shop, and its neighbours.
    r"^(?:"
    r"on\b.{4,300}\bwrote\s*[:：]"
    r"|el\b.{4,300}\bescribi[óo]\s*[:：]"
    r"|le\b.{4,300}\ba écrit\s*[:：]"
    r"|am\b.{4,300}\bschrieb\b.{0,120}[:：]"
    r"|em\b.{4,300}\bescreveu\s*[:：]"
    r"|il\b.{4,300}\bha scritto\s*[:：]"
    r"|.{6,300}(?:пишет|написал(?:а|\(а\)|и)?)\s*[:：]"
    r"|.{0,300}(?:写道|寫道|写到|寫到)\s*[:：]"
    r"|.{3,200}<[^<>\s]{3,120}@[^<>\s]{3,120}>.{0,60}(?:wrote|escribi[óo]|a écrit|schrieb|пишет|写道)\s*[:：]"
    r")\s*$",
    re.IGNORECASE | re.DOTALL,
)
_WROTE_END = re.compile(
    r"(?:wrote|escribi[óo]|a écrit|schrieb\b.*|escreveu|ha scritto|пишет|написал(?:а|\(а\)|и)?|写道|寫道|写到|寫到)\s*[:：]\s*$",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"^\s*[-_*=]{2,}\s*(?:original message|original appointment|mensaje original|message d'origine|message original|исходное сообщение|"
    r"пересылаемое сообщение|原始邮件|原始郵件|原邮件|ursprüngliche nachricht|mensagem original|messaggio originale)\s*[-_*=]*\s*$",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"^\s*(?:[-_*=]{2,}\s*(?:forwarded message|mensaje reenviado|message transféré|пересланное сообщение|пересылаемое сообщение|转发的邮件|轉寄的郵件|forwarded by .{1,80}|weitergeleitete nachricht)\s*[-_*=]*"
    r"|begin forwarded message\s*:|inicio del mensaje reenviado\s*:|début du message (?:transféré|réexpédié)\s*:|начало переадресованного сообщения\s*:|开始转发的邮件\s*[:：]|以下是转发的邮件\s*[:：])\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"^\s*\*?(?:from|de|von|от|发件人|寄件者|da)\s*\*?\s*[:：]\*?\s*\S", re.IGNORECASE)
_SENT = re.compile(
    r"^\s*\*?(?:sent|date|enviado(?: el)?|fecha|envoyé|date d'envoi|gesendet|datum|отправлено|дата|发送时间|日期|傳送時間|寄件日期|inviato|enviada em)\s*\*?\s*[:：]",
    re.IGNORECASE,
)
_TO = re.compile(
    r"^\s*\*?(?:to|para|à|an|кому|收件人|a|subject|asunto|objet|betreff|тема|主题|主旨|oggetto|cc|assunto)\s*\*?\s*[:：]",
    re.IGNORECASE,
)
_RULE = re.compile(r"^\s*(?:_{5,}|-{10,}|={10,}|\u2500{5,})\s*$")
_SIGNATURE = re.compile(r"^-- ?$|^—\s?$|^__$")
_DEVICE = re.compile(
    r"^\s*(?:sent from (?:my |mail |yahoo|outlook|proton|aol|samsung|gmail|a |the )|sent via |sent with |get outlook for |"
    r"enviado desde (?:mi|el|mail|correo|outlook|yahoo|un)|obt(?:ener|én) outlook para |enviado con |"
    r"envoyé (?:de mon|depuis|à partir de) |télécharger outlook pour |obtenir outlook pour |provenance : courrier|"
    r"отправлено (?:с|из|через) |отправлено от |скачать outlook |получить outlook |"
    r"发自我的|從我的|从我的|發自我的|来自我的|获取 ?outlook|從 .{1,20}傳送|"
    r"von meinem .{1,30} gesendet|gesendet von |enviado do meu |inviato da )",
    re.IGNORECASE,
)


class _Line(NamedTuple):
    text: str
    quoted: bool


def new_text(whole: str) -> str:
    """The new part of a letter's plain text; empty where it holds quotes and signature alone."""
    lines = _lines(whole)
    end = _cut(lines)
    kept = _without_attributions(lines[:end])
    marked = [_Line(line, bool(_QUOTED.match(line))) for line in kept]
    has_quotes = any(each.quoted for each in marked)
    body = _between(marked) if has_quotes else kept
    return _tidied(_without_signature(body, alone=has_quotes or len(kept) < len(lines)))


def is_forward(subject: str, whole: str) -> bool:
    """Whether a letter hands another one on."""
    if re.match(r"\s*(?:fwd?|fw|rv|tr|wg|enc|reenv|пересл|转发|轉寄)\s*[:：]", subject, re.IGNORECASE):
        return True
    return any(_FORWARDED.match(line) for line in _lines(whole)[:200])


def _lines(whole: str) -> list[str]:
    text = (
        whole[:LONGEST_TEXT]
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\xa0", " ")
        .replace("\u2028", "\n")
        .replace("\u200e", "")
    )
    return text.split("\n")


def _cut(lines: Sequence[str]) -> int:
    """The line at which a quote without marks begins that goes on to the end: Outlook's block, an original message, a forwarded one."""
    for number, line in enumerate(lines):
        if _QUOTED.match(line):
            continue
        if _ORIGINAL.match(line) or _FORWARDED.match(line):
            return number
        if _FROM.match(line) and _is_block(lines, number):
            above = number - 1
            while above >= 0 and not lines[above].strip():
                above -= 1
            return above if above >= 0 and _RULE.match(lines[above]) else number
    return len(lines)


def _is_block(lines: Sequence[str], number: int) -> bool:
    """Whether the lines from here on are the head of a quoted letter: from, sent, and to or subject."""
    head = [line for line in lines[number + 1 : number + 8] if line.strip()][:5]
    return any(_SENT.match(line) for line in head) and any(_TO.match(line) for line in head)


def _without_attributions(lines: Sequence[str]) -> list[str]:
    """Without the lines that say who wrote what is quoted; and without what follows such a line unmarked, where something stands above."""
    kept: list[str] = []
    number = 0
    while number < len(lines):
        length = _attribution(lines, number)
        if not length:
            kept.append(lines[number])
            number += 1
            continue
        rest = [line for line in lines[number + length :] if line.strip()]
        if rest and not any(_QUOTED.match(line) for line in rest) and any(line.strip() for line in kept):
            return kept
        number += length
    return kept


def _attribution(lines: Sequence[str], number: int) -> int:
    """How many lines from here on are one attribution; 0 for none. Mail programs wrap them."""
    first = lines[number].strip()
    if not first or _QUOTED.match(first):
        return 0
    for length in range(1, ATTRIBUTION_LINES + 1):
        block = lines[number : number + length]
        if len(block) < length or not block[-1].strip() or _QUOTED.match(block[-1]):
            return 0
        if _WROTE_END.search(block[-1]):
            joined = " ".join(line.strip() for line in block)
            return length if len(joined) <= 400 and _WROTE.match(joined) else 0
    return 0


def _between(lines: Sequence[_Line]) -> list[str]:
    """What stands before, after and between quotes. Answers in the middle keep the last lines of what they answer."""
    blocks: list[tuple[bool, list[str]]] = []
    for line in lines:
        blank = not line.text.strip()
        if blocks and (blocks[-1][0] == line.quoted or blank):
            blocks[-1][1].append(line.text)
        elif not blank:
            blocks.append((line.quoted, [line.text]))
    first_quote = next((number for number, (quoted, _) in enumerate(blocks) if quoted), len(blocks))
    answers = [
        number
        for number, (quoted, block) in enumerate(blocks)
        if not quoted and number > first_quote and _says_something(block)
    ]
    if len(answers) == 1 and answers[0] == len(blocks) - 1:
        inline: list[int] = []  # one answer under the quote: the whole quote is known
    else:
        inline = answers
    kept: list[str] = []
    for number, (quoted, block) in enumerate(blocks):
        if quoted:
            continue
        if number in inline:
            said = [line for line in blocks[number - 1][1] if line.strip(" >|＞")]
            kept += ["", *said[-CONTEXT_LINES:]]
        kept += block
    return kept


def _says_something(block: Sequence[str]) -> bool:
    lines = [line for line in block if line.strip()]
    return (
        bool(lines) and not _SIGNATURE.match(lines[0].rstrip("\n")) and not all(_DEVICE.match(line) for line in lines)
    )


def _without_signature(lines: Sequence[str], *, alone: bool) -> list[str]:
    """`alone`: whether a signature may be all that was written, because quotes stood around it."""
    kept = list(lines)
    for number, line in enumerate(kept):
        below = kept[number + 1 :]
        if (
            _SIGNATURE.match(line)
            and len([each for each in below if each.strip()]) <= SIGNATURE_LINES
            and (alone or any(each.strip() for each in kept[:number]))
        ):
            kept = kept[:number]
            break
    kept = [line for line in kept if not (_DEVICE.match(line) and len(line) < 160)]
    while kept and (not kept[-1].strip() or _RULE.match(kept[-1])):
        kept.pop()
    return kept


def _tidied(lines: Sequence[str]) -> str:
    text = "\n".join(line.rstrip() for line in lines).strip("\n")
    return re.sub(r"\n{3,}", "\n\n", text).strip()
