"""The input of the plan in ``trade.py``."""

from __future__ import annotations

from optimizer.contract.data import Data
from optimizer.contract.goods import (
    Content,
    Demand,
    Item,
    OpenOrder,
    Site,
    StockRow,
    StockTarget,
)
from optimizer.contract.policy import Licence, Rule
from optimizer.contract.settings import Settings
from optimizer.contract.supply import (
    CalendarRow,
    Country,
    Currency,
    Lane,
    Offer,
    Origin,
    Supplier,
)


def data() -> Data:
    return Data(
        settings=Settings(
            start="2025", period="year", holding_rate=0.1, discount_rate=0.25, shortage_cost=None
        ),
        horizon=2,
        period_labels=("2025", "2026"),
        items=(Item(item="M", description="magnet", weight=2.0),),
        composition=(Content(item="M", element="Dy", mass_share=0.1),),
        sites=(Site(site="P", storage_capacity=100.0),),
        demand=(
            Demand(item="M", site="P", end_use="civil", period=1, quantity=40.0),
            Demand(item="M", site="P", end_use="civil", period=2, quantity=40.0),
            Demand(item="M", site="P", end_use="defence", period=2, quantity=20.0),
        ),
        countries=(
            Country(country="CN", risk_score=8.0),
            Country(country="JP", region="Pacific", risk_score=2.0),
        ),
        currencies=(Currency(currency="EUR", rate=1.25),),
        suppliers=(
            Supplier(supplier="A", country="CN", capacity=55.0),
            Supplier(
                supplier="B",
                country="JP",
                capacity=45.0,
                onboarding_cost=50.0,
                fixed_cost=10.0,
            ),
        ),
        offers=(
            Offer(
                supplier="A",
                item="M",
                price=10.0,
                capacity=50.0,
                min_award=10.0,
                max_award=60.0,
                min_order=20.0,
                order_cost=4.0,
                baseline=35.0,
            ),
            Offer(
                supplier="B",
                item="M",
                price=12.0,
                currency="EUR",
                qualified=False,
                qualification_cost=7.0,
                qualification_days=300.0,
                switching_cost=6.0,
            ),
        ),
        calendar=(CalendarRow(supplier="A", period=2, price_factor=1.2, capacity_factor=0.8),),
        lanes=(
            Lane(country="CN", mode="sea", freight=1.0, duty_rate=0.1, capacity=48.0),
            Lane(country="JP", mode="sea", freight=2.0, fixed_cost=5.0),
            Lane(country="CN", mode="slow", transit_days=365.25),
        ),
        upstream=(
            Origin(supplier="A", stage="refining", element="Dy", country="CN", share=1.0),
            Origin(supplier="B", stage="refining", element="Dy", country="CN", share=0.5),
            Origin(supplier="B", stage="refining", element="Dy", country="JP", share=0.25),
        ),
        licences=(
            Licence(
                licence="L",
                country="CN",
                elements=("Dy",),
                threshold=0.05,
                banned_end_uses=("defence",),
                order_cost=3.0,
                quota=40.0,
            ),
        ),
        stock=(StockRow(item="M", site="P", quantity=10.0),),
        open_orders=(OpenOrder(supplier="B", item="M", site="P", period=2, quantity=5.0),),
        stock_policy=(StockTarget(item="M", min_cover_days=36.525, penalty=2.0),),
        rules=(
            _rule("made in China", "country", "share", "max", 0.9, member=("CN",)),
            _rule("refined", "refining", "share", "max", 0.98),
            _rule("soft", "supplier", "share", "max", 0.8, member=("A",), penalty=1000.0),
            _rule("hhi", "supplier", "hhi", "max", 8000.0),
            _rule("two", "supplier", "count", "min", 2.0),
            _rule("risk", "country", "risk", "max", 8.0),
            _rule("spend", "supplier", "spend", "max", 500.0, member=("B",)),
            _rule("least", "supplier", "quantity", "min", 100.0, member=("A",)),
            _rule("per item", "supplier", "spend_share", "max", 0.9, per_item=True),
            _rule("off", "supplier", "share", "max", 0.1, active=False),
        ),
    )


def _rule(
    name: str,
    dimension: str,
    metric: str,
    sense: str,
    limit: float,
    *,
    member: tuple[str, ...] = (),
    penalty: float | None = None,
    per_item: bool = False,
    active: bool = True,
) -> Rule:
    return Rule(
        rule=name,
        dimension=dimension,
        metric=metric,
        sense=sense,
        limit=limit,
        member=member,
        penalty=penalty,
        per_item=per_item,
        active=active,
    )
