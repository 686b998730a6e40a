"""The input of the plan in ``licence.py``."""

from __future__ import annotations

from optimizer.contract.data import Data
from optimizer.contract.goods import Content, Demand, Item, OpenOrder, Site, StockRow
from optimizer.contract.policy import Licence, RiskEffect
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Country, Offer, Supplier


def data(late_orders: str) -> Data:
    return Data(
        settings=Settings(start="2025", period="year", reveal_days=365.25, risk_measure="cvar",
                          cvar_level=0.5, risk_weight=0.5, shortage_cost=100.0, holding_rate=0.0,
                          late_orders=late_orders),
        horizon=2,
        period_labels=("2025", "2026"),
        items=(Item(item="M"),),
        composition=(Content(item="M", element="Dy", mass_share=0.1),),
        sites=(Site(site="P"),),
        demand=(
            Demand(item="M", site="P", period=1, quantity=100.0),
            Demand(item="M", site="P", period=2, quantity=100.0),
        ),
        countries=(Country(country="CN"), Country(country="JP")),
        suppliers=(Supplier(supplier="A", country="CN"), Supplier(supplier="B", country="JP")),
        offers=(
            Offer(supplier="A", item="M", price=10.0, call_off_min=0.8),
            Offer(supplier="B", item="M", price=20.0, capacity=60.0, min_order=20.0,
                  order_cost=8.0),
        ),
        licences=(Licence(licence="L", country="CN", elements=("Dy",), order_cost=4.0),),
        stock=(StockRow(item="M", site="P", quantity=20.0),),
        open_orders=(
            OpenOrder(supplier="A", item="M", site="P", period=1, quantity=10.0, secured=False),
        ),
        risks=(
            RiskEffect(risk="future", result="refused", probability=0.25, scope="licence",
                       target="L", deliverable=0.0),
            RiskEffect(risk="future", result="boom", probability=0.25, scope="item", target="M",
                       from_period=2, demand_factor=1.5),
        ),
    )  # fmt: skip
