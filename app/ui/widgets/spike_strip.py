"""The amber strip that says what suddenly repeats, with the way to its conversations and a way to be left in peace."""

from __future__ import annotations

from collections.abc import Callable

from app.models.spike import Spike
from app.ui.look import Look
from app.ui.safe_text import isolated
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.strip import Strip


def spike_words(look: Look, spike: Spike) -> tuple[str, str]:
    """(what repeats, how it stands), as plain text."""
    what = look.text("find.spike", n=spike.many, hours=spike.hours, topic=isolated(spike.topic), usual=spike.usual)
    parts = [look.text("find.spike_unanswered", n=spike.unanswered)] if spike.unanswered else []
    if spike.reach:
        parts.append(look.text("find.spike_reach", n=spike.reach))
    return what, look.words.facts(parts)


class SpikeStrip(Strip):
    """One at a time; the newest numbers replace those before."""

    def __init__(self, look: Look, show: Callable[[], object], dismiss: Callable[[], object] | None = None) -> None:
        """Without `dismiss` it stands in a page of its own corners."""
        super().__init__(look, "warn", square=dismiss is not None)
        self._shown: Spike | None = None
        self.open = Button(look, look.text("find.spike_show"), size="small", clicked=show)
        self.row.addWidget(self.open)
        self.close_button: IconButton | None = None
        if dismiss is not None:
            self.close_button = self.add_close(look.text("find.spike_no_problem"))
            self.close_button.clicked.connect(lambda: dismiss())

    def show_spike(self, spike: Spike) -> None:
        self._shown = spike
        self.open.setText(self._look.text("find.spike_show"))
        if self.close_button is not None:
            self.close_button.rename(self._look.text("find.spike_no_problem"))
        what, how = spike_words(self._look, spike)
        self.show_message("warn", f"<b>{_escaped(what)}</b> {_escaped(how)}{'.' if how else ''}")
        self.show()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
