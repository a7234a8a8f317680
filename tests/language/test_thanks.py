"""A bare "thanks" in five languages, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.thanks import is_bare_thanks

BARE = """
thanks
Thanks!
thanks!!!
Thank you
thank you so much 🙏
thank you very much!
Thx
thx a lot
ty
tysm 💙
Thanks a million
many thanks
Many thanks, Aurora
Thanks again!
ok thanks
Okay, thank you
Great, thanks!
Perfect, thank you so much!!
thank you for your help
Thanks for the quick reply
thanks for everything ❤️❤️
Thank you guys!
cheers
Got it, thanks
will do, thanks
Thank you, have a nice day!
much appreciated
I really appreciate it
thnaks
thansk!
thanksss
@aurora@discos.example thanks!
@discosaurora Thank you 😊
THANK YOU
Awesome, thanks team
gracias
Gracias
¡Gracias!
gracias!!
GRACIAS
muchas gracias
Muchas gracias 🙏🙏
muchísimas gracias
mil gracias
1000 gracias
Mil gracias por la ayuda
gracias por todo 💙
Gracias por su atención
Gracias por la respuesta tan rápida
Gracias Aurora
¡Gracias, Marta!
ok gracias
Ok, muchas gracias
va, gracias
Perfecto, gracias
listo, mil gracias
graciasss
grasias
gracais
Gracias, muy amables
Gracias, muy amable 😊
Gracias, son los mejores
muchas gracias, buen día
Muchas gracias, que tengan buen día
@discosaurora gracias!
Les agradezco mucho... gracias
jajaja gracias
ay gracias 🥹
Súper, gracias
entendido, gracias
#gracias
merci
Merci !
Merci beaucoup
merci bcp
Merci bcp 🙏
merci infiniment
Mille mercis... merci
Un grand merci
Merci à vous
merci pour votre réponse
Merci pour votre aide !
Merci pour tout
Merci, c'est gentil
Merci, c’est très gentil
Super, merci !
Parfait merci
ok merci
D'accord, merci
merci et bonne journée
Merci beaucoup, bonne soirée !
mersi
merciiii
Merci Camille
Merci à toute l'équipe
je vous remercie
спасибо
Спасибо!
Спасибо большое
спасибо вам большое
Огромное спасибо!
большое спасибо за помощь
Спасибо за ответ
спасибо за быстрый ответ 👍
спс
Спс!
спсб
пасиб
спасибки 🌸
Спасибочки)))
спосибо
спасибоо
спасибо!!!
Ок, спасибо
хорошо, спасибо
Понятно, спасибо
Понял, спасибо большое
благодарю
Благодарю вас
Спасибо, Марина
Спасибо ещё раз
Спасибо, ребята!
Спасибо, хорошего дня!
ой, спасибо
СПАСИБО
谢谢
谢谢！
谢谢啦
谢谢你
谢谢您！
谢谢你们
谢谢大家 🙏
谢谢老板
非常感谢
非常感谢！
太感谢了
十分感谢您的帮助
感谢您的回复
感谢
多谢
多谢啦～
谢了
谢啦😊
好的，谢谢
收到，谢谢！
好的谢谢您
嗯嗯，谢谢
辛苦了，谢谢
明白了，谢谢
謝謝
感謝您
3q
@aurora 谢谢啦
""".strip().splitlines()

NOT_BARE = """
thanks, but it still does not work
Thanks, but no.
Thanks. Refund
thanks for nothing
no thanks
Thanks in advance
thank you, when will it arrive
thanks?
Thanks, where is my parcel?
Thank you, order A-20391
Thanks, I also need the invoice
thanks, it is broken
broken, thanks
Thanks, see https://example.com
thanks but
Thanks I am still waiting
he thinks
ok
Perfect!
👍
🙏
hello
Do you ship to France?
gracias, pero sigue sin funcionar
Gracias pero no me llegó
gracias por nada
no gracias
gracias de antemano
Gracias, ¿cuándo llega?
gracias, cuando llega
Gracias, todavía espero mi pedido
Gracias. Reembolso
gracias, otra cosa
ok
Buenos días
quiero mi dinero, gracias
merci mais ça ne marche toujours pas
Merci d'avance
merci, mais où est mon colis
Non merci
Merci, et la facture ?
Merci de me répondre
Bonjour
спасибо, но не работает
спасибо заранее
нет, спасибо
Спасибо, не надо
Спасибо, а когда придёт?
Спасибо, жду возврат денег
когда придёт посылка
谢谢，但是还是不行
谢谢，什么时候发货？
谢谢，还没收到货
不用了，谢谢
提前谢谢
请问什么时候到，谢谢
你好
好的
""".strip().splitlines()


@pytest.mark.parametrize("text", BARE)
def test_a_bare_thanks(text: str) -> None:
    assert is_bare_thanks(text)


@pytest.mark.parametrize("text", [*NOT_BARE, "", "   ", "gracias " * 40])
def test_what_wants_something_is_no_bare_thanks(text: str) -> None:
    assert not is_bare_thanks(text)


def test_there_are_phrases_enough_of_each_kind() -> None:
    assert len(set(BARE)) >= 120
    assert len(set(NOT_BARE)) >= 50


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    assert is_bare_thanks(text) in (True, False)


@given(st.sampled_from(BARE))
def test_a_question_is_never_bare(text: str) -> None:
    assert not is_bare_thanks(f"{text} ?")
