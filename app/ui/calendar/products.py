"""The sheet of the shop's products: feeds, a search, the template, and ideas made of what is ticked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from app.commands.composer import UNDO_SECONDS
from app.models.product import LONGEST_TEMPLATE, TEMPLATE, FeedRow, ProductRow, filled
from app.runtime.errors import AppError
from app.runtime.words import Message, message
from app.ui.calendar.pick_sheet import Pick, PickSheet
from app.ui.dialogs import Sheet
from app.ui.orders.file_sheet import choose_file
from app.ui.orders.progress_bar import ProgressBar
from app.ui.page import PageFace
from app.ui.safe_text import isolated
from app.ui.widgets.button import Button
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.field import Field
from app.ui.widgets.inside import nest_at
from app.ui.widgets.select import Select
from app.ui.widgets.strip import Strip
from app.ui.widgets.text import Label

ENDINGS = "*.csv *.tsv *.txt *.xml *.rss"
SOON_MS = 120
ALL = 0
SHOWN = 200


class AddFeedSheet(Sheet):
    """Where a feed is: a file of this computer, or an https address."""

    def __init__(self, face: PageFace, host: QWidget, sheet: ProductsSheet) -> None:
        super().__init__(face.look, host, face.text("products.add_title"))
        self._face = face
        self._sheet = sheet
        self.body.addWidget(Label(face.look, face.text("products.add_said"), "small", "text.secondary", wrap=True))
        self.where = Field(face.look, face.text("products.where"), placeholder="https://")
        self.where.line.returnPressed.connect(self.add)
        self.body.addWidget(self.where)
        self.foot.addWidget(Button(face.look, face.text("products.choose_file"), clicked=self._choose))
        self.foot.addStretch(1)
        self.foot.addWidget(
            Button(face.look, face.text("products.add"), kind="primary", key="Return", clicked=self.add)
        )

    def add(self) -> None:
        """Take the source and read it."""
        source = self.where.text.strip()
        if not source:
            self.where.complain(self._look.text("products.where_missing"))
            return

        async def work() -> None:
            try:
                number = await self._face.services.product_feeds.add(source)
            except AppError as error:
                self.where.complain(self._look.text(error.message))
                return
            self.close_now()
            self._sheet.feed_added(number)

        self._face.actions.start("products: add a feed", work())

    def _choose(self) -> None:
        choose_file(self._face, self, "products.choose_file", self._chosen, "products.files", ENDINGS)

    def _chosen(self, path: Path) -> None:
        self.where.line.setText(str(path))
        self.add()


class ProductsSheet(PickSheet):
    """Products of one feed or of all; closing it while a feed is read stops the reading."""

    def __init__(self, face: PageFace, host: QWidget) -> None:
        text = face.text
        super().__init__(
            face, host, text("products.title"), "", self._make_ideas, search=text("products.find"), width=720
        )
        look = face.look
        self._feeds: Sequence[FeedRow] = ()
        self._products: dict[int, ProductRow] = {}
        self._reading = False
        self.feed = Select(look, text("products.feed"))
        self.feed.activated.connect(lambda _row: self._chose_feed())
        self.read_again = Button(
            look, text("products.read_again"), icon="arrows-clockwise", size="small", clicked=self.read
        )
        self.remove = Button(look, text("products.remove"), kind="flat", size="small", clicked=self._remove)
        self.add = Button(look, text("products.add_feed"), icon="plus", size="small", clicked=self._add)
        row = QHBoxLayout()
        row.setSpacing(look.theme.px(8))
        row.addWidget(self.feed)
        row.addWidget(self.read_again)
        row.addWidget(self.remove)
        row.addStretch(1)
        row.addWidget(self.add)
        nest_at(self.body, 0, row)
        self.trouble = Strip(look, "warn")
        self.trouble.hide()
        self.body.insertWidget(1, self.trouble)
        self.progress = ProgressBar(look)
        self.progress.hide()
        self.body.insertWidget(2, self.progress)
        self.template_name = Label(look, text("products.template"), "small", "text.secondary", wrap=True)
        self.body.addWidget(self.template_name)
        self.template = QPlainTextEdit(TEMPLATE)
        self.template.setAccessibleName(text("products.template"))
        self.template.setTabChangesFocus(True)
        self.template.setFixedHeight(3 * look.theme.line("body") + look.theme.px(18))
        self.body.addWidget(self.template)
        self.example = Label(look, "", "small", "text.secondary", wrap=True)
        self.body.addWidget(self.example)
        self.pictures = CheckBox(look, text("products.with_pictures"))
        self.foot.insertWidget(0, self.pictures)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._find)
        self.search.textChanged.connect(lambda _text: self._soon.start())
        self.template.textChanged.connect(self._show_example)
        self.list.current_changed.connect(lambda _row: self._show_example())
        self.closed.connect(self._stop)
        self._read_feeds()

    def feed_added(self, number: int) -> None:
        """A feed is there: choose it and read it."""
        self._read_feeds(then=number)

    def read(self) -> None:
        """Bring the chosen feed's products up to date; pressed again, stop."""
        if self._reading:
            self._face.services.product_feeds.stop()
            return
        number = self.feed.currentData()
        if isinstance(number, int) and number != ALL:
            self._reading = True
            self.trouble.hide()
            self.progress.show_share(0.0, self._look.text("products.reading", n=0))
            self.progress.show()
            self.read_again.setText(self._look.text("products.stop"))
            self.place()
            self._face.actions.start("products: read a feed", self._read(number))

    # ---- inside

    async def _read(self, number: int) -> None:
        said: Message
        level = "ok"
        try:
            result = await self._face.services.product_feeds.read(number, self._tell)
            if result.stopped:
                said = message("products.said.stopped", n=result.read)
            else:
                said = message("products.said.read", n=result.read, new=result.new, gone=result.gone)
            if result.wrong_count:
                first = result.wrong[0]
                level, said = (
                    "warn",
                    message("products.said.wrong", n=result.wrong_count, line=first.line, reason=first.reason),
                )
        except AppError as error:
            level, said = "warn", error.message
        finally:
            self._reading = False
        if self.gone:
            return
        self.progress.hide()
        self.read_again.setText(self._look.text("products.read_again"))
        self.trouble.show_message("warn" if level == "warn" else "ok", self._look.text(said))
        self.trouble.show()
        self._read_feeds(then=None)

    def _tell(self, share: float, products: int) -> None:
        if not self.gone:
            self.progress.show_share(share, self._look.text("products.reading", n=products))

    def _read_feeds(self, then: int | None = None) -> None:
        def came(feeds: Sequence[FeedRow]) -> None:
            if self.gone:
                return
            self._feeds = feeds
            names: list[tuple[str, object]] = [
                (self._look.text("products.of_feed", name=isolated(feed.name), n=feed.products), feed.id)
                for feed in feeds
            ]
            if len(feeds) > 1:
                names.append((self._look.text("products.all_feeds", n=sum(feed.products for feed in feeds)), ALL))
            self.feed.offer(names or [(self._look.text("products.no_feed"), ALL)])
            self.feed.setEnabled(bool(feeds))
            if then is not None:
                self.feed.choose(then)
            self._chose_feed()
            if then is not None:
                self.read()

        self._face.services.reads.later(lambda queries: queries.feeds(), came)

    def _chose_feed(self) -> None:
        feed = self._chosen_feed()
        one = feed is not None
        for widget in (self.read_again, self.remove, self.template, self.template_name, self.example):
            widget.setVisible(one)
        self.pictures.setVisible(bool(self._feeds))
        self.search.setVisible(bool(self._feeds))
        if feed is not None:
            blocked = self.template.blockSignals(True)
            self.template.setPlainText(feed.template or TEMPLATE)
            self.template.blockSignals(blocked)
            if feed.read_at is not None:
                day = self._look.words.day_and_time(feed.read_at, self._face.clock.now())
                self.said.setText(self._look.text("products.read_when", when=day))
            else:
                self.said.setText(self._look.text("products.never_read"))
            if feed.trouble and not self._reading and not self.trouble.isVisible():
                self.trouble.show_message("warn", self._look.text(Message.from_json(feed.trouble)))
                self.trouble.show()
        else:
            self.said.setText(self._look.text("products.said" if not self._feeds else "products.said_all"))
        self._find()

    def _chosen_feed(self) -> FeedRow | None:
        number = self.feed.currentData()
        return next((feed for feed in self._feeds if feed.id == number), None)

    def _find(self) -> None:
        typed, feed = self.search.text(), self._chosen_feed()
        number = feed.id if feed is not None else None

        def came(products: Sequence[ProductRow]) -> None:
            if not self.gone and typed == self.search.text():
                self._products.update({product.id: product for product in products})
                none = (
                    "products.none_found"
                    if typed.strip()
                    else "products.none_yet"
                    if self._feeds
                    else "products.no_feed_said"
                )
                self.show_rows([self._pick(product) for product in products], self._look.text(none))
                self._show_example()

        self._face.services.reads.later(lambda queries: queries.products(typed, number, SHOWN), came)

    def _pick(self, product: ProductRow) -> Pick:
        look = self._look
        notes = [each for each in (product.maker, product.kind) if each]
        if product.gone:
            notes.append(look.text("products.gone"))
        elif not product.available:
            notes.append(look.text("products.sold_out"))
        if product.used_at is not None:
            notes.append(look.text("products.used", day=look.words.day(product.used_at, self._face.clock.now())))
        quiet = product.gone or not product.available
        return Pick(
            product.id,
            product.title,
            isolated(" · ".join(notes)),
            isolated(product.price) if product.price else "",
            quiet,
        )

    def _show_example(self) -> None:
        row = self.list.current_row
        rows = self.list.picks.rows
        product = self._products.get(rows[row].key) if 0 <= row < len(rows) else None
        if product is not None and not self.example.isHidden():
            said = filled(self.template.toPlainText(), product).replace("\n", " ⏎ ")
            self.example.setText(self._look.text("products.example", text=isolated(said[:200])))

    def _make_ideas(self, products: list[int]) -> None:
        feed, template = self._chosen_feed(), self.template.toPlainText()[:LONGEST_TEMPLATE]
        services, pictures = self._face.services, self.pictures.isChecked()

        async def work() -> None:
            if feed is not None and template != feed.template:
                await services.product_feeds.save_template(feed.id, template)
            made = await services.product_feeds.make_ideas(products, pictures=pictures)
            self._face.notices.say(message("ideas.said.made", n=len(made)), undo=True, seconds=UNDO_SECONDS)

        self._face.actions.start("ideas: products", work())

    def _add(self) -> None:
        self._face.window.open_sheet(AddFeedSheet(self._face, self.window(), self))

    def _remove(self) -> None:
        feed = self._chosen_feed()
        if feed is None:
            return

        async def work() -> None:
            await self._face.services.product_feeds.remove(feed.id)
            self._face.notices.say(message("products.said.removed", name=feed.name), undo=True, seconds=UNDO_SECONDS)
            if not self.gone:
                self._read_feeds()

        self._face.actions.start("products: remove a feed", work())

    def _stop(self) -> None:
        if self._reading:
            self._face.services.product_feeds.stop()
