"""Letters as five mail programs write them, for tests: answers, automatic answers, bounces and forwards. Lines end in CRLF."""

from __future__ import annotations

SIGNATURE = "-- "


def crlf(text: str) -> bytes:
    """As it comes over the wire."""
    return text.lstrip("\n").replace("\n", "\r\n").encode()


def thunderbird(question_id: str, subject: str) -> bytes:
    """Plain text, the reference, a quote with its line of attribution, and a signature."""
    return crlf(f"""
Message-ID: <8b1f6a02-4c1d@discosaurora.example>
Date: Wed, 18 Nov 2026 12:10:00 -0600
MIME-Version: 1.0
User-Agent: Mozilla Thunderbird
Subject: Re: {subject}
To: =?UTF-8?Q?Luc=C3=ADa?= <lucia@discosaurora.example>
References: {question_id}
From: =?UTF-8?Q?H=C3=A9ctor_Lima?= <hector@discosaurora.example>
In-Reply-To: {question_id}
Content-Type: text/plain; charset=UTF-8; format=flowed
Content-Transfer-Encoding: 8bit

Sí, mándala hoy. El cargo corre por nuestra cuenta.

El 18/11/26 a las 10:01, Lucía escribió:
> La aduana pide la factura de A-20377. ¿La mandamos hoy?
>
> Ximena Robles (@ximena)

{SIGNATURE}
Héctor Lima
Almacén y envíos
""")


def outlook_without_reference(subject: str) -> bytes:
    """Exchange gave our letter another Message-ID: the answer refers to that, and only the token in the subject tells."""
    return crlf(f"""
From: =?utf-8?Q?H=C3=A9ctor_Lima?= <hector@discosaurora.example>
To: =?utf-8?Q?Luc=C3=ADa?= <lucia@discosaurora.example>
Subject: RE: {subject}
Thread-Topic: aduana
Date: Wed, 18 Nov 2026 18:20:11 +0000
Message-ID: <DB9PR04MB8461@eurprd04.prod.outlook.example>
References: <GV1PR07MB1234@eurprd07.prod.outlook.example>
In-Reply-To: <GV1PR07MB1234@eurprd07.prod.outlook.example>
MIME-Version: 1.0
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<html><head><style>p {{margin:0}}</style></head><body><p>S=C3=AD, m=C3=A1ndala hoy.</p><p>H=C3=A9ctor</p>
<div style=3D"border:none;border-top:solid #E1E1E1 1.0pt"><p><b>De:</b> Luc=C3=ADa &lt;lucia@discosaurora.example&gt;<br>
<b>Enviado:</b> mi=C3=A9rcoles, 18 de noviembre de 2026 10:01<br><b>Para:</b> H=C3=A9ctor Lima<br><b>Asunto:</b> aduana</p></div>
<p>La aduana pide la factura</p></body></html>
""")


def gmail_by_plus_address(token: str, subject: str = "Sin asunto") -> bytes:
    """Written anew on a telephone to the address of the thread: neither reference nor subject, only where it was sent to."""
    return crlf(f"""
MIME-Version: 1.0
Date: Wed, 18 Nov 2026 12:30:00 -0600
Message-ID: <CAFx9w=abc@mail.gmail.example>
Subject: {subject}
From: =?UTF-8?Q?H=C3=A9ctor_Lima?= <hector@discosaurora.example>
To: lucia+r.{token}@discosaurora.example
Content-Type: multipart/alternative; boundary="000000000000b1"

--000000000000b1
Content-Type: text/plain; charset="UTF-8"

Mándala hoy

Enviado desde mi iPhone

--000000000000b1
Content-Type: text/html; charset="UTF-8"

<div dir="ltr">Mándala hoy</div>

--000000000000b1--
""")


