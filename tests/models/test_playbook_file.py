"""What bringing a playbook's file in would do."""

from __future__ import annotations

from app.models.playbook_file import FilePlan


def test_a_file_does_something_where_anything_is_new_or_changes() -> None:
    nothing = FilePlan((), (), 3, 0, (), ())
    assert not nothing.does_something
    assert all(
        plan.does_something
        for plan in (
            nothing._replace(new=("A",)),
            nothing._replace(changed=("A",)),
            nothing._replace(examples=1),
            nothing._replace(facts=("F",)),
        )
    )
