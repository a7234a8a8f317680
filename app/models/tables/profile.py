"""Tables of the profile itself: settings, the change journal, leases, maintained counters, acts to undo, samples, playbook."""

from __future__ import annotations

from sqlmodel import Field, Index, SQLModel, UniqueConstraint


class Setting(SQLModel, table=True):
    """One settings group as versioned JSON."""

    __tablename__ = "setting"

    name: str = Field(primary_key=True)
    value: str


class ChangeRow(SQLModel, table=True):
    """Journal of commits: other processes on the same profile replay it. `ids` is a JSON list; empty means all rows.

    Ids are never used again after pruning: who watches remembers the last one it saw.
    """

    __tablename__ = "change"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    process: str
    """Random id of the process that committed."""
    table_name: str
    ids: str
    at: int


class Lease(SQLModel, table=True):
    """Who may do a thing alone, until when: token refreshes, the publishing engine's turn. Never only a lock in memory."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    process: str
    until: int


class Counter(SQLModel, table=True):
    """A maintained count of conversations by account and state (and of all messages, as state `messages`).

    Kept by triggers of the database (store/counters.py), so that no way of writing forgets it; never counted on the way to the screen.
    """

    __tablename__ = "counter"
    __table_args__ = {"sqlite_with_rowid": False}

    account_id: int = Field(primary_key=True)
    state: str = Field(primary_key=True)
    count: int = 0


class Sample(SQLModel, table=True):
    """One measured value at one time. `subject` is `account` or `post`; `subject_id` the row (for posts: the outbox item)."""

    __tablename__ = "sample"
    __table_args__ = {"sqlite_with_rowid": False}

    metric: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    subject_id: int = Field(primary_key=True)
    at: int = Field(primary_key=True)
    value: int


class LocalDay(SQLModel, table=True):
    """When each day of the shop's zone begins (UTC milliseconds); empty while the shop has no zone: then days are those of UTC."""

    __tablename__ = "local_day"

    starts_at: int = Field(primary_key=True)
    day: int
    """Its proleptic Gregorian ordinal (1 January of year 1 is 1)."""


class FigureDay(SQLModel, table=True):
    """What the posts of an account gained on one day. Kept by triggers of the database (store/rollup.py)."""

    __tablename__ = "figure_day"
    __table_args__ = {"sqlite_with_rowid": False}

    metric: str = Field(primary_key=True)
    account_id: int = Field(primary_key=True)
    day: int = Field(primary_key=True)
    gained: int


class Charge(SQLModel, table=True):
    """One call to a network that costs money: what it may cost at most, set aside before it was made, and what it did cost."""

    __tablename__ = "charge"
    __table_args__ = (Index("charge_account_at", "account_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    item: str
    """Its name in the network's price list."""
    most: int
    used: int | None = None
    """Units charged; None until the call was answered: then `most` counts."""
    price: int
    """Of one unit, millionths of the price list's currency, as the list said then."""
    at: int


class Answer(SQLModel, table=True):
    """One playbook answer."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("key"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str
    category: str
    tags: str = "[]"
    title: str = "{}"
    """JSON: title by language."""
    uses: int = 0
    main_language: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """The language it is written in first; empty: the first that it has."""
    acts: str = Field(default="{}", sa_column_kwargs={"server_default": "{}"})
    """JSON: what happens to the conversation after it was sent."""
    review_on: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """The day on which to look at it again, an ISO date; empty: none."""
    blanks: str = Field(default="[]", sa_column_kwargs={"server_default": "[]"})
    """JSON: its placeholders, with label, fallback by language, and whether a value is needed."""
    pictures: str = Field(default="[]", sa_column_kwargs={"server_default": "[]"})
    """JSON list of {path, alt}: what goes along with it."""
    changed_at: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    removed_at: int | None = None


class Wording(SQLModel, table=True):
    """One wording of an answer in one language."""

    __tablename__ = "wording"
    __table_args__ = (Index("wording_answer", "answer_id"),)

    id: int | None = Field(default=None, primary_key=True)
    answer_id: int = Field(foreign_key="answer.id")
    language: str
    position: int
    text: str
    address: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Form of address: empty for any, `informal`, `formal`."""
    is_long: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """The form for e-mail."""
    changed_at: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class AnswerExample(SQLModel, table=True):
    """A message of a customer that an answer fits, as the user or an imported playbook gave it."""

    __tablename__ = "answer_example"
    __table_args__ = (Index("answer_example_answer", "answer_id"),)

    id: int | None = Field(default=None, primary_key=True)
    answer_id: int = Field(foreign_key="answer.id")
    language: str
    position: int
    text: str


class AnswerChoice(SQLModel, table=True):
    """What the user made of an answer for a message: sent it, or said that it does not fit. The latest word on a pair holds."""

    __tablename__ = "answer_choice"
    __table_args__ = (UniqueConstraint("message_id", "answer_id"), Index("answer_choice_answer", "answer_id"))

    id: int | None = Field(default=None, primary_key=True)
    answer_id: int = Field(foreign_key="answer.id")
    message_id: int = Field(foreign_key="message.id")
    fits: bool
    at: int
