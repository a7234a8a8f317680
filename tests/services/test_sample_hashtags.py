"""The sample shop's sets of hashtags."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace

from app.services.sample_hashtags import add_hashtags
from app.services.sample_posts import Rows
from tests.services.sample_pieces import content


def test_sets_become_rows_and_own_words_a_setting() -> None:
    tables: Rows = defaultdict(list)
    shop = {"hashtag_sets": [{"name": "Jazz", "tags": ["jazz", "vinilo"]}], "own_words": ["Jacaranda"]}
    add_hashtags(replace(content(), shop=shop), tables)
    assert tables["hashtag_set"] == [{"id": 1, "name": "Jazz", "tags": '["jazz", "vinilo"]'}]
    assert json.loads(str(tables["setting"][0]["value"]))["values"] == {"words": "Jacaranda"}


def test_a_shop_without_sets_has_none() -> None:
    tables: Rows = defaultdict(list)
    add_hashtags(replace(content(), shop={}), tables)
    assert tables == {}


