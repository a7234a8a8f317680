"""The sample shop's customers and conversations: as rows of the data file, and the same as the simulated server knows them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping

from app.models.case import SOLVED_STATES
from app.models.conversation import Category, ConversationState
from app.models.message import MessageKind, Visibility
from app.models.outbox import DeliveryState, OutboxKind
from app.networks.sample.state import Said, ServedPost, Speaker
from app.networks.sample.world import address, digest
from app.services.sample_content import MINUTE_MS, Content, Days, Item, server_of
from app.services.sample_posts import PostsOfSample, Rows, part_key
from app.store.writing.conversations import sort_key

SNIPPET = 200
SOLVED_AFTER_MS = 6 * MINUTE_MS
NOT_WELCOME = frozenset({Category.TROLL, Category.SPAM})
MAIN_LANGUAGE = "es"


class ConversationsOfSample:
    """Builds rows into `tables`; afterwards `said`, `served_replies`, `speakers` and `uses` are complete."""

    def __init__(
        self,
        content: Content,
        days: Days,
        tables: Rows,
        posts: PostsOfSample,
        titles: Mapping[str, Mapping[str, str]],
    ) -> None:
        """`titles` are those of the playbook's answers, by key and language."""
        self.said: list[Said] = []
        self.served_replies: list[ServedPost] = []
        self.speakers: list[Speaker] = []
        """Who may write while the program runs."""
        self.uses: Counter[str] = Counter()
        """How often each answer of the playbook was used."""
        self._content = content
        self._days = days
        self._tables = tables
        self._posts = posts
        self._titles = titles
        self._customer_ids: dict[str, int] = {}
        self._identity_ids: dict[tuple[str, str], int] = {}
        self._speakers: dict[tuple[str, str], Speaker] = {}
        self._threads: set[tuple[int, str]] = set()
        self.numbers: dict[str, int] = {}
        """Ids of the conversations by their key."""

    def build(self) -> None:
        first = _first_moments(self._content, self._days)
        for person in self._content.people:
            self._person(person, first.get(person["key"]))
        # The newest of several private conversations with one person goes on; the others are earlier ones.
        for conversation in sorted(self._content.conversations, key=lambda one: -self._last(one)):
            self._conversation(conversation)
        for promise in self._content.promises:
            self._promise(promise)
        unwelcome = {one["person"] for one in self._content.conversations if one["category"] in NOT_WELCOME}
        self.speakers = [speaker for (person, _), speaker in self._speakers.items() if person not in unwelcome]
        self.said.sort(key=lambda said: (said.at, said.id))

    # --- people

    def _person(self, person: Item, first_at: int | None) -> None:
        number = len(self._customer_ids) + 1
        self._customer_ids[person["key"]] = number
        self._tables["customer"].append(
            {
                "id": number,
                "name": person["name"],
                "language": person["language"],
                "city": person["city"] or "",
                "note": person.get("note") or "",
                "email": person.get("email", ""),
                "flags": _json(person.get("flags", [])),
                "tags": _json(person.get("tags", [])),
                "first_at": first_at,
            }
        )
        for identity in person["identities"]:
            network, handle = identity["network"], identity["handle"]
            remote_id = digest("person", network, handle)
            identity_id = len(self._identity_ids) + 1
            self._identity_ids[person["key"], network] = identity_id
            self._speakers[person["key"], network] = Speaker(
                network, remote_id, handle, person["name"], person["language"], identity["followers"]
            )
            self._tables["identity"].append(
                {
                    "id": identity_id,
                    "customer_id": number,
                    "network": network,
                    "server": self._server_of(network),
                    "remote_id": remote_id,
                    "handle": handle,
                    "name": person["name"],
                    "url": address(network, handle),
                    "followers": identity["followers"],
                }
            )

    def _server_of(self, network: str) -> str:
        accounts = self._content.shop["accounts"]
        return next((server_of(account) for account in accounts if account["network"] == network), "")

    # --- conversations

    def _last(self, conversation: Item) -> int:
        """When the customer last wrote."""
        theirs = [self._at(message) for message in conversation["messages"] if message["from"] == "them"]
        return max(theirs)

    def _at(self, message: Item) -> int:
        at = self._days.moment(message)
        if at is None:
            raise ValueError(f"a message without a time: {message['text'][:40]!r}")
        return min(at, self._days.now)

    def _conversation(self, conversation: Item) -> None:
        number = len(self._tables["conversation"]) + 1
        account_id = self._posts.account_ids[conversation["account"]]
        account = self._posts.account(account_id)
        speaker = self._speakers[conversation["person"], account["network"]]
        back = self._came_back(conversation)
        state = ConversationState.NEEDS_ANSWER if back else ConversationState(conversation["state"])
        last_at = self._last(conversation)
        ours = [self._at(message) for message in conversation["messages"] if message["from"] == "us"]
        private = conversation["messages"][-1]["visibility"] == "private"
        answer_by = self._answer_by(conversation) if state is ConversationState.NEEDS_ANSWER else None
        snooze = conversation.get("snooze")
        snoozed_until = self._days.moment(snooze["till"]) if snooze else None
        under = self._posts.deliveries.get((conversation.get("under_post") or "", account_id))
        parent = json.loads(str(under["parts"]))[0] if under else ""
        thread = self._thread(conversation, account_id, speaker, str(under["remote_id"]) if under else "", private)
        self.numbers[conversation["key"]] = number
        self._tables["conversation"].append(
            {
                "id": number,
                "account_id": account_id,
                "customer_id": self._customer_ids[conversation["person"]],
                "identity_id": self._identity_ids[conversation["person"], account["network"]],
                "thread_key": thread,
                "state": state,
                "category": Category(conversation["category"]),
                "language": conversation["language"],
                "private": private,
                "unread": bool(back) or any(not message["read"] for message in conversation["messages"]),
                "snippet": " ".join(_last_of_customer(conversation)["text"].split())[:SNIPPET],
                "last_at": last_at,
                "ours_at": max(ours, default=None),
                "answer_by": answer_by,
                "snoozed_until": snoozed_until,
                "sort_key": sort_key(state, answer_by, snoozed_until, last_at),
                "under_post_id": under["post_id"] if under else None,
                "parent_text": parent,
                "parent_url": under["url"] if under else "",
                "tags": _json(conversation["tags"]),
            }
        )
        if conversation.get("note"):
            note = {"id": len(self._tables["note"]) + 1, "conversation_id": number, "text": conversation["note"]}
            self._tables["note"].append({**note, "at": min(last_at + 3 * MINUTE_MS, self._days.now)})
        self._messages(conversation, number, account_id, speaker, thread, str(under["remote_id"]) if under else "")
        self._case(conversation, number, state)

    def _answer_by(self, conversation: Item) -> int:
        """As promised for its category, around the clock: some are late and some are not, whatever the hour of the day."""
        promise = self._content.shop["answer_promise"]
        minutes: int = promise["by_category"].get(conversation["category"], promise["minutes"])
        waits_since = 0
        for message in conversation["messages"]:
            waits_since = 0 if message["from"] == "us" else waits_since or self._at(message)
        waits_since = self._came_back(conversation) or waits_since
        return waits_since + minutes * MINUTE_MS

    def _came_back(self, conversation: Item) -> int | None:
        """When the manager's answer came, or the letter to them undelivered: the conversation came back with it by itself."""
        asked = conversation.get("escalation") or {}
        came = asked.get("answer") or asked.get("bounce")
        return self._days.moment(came) if came else None

    def _case(self, conversation: Item, number: int, state: ConversationState) -> None:
        """One a conversation, measured around the clock like the promises; solved some minutes after the last message."""
        theirs = [self._at(message) for message in conversation["messages"] if message["from"] == "them"]
        ours = [self._at(message) for message in conversation["messages"] if message["from"] == "us"]
        opened, answered = theirs[0], next((at for at in ours if at >= theirs[0]), None)
        solved = min(max((*theirs, *ours)) + SOLVED_AFTER_MS, self._days.now) if state in SOLVED_STATES else None
        self._tables["support_case"].append(
            {
                "id": number,
                "conversation_id": number,
                "category": Category(conversation["category"]),
                "opened_at": opened,
                "answered_at": answered,
                "answered_in": None if answered is None else answered - opened,
                "solved_at": solved,
                "solved_in": None if solved is None else solved - opened,
                "messages": len(theirs),
                "replies": len(ours),
            }
        )

    def _promise(self, promise: Item) -> None:
        kept = self._days.moment(promise["kept"]) if promise.get("kept") else None
        self._tables["promise"].append(
            {
                "id": len(self._tables["promise"]) + 1,
                "customer_id": self._customer_ids[promise["person"]],
                "conversation_id": self.numbers[promise["conversation"]],
                "text": promise["text"],
                "made_at": min(self._days.moment(promise["made"]) or 0, self._days.now),
                "due_at": self._days.moment(promise["due"]),
                "kept_at": kept,
            }
        )

    def _thread(self, conversation: Item, account_id: int, speaker: Speaker, under: str, private: bool) -> str:
        if private:
            key = f"private:{speaker.id}"
        elif under:
            key = f"{under}:{speaker.id}"
        else:
            key = f"{_remote_id(conversation, 0)}:{speaker.id}"
        if (account_id, key) in self._threads:
            key = f"{key}:{conversation['key']}"
        self._threads.add((account_id, key))
        return key

    def _messages(
        self, conversation: Item, number: int, account_id: int, speaker: Speaker, thread: str, under: str
    ) -> None:
        account = self._posts.account(account_id)
        answered, answered_row = under, None
        for place, message in enumerate(conversation["messages"]):
            theirs = message["from"] == "them"
            remote_id = _remote_id(conversation, place)
            visibility = Visibility.DIRECT if message["visibility"] == "private" else Visibility.PUBLIC
            url = address(account["network"], speaker.handle if theirs else account["handle"], remote_id)
            row: dict[str, object] = {
                "id": len(self._tables["message"]) + 1,
                "conversation_id": number,
                "account_id": account_id,
                "identity_id": self._identity_ids[conversation["person"], account["network"]] if theirs else None,
                "remote_id": remote_id,
                "kind": _kind(conversation, place) if theirs else MessageKind.OURS,
                "text": message["text"],
                "language": conversation["language"],
                "visibility": visibility,
                "url": "" if visibility is Visibility.DIRECT else url,
                "in_reply_to": answered,
                "at": self._at(message),
                "arrived_at": self._at(message),
                "read": message["read"],
            }
            if theirs:
                answered_row = row["id"]
            else:
                self._reply(conversation, message, row, account_id, answered_row)
            self._tables["message"].append(row)
            if not account["by_hand"]:
                self._serve(row, speaker, thread, under, theirs)
            answered = remote_id

    def _reply(
        self, conversation: Item, message: Item, row: dict[str, object], account_id: int, answered: object
    ) -> None:
        """Our replies went out through the outbox, like all replies."""
        answer = message.get("answer", "")
        title = self._titles.get(answer, {}).get(MAIN_LANGUAGE, "") if answer else ""
        if answer:
            self.uses[answer] += 1
        outbox_id = len(self._tables["outbox"]) + 1
        row["outbox_id"], row["answer_title"] = outbox_id, title
        progress = [{"id": row["remote_id"], "url": row["url"]}]
        self._tables["outbox"].append(
            {
                "id": outbox_id,
                "account_id": account_id,
                "kind": OutboxKind.REPLY,
                "state": DeliveryState.OUT,
                "key": f"sample-reply-{row['remote_id']}",
                "conversation_id": row["conversation_id"],
                "message_id": answered,
                "target": row["in_reply_to"],
                "parts": _json([message["text"]]),
                "visibility": row["visibility"],
                "language": conversation["language"],
                "answer_title": title,
                "due_at": row["at"],
                "progress": _json(progress),
                "remote_id": row["remote_id"],
                "url": row["url"],
                "sent_at": row["at"],
                "created_at": row["at"],
            }
        )

    def _serve(self, row: dict[str, object], speaker: Speaker, thread: str, under: str, theirs: bool) -> None:
        account_id, at = row["account_id"], row["at"]
        assert isinstance(account_id, int)
        assert isinstance(at, int)
        key, remote_id, text = self._posts.served_key(account_id), str(row["remote_id"]), str(row["text"])
        reply_to, visibility = str(row["in_reply_to"]), str(row["visibility"])
        if theirs:
            kind = str(row["kind"])
            said = Said(key, remote_id, kind, speaker, text, at, thread, under, reply_to, visibility)
            self.said.append(said)
        else:
            self.served_replies.append(
                ServedPost(
                    account=key,
                    id=remote_id,
                    key=part_key(f"sample-reply-{remote_id}"),
                    text=text,
                    at=at,
                    reply_to=reply_to,
                    visibility=visibility,
                    figures=(0, 0, 0, 0),
                    measured_at=self._days.now,
                )
            )


def _first_moments(content: Content, days: Days) -> dict[str, int]:
    """When each person first wrote."""
    first: dict[str, int] = {}
    for conversation in content.conversations:
        for message in conversation["messages"]:
            at = days.moment(message)
            if at is not None:
                first[conversation["person"]] = min(at, first.get(conversation["person"], at))
    return first


def _last_of_customer(conversation: Item) -> Item:
    message: Item = [message for message in conversation["messages"] if message["from"] == "them"][-1]
    return message


def _remote_id(conversation: Item, place: int) -> str:
    return digest("message", conversation["key"], str(place))


def _kind(conversation: Item, place: int) -> MessageKind:
    """Who writes again answers us."""
    kind = MessageKind(conversation["kind"])
    return MessageKind.REPLY if place and kind in (MessageKind.MENTION, MessageKind.QUOTE) else kind


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
