"""One word for each idea, in each language: the words of the glossary stand where the program names the idea, and no second word stands beside
them, neither on a screen, nor at the command line, nor in the guide.

A language has more than one good word for a thing; people who read "пост" here and "публикация" there look for a difference that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from app.language.guide_pages import FOLDER
from tests.rules.sources import ROOT
from tests.rules.test_words import COMPLETE, catalogue

GUIDE = ROOT / "resources" / FOLDER

NAMED: dict[str, tuple[str, str, str, str, str]] = {
    "page.today": ("Today", "Hoy", "Aujourd’hui", "Сегодня", "今天"),
    "page.inbox": ("Inbox", "Bandeja", "Réception", "Входящие", "收件箱"),
    "page.calendar": ("Calendar", "Calendario", "Calendrier", "Календарь", "日历"),
    "sales.campaign": ("Campaign", "Campaña", "Campagne", "Кампания", "活动"),
    "page.insights": ("Insights", "Resultados", "Résultats", "Результаты", "成效"),
    "page.playbook": ("Playbook", "Argumentario", "Argumentaire", "Аргументарная база", "话术库"),
    "page.settings": ("Settings", "Ajustes", "Paramètres", "Настройки", "设置"),
    "inbox.view.needs_answer": ("needs answer", "por responder", "à répondre", "ждут ответа", "待回复"),
    "inbox.view.due_soon": ("due soon", "vence pronto", "échéance proche", "скоро срок", "即将到期"),
    "inbox.name_by": ("answer by {time}", "responder antes de {time}", "répondre avant {time}", "ответить до {time}", "请在{time}前回复"),
    "shell.minutes_late": ("{minutes} min late", "{minutes} min tarde", "{minutes} min de retard", "опоздание {minutes} мин", "超时{minutes}分钟"),
    "command.inbox.done": ("done", "hecho", "traité", "готово", "已处理"),
    "command.inbox.snooze": ("snooze", "posponer", "reporter", "отложить", "稍后处理"),
    "command.inbox.escalate": ("escalate", "escalar", "transmettre", "передать менеджеру", "转交"),
    "escalation.title": ("go on by e-mail", "seguir por correo", "poursuivre par e-mail", "продолжить по почте", "转邮件沟通"),
    "managers.edit_title": ("manager", "responsable", "responsable", "менеджер", "负责人"),
    "export.table.promise": ("promise", "compromiso", "engagement", "обещани", "承诺"),
    "command.inbox.card": ("customer card", "ficha del cliente", "fiche client", "карточка клиента", "客户卡"),
    "customer.cases": ("case", "caso", "dossier", "обращени", "个案"),
    "origin.story_bare": ("case story", "caso de éxito", "récit de cas", "кейс", "案例故事"),
    "category.complaint": ("complaint", "queja", "réclamation", "жалоба", "投诉"),
    "category.praise": ("praise", "elogio", "compliment", "благодарность", "好评"),
    "inbox.thank.button": ("thank", "agradecer", "remercier", "поблагодарить", "感谢"),
    "questions.do_thank": ("thank", "agradecer", "remercier", "поблагодарить", "感谢"),
    "inbox.like.button": ("like", "me gusta", "aimer", "нравится", "点赞"),
    "inbox.boost.button": ("boost", "difundir", "relayer", "поделиться", "转发"),
    "inbox.keep.button": ("keep", "guardar", "garder", "сохранить", "收藏"),
    "category.troll": ("troll", "trol", "troll", "тролль", "喷子"),
    "command.inbox.ignore": ("ignore politely", "ignorar con educación", "ignorer poliment", "вежливо не отвечать", "礼貌忽略"),
    "category.spam": ("spam", "spam", "spam", "спам", "垃圾信息"),
    "inbox.note": ("note", "nota", "note", "заметка", "备注"),
    "shell.menu_post": ("post", "publicación", "publication", "публикация", "帖子"),
    "page.composer": ("post", "publicación", "publication", "публикация", "帖子"),
    "composer.state.draft": ("draft", "borrador", "brouillon", "черновик", "草稿"),
    "composer.state.idea": ("idea", "idea", "idée", "идея", "想法"),
    "calendar.state.scheduled": ("scheduled", "programada", "programmée", "запланировано", "已排期"),
    "calendar.state.going": ("going out", "saliendo", "en cours d’envoi", "публикуется", "发布中"),
    "calendar.state.out": ("out", "publicada", "publiée", "опубликовано", "已发布"),
    "calendar.state.failed": ("failed", "no salió", "non publiée", "не вышло", "未发出"),
    "composer.state.unsure": ("to decide", "por decidir", "à décider", "решить", "待决定"),
    "calendar.state.by_hand": ("by hand", "a mano", "à la main", "вручную", "手动发布"),
    "composer.good_time": ("good time", "buena hora", "bon créneau", "удачное время", "合适时段"),
    "setting.sorting.pillars": ("content pillar", "ejes de contenido", "axes éditoriaux", "рубрик", "内容栏目"),
    "composer.format.informs": ("informs", "informa", "informe", "информативный", "资讯"),
    "composer.format.announces": ("announces", "anuncia", "annonce", "анонс", "预告"),
    "composer.format.media": ("media", "multimedia", "média", "медийный", "图文"),
    "composer.format.poll": ("poll", "encuesta", "sondage", "опрос", "投票"),
    "composer.format.promo": ("promo", "promo", "promo", "промо", "促销"),
    "campaigns.phase_now.teaser": ("teaser phase", "fase de expectativa", "phase teaser", "тизерный этап", "预热期"),
    "campaigns.phase_now.promo": ("promo phase", "fase de promoción", "phase promo", "промоэтап", "促销期"),
    "category.contest": ("contest", "concurso", "concours", "конкурс", "抽奖活动"),
    "insights.followers": ("followers", "seguidores", "abonnés", "подписчики", "粉丝"),
    "insights.reposts": ("reposts", "compartidos", "partages", "репосты", "转发"),
    "insights.short.replies": ("replies", "respuestas", "réponses", "ответы", "回复"),
    "insights.short.clicks": ("clicks", "clics", "clics", "переходы", "点击"),
    "insights.time_to_answer": ("time to answer", "tiempo de respuesta", "délai de réponse", "время ответа", "回复时间"),
    "insights.before": ("before", "antes", "avant", "до этого", "之前"),
    "rhythm.quiet_short": ("quiet", "silencio", "silence", "тишина", "沉寂"),
    "cli.links_none": ("tracked link", "enlace medido", "lien suivi", "ссылка со счётчиком", "统计链接"),
    "command.accounts.sign_in_again": ("sign in again", "entrar de nuevo", "se reconnecter", "войти снова", "重新登录"),
    "shell.footer_data": ("data on this computer", "datos en este equipo", "données sur cet ordinateur", "данные на этом компьютере", "数据保存在本机"),
}  # fmt: skip
"""Where the program names an idea, and its word in English, Mexican Spanish, French, Russian and Chinese: whole, or the part that does not bend."""

SECOND: dict[str, dict[str, tuple[str, str]]] = {
    "en": {
        "post": (r"\btweets?\b(?!\.js)|\btoots?\b", "tweet"),
        "answer (playbook)": (r"\bcanned\b", "canned"),
        "manager": (r"\bsupervisors?\b", "supervisor"),
        "playbook": (r"\bargument base\b", "argument base"),
    },
    "es": {
        "publicación": (r"\bpost(s|ea\w*|eo)?\b(?!/)|\btuits?\b", "posts"),
        "ajustes": (r"\bconfiguraci[óo]n", "configuración"),
        "compromiso": (r"\bpromesas?\b", "promesa"),
        "responsable": (r"\bgerentes?\b|\bencargad[oa]s?\b", "gerente"),
        "enlace": (r"\bligas?\b|\bvínculos?\b", "liga"),
        "equipo": (r"\bcomputadoras?\b|\bordenador", "computadora"),
        "eje de contenido": (r"\bpilar(es)?\b", "pilares"),
        "seguidores": (r"\bfollowers\b", "followers"),
        "compartidos": (r"\brepubl|\brepost", "Republ."),
    },
    "fr": {
        "publication": (r"\bposts?\b(?!/)|\btweets?\b(?!\.js)", "posts"),
        "paramètres": (r"(?<!pré)réglages?\b", "Réglages"),
        "engagement": (r"\bpromesses?\b", "promesse"),
        "responsable": (r"(?<!Credential )\bmanagers?\b|\bgestionnaires?\b", "manager"),
        "axe éditorial": (r"\bpiliers?\b", "pilier"),
        "abonnés": (r"\bfollowers\b", "followers"),
        "partages": (r"\breposts?\b", "reposts"),
        "compliment": (r"\béloges?\b", "éloge"),
        "réclamation": (r"\bplaintes?\b", "plainte"),
    },
    "ru": {
        "публикация": (r"\bпост(а|у|е|ом|ы|ов|ам|ами|ах)?\b|\bпромопост|\bтвит", "посты"),
        "переписка": (r"\bдиалог|\bбесед", "диалог"),
        "предел": (r"\bлимит", "лимита"),
        "переход": (r"\bклик", "клики"),
        "метка": (r"\bтег(а|у|е|ом|и|ов)?\b", "теги"),
        "картинка": (r"\bизображени", "изображение"),
        "загрузить, выгрузить": (r"\bимпорт|\bэкспорт", "импорт"),
        "область уведомлений": (r"\bтре[йяею]\b|\bлот(ок|ке|ка)\b", "в трее"),
        "связка ключей": (r"\bхранилищ|\bбрелок", "хранилище"),
        "блокировка": (r"\bзап(ер|ир|рёт)\w*|\bотоприте\b|\bнезаперт", "запереть"),
        "аккаунт": (r"\bуч[её]тн\w+ запис", "учётная запись"),
        "время ответа": (r"\bвремя до ответа", "Время до ответа"),
        "подписчики": (r"\bфолловер", "фолловеры"),
        "опоздание": (r"\bпросроч", "просрочено"),
        "удачное время": (r"\bслот(а|ы|ов)?\b", "слоты"),
        "благодарность": (r"\bпохвал", "похвала"),
        "пробный магазин": (r"магазин\w*-пример", "магазина-примера"),
    },
    "zh": {
        "帖子": (r"贴子|贴文|推文|博文", "贴文"),
        "账号": (r"帐号|帐户|账户", "帐号"),
        "平台": (r"(?<!社交)(?<!计费)(?<!经过)网络(?!连接|已恢复)", "各个网络"),
        "对话": (r"会话", "会话"),
        "客户": (r"顾客", "顾客"),
        "负责人": (r"经理|主管", "经理"),
        "转交": (r"升级|上报", "升级"),
        "好评": (r"表扬|称赞|赞扬", "表扬"),
        "沉寂": (r"沉默|静默", "沉默"),
        "类别": (r"分类", "分类"),
        "窗格": (r"(?<!命令)面板", "下一个面板"),
        "循环": (r"定期", "定期帖子"),
        "新品发布": (r"(?<!新品)发布模板", "发布模板"),
        "想法": (r"创意|点子", "创意"),
    },
}
"""For each word of the glossary, and of what the program says beside it, the second words that were met or lie near, and one of them as a proof."""

ALLOWED = {
    "es": {
        "network.bluesky.no_app_password": "names the pages of Bluesky as they are called there",
        "find.has.link": "what people may type",
        "managers.role_example": "the job of somebody, as an example",
        "sorting.icon.laptop": "what the icon shows",
    },
    "ru": {"lock.set.said": "the account of the computer", "find.is.praise": "what people may type"},
    "zh": {
        "lock.set.said": "the account of the computer",
        "find.category.praise": "what people may type",
        "find.operator.category": "what people may type",
    },
}
"""Texts that mean something else by the word, and why."""

ALLOWED_LINES = {
    "es": ("Configuración, Privacidad y seguridad",),
    "ru": ("учётной записи у нас", "учётной записью на компьютере", "учётную запись", "учётной записи"),
    "zh": ("我们的账户", "电脑账户", "在账户安全里生成", "会话屏幕锁定", "会话已锁定"),
}
"""The same in the guide, which names pages of others, the account of the computer and its session."""


def said(text: str | tuple[str, ...]) -> str:
    """All its forms, without the names of what is filled in."""
    return re.sub(r"\{[^}]*\}", " ", text if isinstance(text, str) else "\n".join(text))


def guide_lines(language: str) -> Iterator[tuple[str, str]]:
    """The guide's lines with where they stand, without marks, targets of links and what is typed."""
    for path in sorted((GUIDE / language).glob("*.md")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for allowed in ALLOWED_LINES.get(language, ()):
                line = line.replace(allowed, " ")
            yield f"{path.name}:{number}", re.sub(r"\{[^}]*\}|\]\([^)]*\)|`[^`]*`", " ", line)


@pytest.mark.parametrize("language", COMPLETE)
def test_an_idea_bears_the_word_of_the_glossary(language: str) -> None:
    place = COMPLETE.index(language)
    other = {}
    for name, words in NAMED.items():
        text = str(catalogue(language).get(name, ""))
        if words[place].casefold() not in text.replace("'", "’").casefold():
            other[name] = f"{text!r} is not {words[place]!r}"
    assert other == {}


@pytest.mark.parametrize("language", COMPLETE)
def test_no_second_word_stands_on_a_screen_or_at_the_command_line(language: str) -> None:
    found = []
    for word, (pattern, _proof) in SECOND[language].items():
        for name, text in catalogue(language).items():
            hit = re.search(pattern, said(text), re.IGNORECASE)
            if hit and name not in ALLOWED.get(language, {}):
                found.append(f"{name}: {hit[0]!r}, where the word is {word!r}")
    assert found == []


@pytest.mark.parametrize("language", COMPLETE)
def test_no_second_word_stands_in_the_guide(language: str) -> None:
    found = []
    for place, line in guide_lines(language):
        for word, (pattern, _proof) in SECOND[language].items():
            if hit := re.search(pattern, line, re.IGNORECASE):
                found.append(f"{place}: {hit[0]!r}, where the word is {word!r}")
    assert found == []


@pytest.mark.parametrize("language", COMPLETE)
def test_each_second_word_would_be_found(language: str) -> None:
    deaf = [word for word, (pattern, proof) in SECOND[language].items() if not re.search(pattern, proof, re.IGNORECASE)]
    assert deaf == []


@pytest.mark.parametrize("language", ALLOWED)
def test_what_is_allowed_is_there_and_holds_the_word(language: str) -> None:
    """An exception whose text was mended goes."""
    patterns = [pattern for pattern, _proof in SECOND[language].values()]
    idle = [
        name
        for name in ALLOWED[language]
        if not any(re.search(pattern, said(catalogue(language).get(name, "")), re.IGNORECASE) for pattern in patterns)
    ]
    assert idle == []
