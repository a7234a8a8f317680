"""The sample shop's orders, as its export would have brought them: each stands with its customer."""

from __future__ import annotations

from app.models.customer import folded_handle
from app.services.sample_content import Content, Days
from app.services.sample_posts import Rows


def add_orders(content: Content, days: Days, tables: Rows) -> None:
    """Rows of the orders; customers are numbered as their file lists them."""
    numbers = {person["key"]: number for number, person in enumerate(content.people, start=1)}
    people = {person["key"]: person for person in content.people}
    for number, order in enumerate(content.orders, start=1):
        person = people[order["person"]]
        tables["shop_order"].append(
            {
                "id": number,
                "number": order["number"],
                "customer_id": numbers[person["key"]],
                "name": person["name"],
                "email": person.get("email", ""),
                "handle": folded_handle(person["identities"][0]["handle"]),
                "products": order["products"],
                "amount": order["amount"],
                "currency": order["currency"],
                "state": order["state"],
                "ordered_at": days.moment(order),
                "imported_at": days.now,
            }
        )
