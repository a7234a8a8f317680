"""What is new in a letter is found without the quotes and signatures of the common mail programs, in five languages."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.mail.quoting import is_forward, new_text

QUOTE = "> Hola, Marta:\n> ¿Qué le decimos a la clienta?\n>\n> Lucía\n"
ANSWER = "Sí, cámbialo.\n\nY dile que el envío va por nuestra cuenta."

ABOVE = {
    "gmail en": f"{ANSWER}\n\nOn Tue, Nov 3, 2026 at 10:00 AM Lucía <lucia@aurora.example> wrote:\n\n{QUOTE}",
    "gmail wrapped": f"{ANSWER}\n\nOn Tue, Nov 3, 2026 at 10:00 AM Lucía Sánchez de la Torre <\nlucia@aurora.example> wrote:\n\n{QUOTE}",
    "gmail es": f"{ANSWER}\n\nEl mar, 3 nov 2026 a las 10:00, Lucía (<lucia@aurora.example>)\nescribió:\n\n{QUOTE}",
    "gmail fr": f"{ANSWER}\n\nLe mar. 3 nov. 2026 à 10:00, Lucía <lucia@aurora.example> a écrit :\n\n{QUOTE}",
    "gmail ru": f"{ANSWER}\n\nвт, 3 нояб. 2026 г. в 10:00, Lucía <lucia@aurora.example>:\n\n{QUOTE}".replace(
        ">:\n", "> написал(а):\n", 1
    ),
    "mail.ru": f"{ANSWER}\n\nВторник, 3 ноября 2026, 10:00 +03:00 от Lucía <lucia@aurora.example>:\n\n{QUOTE}".replace(
        ">:\n", "> пишет:\n", 1
    ),
    "gmail zh": f"{ANSWER}\n\nLucía <lucia@aurora.example> 于2026年11月3日周二 10:00写道：\n\n{QUOTE}",
    "apple en": f"{ANSWER}\n\n> On 3 Nov 2026, at 10:00, Lucía <lucia@aurora.example> wrote:\n> \n> Hola\n",
    "thunderbird es": f"{ANSWER}\n\nEl 03/11/26 a las 10:00, Lucía escribió:\n{QUOTE}",
    "outlook en": f"{ANSWER}\n\n________________________________\nFrom: Lucía <lucia@aurora.example>\nSent: Tuesday, November 3, 2026 10:00 AM\nTo: Marta\nSubject: Pregunta\n\nHola, Marta",
    "outlook es": f"{ANSWER}\n\nDe: Lucía <lucia@aurora.example>\nEnviado el: martes, 3 de noviembre de 2026 10:00\nPara: Marta\nAsunto: Pregunta\n\nHola, Marta",
    "outlook fr": f"{ANSWER}\n\nDe : Lucía <lucia@aurora.example>\nEnvoyé : mardi 3 novembre 2026 10:00\nÀ : Marta\nObjet : Question\n\nBonjour",
    "outlook ru": f"{ANSWER}\n\nОт: Lucía <lucia@aurora.example>\nОтправлено: 3 ноября 2026 г. 10:00\nКому: Marta\nТема: Вопрос\n\nПривет",
    "outlook zh": f"{ANSWER}\n\n发件人: Lucía <lucia@aurora.example>\n发送时间: 2026年11月3日 10:00\n收件人: Marta\n主题: 问题\n\n你好",
    "outlook old": f"{ANSWER}\n\n-----Original Message-----\nFrom: Lucía\nSent: today\nTo: Marta\nSubject: x\n\nHola",
    "mensaje original": f"{ANSWER}\n\n-----Mensaje original-----\nHola, Marta",
    "unmarked": f"{ANSWER}\n\nOn Tue, Nov 3, 2026 at 10:00 AM Lucía <lucia@aurora.example> wrote:\nHola, Marta\n¿Qué le decimos?",
}


@pytest.mark.parametrize("whole", ABOVE.values(), ids=ABOVE.keys())
def test_an_answer_above_the_quote(whole: str) -> None:
    assert new_text(whole) == ANSWER
    assert new_text(whole.replace("\n", "\r\n")) == ANSWER


def test_an_answer_below_the_quote() -> None:
    assert new_text(f"On Tue, Nov 3, 2026 at 10:00 AM Lucía wrote:\n{QUOTE}\n{ANSWER}\n") == ANSWER


def test_answers_between_the_lines_keep_what_they_answer() -> None:
    whole = "Mira abajo.\n\nEl 3/11/26 a las 10:00, Lucía escribió:\n> ¿Reembolsamos?\n\nSí.\n\n> ¿Y el envío?\n\nNo, el envío no.\n\n> Lucía\n"
    assert new_text(whole) == "Mira abajo.\n\n> ¿Reembolsamos?\nSí.\n\n> ¿Y el envío?\nNo, el envío no."


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nMarta Ríos\nGerente de tienda\nTel. 55 1234 5678",
        "Sent from my iPhone",
        "Enviado desde mi iPhone",
        "Envoyé de mon iPhone",
        "Отправлено с iPhone",
        "发自我的iPhone",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Obtener Outlook para Android",
    ],
)
def test_signatures_are_none_of_it(signature: str) -> None:
    assert new_text(f"{ANSWER}\n\n{signature}\n") == ANSWER
    assert (
        new_text(f"{ANSWER}\n\n{signature}\n\nOn Tue, Nov 3, 2026 at 10:00 AM Lucía <l@a.example> wrote:\n{QUOTE}")
        == ANSWER
    )


def test_a_line_of_dashes_within_the_text_is_no_signature_when_nothing_stands_above() -> None:
    assert new_text("-- \nSí, adelante") == "--\nSí, adelante"


def test_words_that_look_like_a_head_stay() -> None:
    text = "De: la bodega sale el lunes.\nPara: que llegue el jueves, sin falta."
    assert new_text(text) == text
    assert new_text("El cliente escribió: no llegó") == "El cliente escribió: no llegó"


def test_nothing_new_is_nothing() -> None:
    assert new_text(QUOTE) == ""
    assert new_text("") == ""
    assert new_text(f"On Tue, Nov 3, 2026 at 10:00 AM Lucía <l@a.example> wrote:\n{QUOTE}\n-- \nMarta") == ""


@pytest.mark.parametrize(
    ("subject", "whole"),
    [
        ("Fwd: x", ""),
        ("RV: x", ""),
        ("转发：x", ""),
        ("x", "Mira\n\n---------- Forwarded message ---------\nFrom: a"),
        ("x", "Begin forwarded message:\n\nFrom: a"),
    ],
)
def test_what_is_handed_on_is_told(subject: str, whole: str) -> None:
    assert is_forward(subject, whole)
    assert not is_forward("Re: forward", "no")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\n> :-OnwroteDe ")), max_size=2000))
def test_any_text_at_all_can_be_read(whole: str) -> None:
    assert len(new_text(whole)) <= len(whole) + 10


def test_long_letters_take_no_long_time() -> None:
    hostile = ("On " + "x" * 300 + "\n") * 2000 + "> a\nb\n" * 5000
    begins = time.process_time()
    new_text(hostile)
    assert time.process_time() - begins < 2
