"""X, with the user's own developer app: the card. Each call costs that user money; see wire.py and resources/prices/x.json."""

from __future__ import annotations

from app.networks.network import Card, SignInWay
from app.networks.x.api import PERSON_READ, POST_READ, PRIVATE_READ
from app.networks.x.connection import connect
from app.networks.x.limits import DEFAULTS
from app.networks.x.messages import USUAL_PAGE
from app.networks.x.publishing import post_cost
from app.networks.x.sign_in import CALLBACK, sign_in_browser, sign_in_secret
from app.networks.x.wire import OAUTH1
from app.runtime.words import Message

CARD = Card(
    id="x",
    name="X",
    icon="x-twitter",
    limits=DEFAULTS,
    ways=(SignInWay.BROWSER, SignInWay.TOKEN),
    connect=connect,
    sign_in_browser=sign_in_browser,
    sign_in_secret=sign_in_secret,
    refusals={"like": Message("network.x.no_likes"), "quote": Message("network.x.no_quotes")},
    costs=True,
    post_cost=post_cost,
    look_cost={PRIVATE_READ: 1, PERSON_READ: 1},
    search_cost={POST_READ: USUAL_PAGE, PERSON_READ: USUAL_PAGE},
    uploads_keep_minutes=720,
    secret_fields=OAUTH1,
    callback=CALLBACK,
    abilities=frozenset({"publish", "hear", "metrics", "boost", "delete", "search"}),
)
