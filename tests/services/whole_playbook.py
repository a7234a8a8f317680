"""A playbook with all that an answer may have."""

from __future__ import annotations

from datetime import date

from app.models.conversation import Category
from app.models.playbook import Address, AfterSending, Blank, FactRow, PlaybookAnswer, WordingRow
from app.models.post import Picture

TEXTS = (
    WordingRow("es", 'Va "ya";\nen camino, {name}: {fact:plazo}', Address.INFORMAL),
    WordingRow("es", "Su pedido {order} va en camino.", Address.FORMAL),
    WordingRow("es", "Estimada {name}: su pedido {order}…", Address.FORMAL, is_long=True),
    WordingRow("zh", "-5 天"),
    WordingRow("zh", "在路上"),
)


def wordings(texts: tuple[WordingRow, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for text in texts:
        if not text.is_long:
            found[text.language] = (*found.get(text.language, ()), text.text)
    return found


LATE = PlaybookAnswer(
    "late",
    Category.ORDER,
    {"es": "Tarde", "zh": "延误"},
    wordings(TEXTS),
    ("envío", "prisa"),
    main_language="es",
    texts=TEXTS,
    blanks=(
        Blank("order", "Número de pedido", {"es": "reciente", "zh": "最近的"}, required=False),
        Blank("horas", "Horas"),
    ),
    after=AfterSending("order", snooze_hours=24, promise_hours=36),
    review_on=date(2027, 1, 31),
    pictures=(Picture("label.png", 'Dónde está "el número"'), Picture("box.png")),
    examples={"es": ("¿y mi pedido?", "=HYPERLINK(1)"), "en": ("where is it",)},
)
THANKS = PlaybookAnswer(
    "thanks",
    Category.OTHER,
    {"en": "Thanks"},
    {"en": ("You are welcome",)},
    main_language="en",
    texts=(WordingRow("en", "You are welcome"),),
    after=AfterSending(done=True, escalate=True),
)
ANSWERS = [LATE, THANKS]
FACTS = [FactRow(0, "plazo", "Plazo de envío", {"es": "3 días", "en": "3 days"}, date(2026, 12, 31))]