def apple_forwarded(question_id: str, subject: str) -> bytes:
    """Somebody else answers: Héctor handed it on."""
    return crlf(f"""
From: Ana Paz <ana@almacen.example>
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit
Mime-Version: 1.0 (Mac OS X Mail 16.0)
Subject: Re: {subject}
Date: Wed, 18 Nov 2026 13:02:00 -0600
References: {question_id} <fwd-1@discosaurora.example>
In-Reply-To: <fwd-1@discosaurora.example>
To: lucia@discosaurora.example
Message-Id: <5C0F3D1A@almacen.example>

Ya salió con guía nueva.

> On 18 Nov 2026, at 12:50, Héctor Lima <hector@discosaurora.example> wrote:
>
> ¿Lo ves tú?
""")


def yahoo_same_subject(subject: str) -> bytes:
    """A new letter under the same subject: nothing refers to ours."""
    return crlf(f"""
Date: Wed, 18 Nov 2026 19:00:00 +0000 (UTC)
From: Hector Lima <hector@discosaurora.example>
To: "lucia@discosaurora.example" <lucia@discosaurora.example>
Message-ID: <1234567.89@mail.yahoo.example>
Subject: RE: {subject}
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8

Te marco mañana por lo del pedido
""")


def out_of_office(question_id: str, subject: str) -> bytes:
    """An automatic answer of Exchange."""
    return crlf(f"""
From: =?utf-8?Q?H=C3=A9ctor_Lima?= <hector@discosaurora.example>
To: lucia@discosaurora.example
Subject: Respuesta automatica: {subject}
Auto-Submitted: auto-replied
X-Auto-Response-Suppress: All
Date: Wed, 18 Nov 2026 16:01:30 +0000
Message-ID: <auto-1@discosaurora.example>
In-Reply-To: {question_id}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Estoy de vacaciones. Vuelvo el 24 de noviembre.
""")


def bounced(question_id: str, status: str = "5.1.1", action: str = "failed") -> bytes:
    """What Postfix sends when a letter cannot be delivered (RFC 3464)."""
    return crlf(f"""
Return-Path: <>
Date: Wed, 18 Nov 2026 10:02:00 -0600 (CST)
From: MAILER-DAEMON@mail.discosaurora.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: lucia@discosaurora.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
 boundary="4F1A2B.1731945720/mail.discosaurora.example"
Message-Id: <20261118160200.4F1A2C@mail.discosaurora.example>

--4F1A2B.1731945720/mail.discosaurora.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.discosaurora.example.

--4F1A2B.1731945720/mail.discosaurora.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.discosaurora.example
Arrival-Date: Wed, 18 Nov 2026 10:01:58 -0600 (CST)

Final-Recipient: rfc822; hector@discosaurora.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <hector@discosaurora.example>: Recipient address rejected: User unknown

--4F1A2B.1731945720/mail.discosaurora.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

From: =?utf-8?Q?Luc=C3=ADa?= <lucia@discosaurora.example>
To: hector@discosaurora.example
Subject: aduana
Message-ID: {question_id}

--4F1A2B.1731945720/mail.discosaurora.example--
""")


def own_copy(question_id: str, subject: str) -> bytes:
    """The blind copy of our own letter."""
    return crlf(f"""
From: =?utf-8?Q?Luc=C3=ADa?= <lucia@discosaurora.example>
To: hector@discosaurora.example
Subject: {subject}
Date: Wed, 18 Nov 2026 10:01:58 -0600
Message-ID: {question_id}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

La aduana pide la factura.
""")


def newsletter() -> bytes:
    """Nothing of ours."""
    return crlf("""
From: Ofertas <ofertas@tienda.example>
To: lucia@discosaurora.example
Subject: 20 % en cajas
List-Unsubscribe: <mailto:baja@tienda.example>
Precedence: bulk
Date: Wed, 18 Nov 2026 10:30:00 -0600
Message-ID: <nl-1@tienda.example>
MIME-Version: 1.0
Content-Type: text/plain

Hoy
""")
