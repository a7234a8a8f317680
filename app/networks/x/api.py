"""The HTTP calls of X's API v2, one function each, with what each costs; they know addresses and parameters, not what answers mean.

Source: X's OpenAPI document 2.167 and pricing page (August 2026). In 2026 X renamed fields; which spelling a server takes is tried out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.networks import fields
from app.networks.client import Answer, Pairs
from app.networks.x.wire import Cost, Wire, data_of, rows_of

PAGE = 100
SMALLEST_PAGE = 5
SMALLEST_SEARCH = 10
USER_FIELDS = "username,name,profile_image_url,public_metrics"
MY_FIELDS = "username,name,profile_image_url,public_metrics,subscription_type"
MEDIA_FIELDS = "media_key,type,url,preview_image_url,alt_text"
PRIVATE_FIGURES = "non_public_metrics"
DM_FIELDS = "id,text,created_at,sender_id,dm_conversation_id,attachments,event_type"

# Items of the price list.
POST = "post"
POST_WITH_LINK = "post_with_link"
REPLY = "reply"
PRIVATE_MESSAGE = "private_message"
REPOST = "repost"
TAKE_BACK = "take_back"
ALT_TEXT = "alt_text"
OWN_READ = "own_read"
POST_READ = "post_read"
PERSON_READ = "person_read"
PRIVATE_READ = "private_read"


@dataclass(frozen=True, slots=True)
class Spelling:
    """How X calls what it once called tweets, and what it wants to be asked for. Answers are read in both spellings."""

    fields: str
    post: str
    """Fields of a post."""
    place: str
    """Expansions without which it would not tell whom a post answers and what it quotes; those posts and people come along, billed."""
    above: str
    """Expansions that bring the posts answered and quoted."""


COMMON = "created_at,conversation_id,entities,attachments,lang,public_metrics"
PLACE = "referenced_posts,in_reply_to_user_id"
NEW = Spelling("post.fields", f"{COMMON},display_text_range,note_post", PLACE, PLACE)
"""OpenAPI 2.167: author and references are no fields any more, they come by expansion."""
OLD = Spelling(
    "tweet.fields", f"{COMMON},author_id,in_reply_to_user_id,referenced_tweets,note_tweet", "", "referenced_tweets.id"
)


# --- the account


async def me(wire: Wire) -> Answer:
    return await wire.get("/2/users/me", [("user.fields", MY_FIELDS)], Cost(PERSON_READ, 1, _me))


async def own_posts(
    wire: Wire, user_id: str, spelling: Spelling, size: int, bounds: Pairs = (), *, placed: bool = True, private: bool = False
) -> Answer:
    """Newest first, without reposts. `bounds`: since_id, until_id, start_time, pagination_token. `placed`: with what they answer.

    `private`: with the figures that only their author is told, of posts of the last 30 days alone.
    """
    size = min(max(size, SMALLEST_PAGE), PAGE)
    asked = f"{spelling.post},{PRIVATE_FIGURES}" if private else spelling.post
    params = [("max_results", str(size)), ("exclude", "retweets"), (spelling.fields, asked), *bounds]
    if placed and spelling.place:
        params.append(("expansions", spelling.place))
    most = 4 * size if placed else size
    return await wire.get(f"/2/users/{user_id}/tweets", params, Cost(OWN_READ, most, _everything))


async def mentions(wire: Wire, user_id: str, spelling: Spelling, size: int, bounds: Pairs = ()) -> Answer:
    """Newest first, with their authors and the posts they answer or quote: each of these counts as read."""
    size = min(max(size, SMALLEST_PAGE), PAGE)
    params = [
        ("max_results", str(size)),
        (spelling.fields, spelling.post),
        ("expansions", f"author_id,{spelling.above},attachments.media_keys"),
        ("user.fields", USER_FIELDS),
        ("media.fields", MEDIA_FIELDS),
        *bounds,
    ]
    return await wire.get(f"/2/users/{user_id}/mentions", params, Cost(OWN_READ, 4 * size, _everything))


async def search(wire: Wire, query: str, spelling: Spelling, size: int, bounds: Pairs = ()) -> Answer:
    """The last seven days, newest first."""
    size = min(max(size, SMALLEST_SEARCH), PAGE)
    params = [
        ("query", query),
        ("max_results", str(size)),
        ("sort_order", "recency"),
        (spelling.fields, spelling.post),
        ("expansions", "author_id"),
        ("user.fields", USER_FIELDS),
        *bounds,
    ]
    return await wire.get(
        "/2/tweets/search/recent", params, Cost(POST_READ, size, _posts), Cost(PERSON_READ, size, _people)
    )


async def posts(wire: Wire, ids: Sequence[str], spelling: Spelling) -> Answer:
    """At most `PAGE` of them; dearer than our own timeline."""
    params = [("ids", ",".join(ids)), (spelling.fields, "public_metrics")]
    return await wire.get("/2/tweets", params, Cost(POST_READ, len(ids), _posts))


# --- posts


async def create_post(wire: Wire, body: Mapping[str, object], item: str) -> Answer:
    return await wire.send("POST", "/2/tweets", Cost(item), body=body)


async def delete_post(wire: Wire, post_id: str) -> Answer:
    """404: it was gone already. X does not say which of two prices holds; the list has the higher one."""
    return await wire.send("DELETE", f"/2/tweets/{post_id}", Cost(TAKE_BACK), harmless=True, accept=(404,))


async def repost(wire: Wire, user_id: str, post_id: str) -> Answer:
    return await wire.send(
        "POST", f"/2/users/{user_id}/retweets", Cost(REPOST), body={"tweet_id": post_id}, harmless=True
    )


async def take_repost_back(wire: Wire, user_id: str, post_id: str) -> Answer:
    return await wire.send(
        "DELETE", f"/2/users/{user_id}/retweets/{post_id}", Cost(TAKE_BACK), harmless=True, accept=(404,)
    )


# --- media


async def upload_whole(wire: Wire, file: tuple[str, bytes, str], category: str) -> Answer:
    return await wire.send("POST", "/2/media/upload", form=[("media_category", category)], file=file, harmless=True)


async def upload_begin(wire: Wire, media_type: str, size: int, category: str) -> Answer:
    body = {"media_type": media_type, "total_bytes": size, "media_category": category}
    return await wire.send("POST", "/2/media/upload/initialize", body=body, harmless=True)


async def upload_append(wire: Wire, media_id: str, number: int, file: tuple[str, bytes, str]) -> Answer:
    """413 and 431: the piece is too large."""
    form = [("segment_index", str(number))]
    return await wire.send(
        "POST", f"/2/media/upload/{media_id}/append", form=form, file=file, harmless=True, accept=(413, 431)
    )


async def upload_end(wire: Wire, media_id: str) -> Answer:
    return await wire.send("POST", f"/2/media/upload/{media_id}/finalize", harmless=True)


async def upload_status(wire: Wire, media_id: str) -> Answer:
    return await wire.get("/2/media/upload", [("media_id", media_id), ("command", "STATUS")])


async def describe(wire: Wire, media_id: str, alt: str) -> Answer:
    body = {"id": media_id, "metadata": {"alt_text": {"text": alt}}}
    return await wire.send("POST", "/2/media/metadata", Cost(ALT_TEXT), body=body, harmless=True)


# --- private messages


async def private_events(wire: Wire, size: int, pagination_token: str = "") -> Answer:
    """Newest first, the last 30 days."""
    params = [
        ("event_types", "MessageCreate"),
        ("max_results", str(size)),
        ("dm_event.fields", DM_FIELDS),
        ("expansions", "sender_id"),
        ("user.fields", USER_FIELDS),
    ]
    if pagination_token:
        params.append(("pagination_token", pagination_token))
    return await wire.get("/2/dm_events", params, Cost(PRIVATE_READ, size, _posts), Cost(PERSON_READ, size, _people))


async def private_conversation(wire: Wire, conversation_id: str, size: int) -> Answer:
    params = [("event_types", "MessageCreate"), ("max_results", str(size)), ("dm_event.fields", DM_FIELDS)]
    return await wire.get(f"/2/dm_conversations/{conversation_id}/dm_events", params, Cost(PRIVATE_READ, size, _posts))


async def send_private(wire: Wire, conversation_id: str, body: Mapping[str, object]) -> Answer:
    return await wire.send("POST", f"/2/dm_conversations/{conversation_id}/messages", Cost(PRIVATE_MESSAGE), body=body)


# --- what an answer is charged for


def _posts(answer: Answer) -> Iterable[str]:
    return (fields.identity(row) for row in rows_of(answer))


def _people(answer: Answer) -> Iterable[str]:
    return (fields.identity(each) for each in fields.items(fields.inner(answer.data, "includes").get("users")))


def _everything(answer: Answer) -> Iterable[str]:
    """Every object that came back, whatever it came along with: the most that X's words allow."""
    yield from _posts(answer)
    for name, included in fields.inner(answer.data, "includes").items():
        if name != "media":
            yield from (fields.identity(each) for each in fields.items(included))


def _me(answer: Answer) -> Iterable[str]:
    return (fields.identity(data_of(answer)),)


def written(moment: datetime) -> str:
    """A time as X takes it: whole seconds."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
