"""The words of time in five languages, for language/typed_time.py: what each may mean, and phrases that are put into plainer words first."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple


class Meaning(NamedTuple):
    """What a word may mean. `kind`: day (offset from today), weekday (1-7), month (1-12), unit, part (of the day), in, number, next, fill."""

    kind: str
    value: int | str = 0


_WEEKDAYS = (
    "monday mon lunes lun lundi понедельник понедельника пн пнд понед",
    "tuesday tue tues martes mar mardi вторник вторника вт втр",
    "wednesday wed weds miercoles mie mier mercredi mer среда среду среды ср",
    "thursday thu thur thurs jueves jue jeudi jeu четверг четверга чт чтв",
    "friday fri viernes vie vendredi ven пятница пятницу пятницы пт птн пятн",
    "saturday sat sabado sab samedi sam суббота субботу субботы сб сбт",
    "sunday sun domingo dom dimanche dim воскресенье воскресенья вс вск воскр",
)
_MONTHS = (
    "january jan enero ene janvier janv январь января янв",
    "february feb febrero fevrier fev fevr февраль февраля фев февр",
    "march mar marzo mars март марта мар",
    "april apr abril abr avril avr апрель апреля апр",
    "may mayo mai май мая",
    "june jun junio juin июнь июня июн",
    "july jul julio juillet juil июль июля июл",
    "august aug agosto ago aout август августа авг",
    "september sep sept septiembre setiembre set septembre сентябрь сентября сен сент",
    "october oct octubre octobre октябрь октября окт",
    "november nov noviembre novembre ноябрь ноября ноя нояб",
    "december dec diciembre dic decembre декабрь декабря дек",
)
_UNITS: Mapping[str, str] = {
    "minute": "minute minutes min mins minuto minutos минута минуту минуты минут мин",
    "hour": "hour hours hr hrs hora horas heure heures час часа часов часик",
    "day": "day days d dia dias jour jours j день дня дней дн",
    "week": "week weeks wk wks semana semanas semaine semaines неделя неделю недели недель нед",
    "month": "month months mes meses mois месяц месяца месяцев мес",
}
_DAYS: Mapping[int, str] = {
    0: "today hoy aujourd'hui aujourdhui сегодня tod",
    1: "tomorrow tmrw tmr manana demain завтра tom",
    2: "overmorrow послезавтра",
}
_PARTS: Mapping[str, str] = {
    "morning": "morning matin matinee утро утра утром",
    "noon": "noon midday mediodia midi полдень",
    "afternoon": "afternoon tarde apresmidi днем дня",
    "evening": "evening soir soiree вечер вечера вечером",
    "night": "night tonight noche nuit ночь ночи ночью",
    "small": "madrugada smallhours",
}
_IN = "in dans en через within спустя"
_NEXT = "next proximo proxima prochain prochaine следующий следующая следующую следующее следующей следующем"
_ONE = "a an one un una uno une один одну одна раз"
_FILL = (
    "at on the by of for o'clock oclock sharp until till this past from around about hrs again be back later"
    " a al el la las los le les de del l'heure por para hasta este esta que viene sobre como ya y e mas"
    " au aux du des ce cet cette pour vers jusqu'a jusque avant d et plus tard"
    " в во на к ко по эту этот это этой с до около примерно числа ровно г года позже"
)
_NUMBERS: Mapping[int, str] = {
    2: "two dos deux два две двух пару couple par",
    3: "three tres trois три трех",
    4: "four cuatro quatre четыре четырех",
    5: "five cinco cinq пять пяти",
    6: "six seis шесть шести",
    7: "seven siete sept семь семи",
    8: "eight ocho huit восемь восьми",
    9: "nine nueve neuf девять девяти",
    10: "ten diez dix десять десяти",
    11: "eleven once onze одиннадцать",
    12: "twelve doce douze двенадцать",
    15: "fifteen quince quinze пятнадцать",
    20: "twenty veinte vingt двадцать",
    30: "thirty treinta trente тридцать",
}

_PHRASES = (
    (r"day after tomorrow|pasado manana|apres[- ]demain|surlendemain", " overmorrow "),
    (r"(?:de|en|por|a) la manana|de manana(?= a las)", " morning "),
    (r"(?:de|en|por|a) la tarde", " afternoon "),
    (r"(?:de|en|por|a) la noche", " evening "),
    (r"de la madrugada|en la madrugada|small hours", " madrugada "),
    (r"al? mediodia|a midi|в полдень", " noon "),
    (r"cet apres[- ]midi|de l[' ]apres[- ]midi|l[' ]apres[- ]midi|apres[- ]midi", " apresmidi "),
    (r"dentro de|d[' ]ici", " in "),
    (
        r"(?:la )?semana que viene|(?:la )?proxima semana|next week|(?:la )?semaine prochaine|(?:на )?следующ(?:ую|ая|ей) недел[еюя]",
        " nextweek ",
    ),
    (
        r"(?:el )?mes que viene|(?:el )?proximo mes|next month|(?:le )?mois prochain|(?:в )?следующ(?:ем|ий) месяц[е]?",
        " nextmonth ",
    ),
    (r"(?:in )?(?:half an hour|half hour|media hora|(?:une )?demi[- ]heure|полчаса|пол часа)", " in 30 minutes "),
    (r"en media hora", " in 30 minutes "),
    (r"(?:an?|one) hour and a half|(?:una )?hora y media|(?:une )?heure et demie|полтора часа", " 90 minutes "),
    (r"(?:a|one) quarter of an hour|un cuarto de hora|un quart d[' ]heure|четверть часа", " 15 minutes "),
    (r"half past (\d{1,2})", r" \1:30 "),
    (r"quarter past (\d{1,2})", r" \1:15 "),
    (r"(?<![\d:])(\d{1,2}) (?:y media|et demie)", r" \1:30 "),
    (r"(?<![\d:])(\d{1,2}) (?:y cuarto|et quart)", r" \1:15 "),
    (
        r"(?<![\d:])(\d{1,2})(?: ?heures?| ?horas?| ?часов| ?часа| ?час)(?= (?:утра|вечера|дня|ночи|du|de la|del))",
        r" \1h ",
    ),
    (r"(?:a las|a la|à|в|к) (\d{1,2}) (?:heures?|horas?|hrs|часов|часа|час)", r" \1h "),
)
"""Patterns over the folded text, and what stands in their place."""

BEGIN_PHRASES = frozenset(
    (
        "pasado",
        "after",
        "half",
        "media",
        "demi-heure",
        "dentro",
        "d'ici",
        "полчаса",
        "пол",
        "полтора",
        "quarter",
        "cuarto",
        "quart",
        "apres-demain",
        "apres",
        "surlendemain",
        "mediodia",
        "l'apres-midi",
        "apres-midi",
        "viene",
        "следующеи",
    )
)
"""Words of the phrases above that mean nothing by themselves."""
_ZH_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_ZH_WEEKDAY = {
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "日": 7,
    "天": 7,
    "末": 6,
    **{str(day): day for day in range(1, 8)},
}
_ZH_NAMES = "monday tuesday wednesday thursday friday saturday sunday"
CHINESE = (
    (r"大后天", " in 3 days "), (r"后天|後天", " overmorrow "), (r"今晚", " today evening "), (r"明晚", " tomorrow evening "), (r"明早", " tomorrow morning "),
    (r"今天|今日", " today "), (r"明天|明日", " tomorrow "), (r"上午|早上|早晨|清晨|一早", " morning "), (r"中午|正午", " noon "), (r"下午|午后", " afternoon "),
    (r"傍晚|晚上|晚间|夜里", " evening "), (r"凌晨|半夜", " smallhours "),
    (r"半个?(?:小时|钟头)(?:后|之后|以后|後)?", " in 30 minutes "), (r"(\d+)个?半(?:小时|钟头)(?:后|之后|以后)?", r" in \1 hours 30 minutes "),
    (r"(\d+)个?(?:小时|钟头|小時)(?:后|之后|以后|後)?", r" in \1 hours "), (r"(\d+)分钟?(?:后|之后|以后)|(\d+)分钟", r" in \1\2 minutes "),
    (r"(\d+)天(?:后|之后|以后|後)?", r" in \1 days "), (r"(\d+)(?:个?(?:星期|礼拜)|周)(?:后|之后|以后|後)?", r" in \1 weeks "),
    (r"(\d+)个月(?:后|之后|以后)?", r" in \1 months "),
    (r"(\d{4})年(\d{1,2})月(\d{1,2})[日号號]?", r" \1-\2-\3 "), (r"(\d{1,2})月(\d{1,2})[日号號]?", r" \2/\1 "), (r"(\d{1,2})[日号號]", r" \1th "),
    (r"(\d{1,2})[点點时時]半", r" \1:30 "), (r"(\d{1,2})[点點]一刻", r" \1:15 "), (r"(\d{1,2})[点點]三刻", r" \1:45 "),
    (r"(\d{1,2})[点點时時](\d{2})分?", r" \1:\2 "), (r"(\d{1,2})[点點时時](\d)分", r" \1:0\2 "), (r"(\d{1,2})[点點时時](?:钟|整)?", r" \1:00 "),
    (r"下个?(?:星期|礼拜|周)", " nextweek "), (r"下个?月", " nextmonth "), (r"过|在|到|的|，|。|之前|前|左右", " "),
)  # fmt: skip


@cache
def meanings() -> Mapping[str, tuple[Meaning, ...]]:
    """By folded word, the likeliest first."""
    found: dict[str, list[Meaning]] = {}

    def put(words: str, meaning: Meaning) -> None:
        for word in words.split():
            known = found.setdefault(fold(word), [])
            if meaning not in known:
                known.append(meaning)

    for number, words in enumerate(_WEEKDAYS, 1):
        put(words, Meaning("weekday", number))
    for number, words in enumerate(_MONTHS, 1):
        put(words, Meaning("month", number))
    for offset, words in _DAYS.items():
        put(words, Meaning("day", offset))
    for part, words in _PARTS.items():
        put(words, Meaning("part", part))
    for unit, words in _UNITS.items():
        put(words, Meaning("unit", unit))
    put(_IN, Meaning("in"))
    put(_NEXT, Meaning("next"))
    for number, words in _NUMBERS.items():
        put(words, Meaning("number", number))
    put(_ONE, Meaning("number", 1))
    put("nextweek", Meaning("nextweek"))
    put("nextmonth", Meaning("nextmonth"))
    put("weekafter", Meaning("weekafter"))
    put("h ч", Meaning("unit", "hour"))
    put("m м", Meaning("unit", "minute"))
    put(_FILL, Meaning("fill"))
    return {word: tuple(known) for word, known in found.items()}


@cache
def phrases() -> tuple[tuple[str, str], ...]:
    """The phrases, their patterns folded as the text is."""
    return tuple((rf"(?<!\w)(?:{fold(pattern)})(?!\w)", plain) for pattern, plain in _PHRASES)


def chinese_figures(text: str) -> str:
    """Numbers in Chinese characters as figures, where a unit of time follows; days of the week by their English names."""
    out: list[str] = []
    place = 0
    names = _ZH_NAMES.split()
    while place < len(text):
        marks = next((mark for mark in ("星期", "礼拜", "禮拜", "周", "週") if text.startswith(mark, place)), "")
        after = place + len(marks)
        if marks and after < len(text) and text[after] in _ZH_WEEKDAY and text[after + 1 : after + 2] != "个":
            later = out[-1:] == ["下"] or out[-2:] == ["下", "个"]
            if later:
                del out[-2 if out[-1] == "个" else -1 :]
            out.append(f" {'weekafter ' if later else ''}{names[_ZH_WEEKDAY[text[after]] - 1]} ")
            place = after + 1
            continue
        end = place
        while end < len(text) and (text[end] in _ZH_DIGITS or text[end] == "十"):
            end += 1
        if end > place and text[end : end + 1] in tuple("个小分天周星礼月日号點点时時刻钟"):
            out.append(str(_chinese_number(text[place:end])))
            place = end
            continue
        out.append(text[place])
        place += 1
    return "".join(out)


def _chinese_number(text: str) -> int:
    """Up to ninety-nine."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(_ZH_DIGITS[digit]) for digit in text)) if len(text) < 5 else 0
    return (_ZH_DIGITS.get(tens[-1:], 1) if tens else 1) * 10 + _ZH_DIGITS.get(ones[:1], 0)


def fold(text: str) -> str:
    """Lower case, without accents: "mañana" is typed "manana" too. Full-width figures become plain ones."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", "".join(letter for letter in decomposed if not unicodedata.combining(letter)))
