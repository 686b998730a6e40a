"""Which offers need which licence: K is in CN, J in JP; P holds 1 % Dy."""

from collections.abc import Sequence

import pytest

from optimizer.assemble import assemble
from optimizer.contract.goods import Content, OpenOrder, StockRow
from optimizer.contract.policy import Licence
from optimizer.contract.settings import Settings
from optimizer.contract.supply import Origin, Supplier
from tests.small import need, offer, small

SUPPLIERS = [Supplier(supplier="K", country="CN"), Supplier(supplier="J", country="JP")]
COMPOSITION = [Content(item="P", element="Dy", mass_share=0.01)]


def classes(
    licences: Sequence[Licence],
    upstream: Sequence[Origin] = (),
    *,
    unknown_origin: str = "ignore",
    composition: Sequence[Content] = COMPOSITION,
) -> dict[str, str]:
    """Supplier -> stock class of its P."""
    problem = assemble(
        small(
            settings=Settings(unknown_origin=unknown_origin),
            suppliers=SUPPLIERS,
            offers=[offer("K"), offer("J")],
            composition=composition,
            licences=licences,
            upstream=upstream,
        )
    )
    return {supplier: name for (supplier, _), name in problem.supply.stock_class.items()}


def licence(name: str = "L", *, reach: str = "direct", share: float = 0.001, threshold: float = 0.0,
            elements: tuple[str, ...] = ("Dy",), country: str = "CN") -> Licence:  # fmt: skip
    return Licence(licence=name, country=country, elements=elements, threshold=threshold,
                   reach=reach, content_share=share)  # fmt: skip


def origin(share: float, *, element: str = "*", country: str = "CN", supplier: str = "J",
           stage: str = "refining") -> Origin:  # fmt: skip
    return Origin(supplier=supplier, stage=stage, element=element, country=country, share=share)


def test_a_direct_licence_reaches_offers_made_in_its_country() -> None:
    rows = [origin(1.0)]
    assert classes([licence()], rows, unknown_origin="worst") == {"K": "L", "J": "free"}


@pytest.mark.parametrize("threshold, name", [(0.009, "L"), (0.01, "free"), (0.011, "free")])
def test_an_item_is_controlled_above_the_threshold_not_at_it(threshold: float, name: str) -> None:
    assert classes([licence(threshold=threshold)])["K"] == name


def test_a_licence_without_elements_controls_nothing() -> None:
    assert classes([licence(elements=())])["K"] == "free"


def test_an_item_that_holds_none_of_the_elements_is_free() -> None:
    assert classes([licence(elements=("Tb",))])["K"] == "free"


def test_a_content_licence_reaches_its_own_country_too() -> None:
    assert classes([licence(reach="content")]) == {"K": "L", "J": "free"}


@pytest.mark.parametrize("share, name", [(0.3, "free"), (0.4, "L"), (0.5, "L")])
def test_content_from_the_share_on(share: float, name: str) -> None:
    rows = [origin(share), origin(1 - share, country="JP")]
    assert classes([licence(reach="content", share=0.4)], rows)["J"] == name


def test_content_share_0_means_any_share_above_0() -> None:
    rule = [licence(reach="content", share=0.0)]
    assert classes(rule, [origin(0.0), origin(1.0, country="JP")])["J"] == "free"
    assert classes(rule, [origin(0.0001), origin(0.9999, country="JP")])["J"] == "L"


def test_content_at_any_one_stage_is_enough_but_stages_do_not_add_up() -> None:
    def rows(mining: float) -> list[Origin]:
        return [origin(0.3, stage="refining"), origin(mining, stage="mining")]

    assert classes([licence(reach="content", share=0.4)], rows(0.4))["J"] == "L"
    assert classes([licence(reach="content", share=0.4)], rows(0.3))["J"] == "free"


def test_content_rows_of_an_element_come_before_rows_of_all() -> None:
    rule = [licence(reach="content", share=0.5)]
    own = [origin(1.0, element="Dy", country="JP")]
    assert classes(rule, [origin(1.0), *own])["J"] == "free"
    assert classes(rule, [origin(1.0)])["J"] == "L"


def test_content_of_an_element_below_the_threshold_does_not_count() -> None:
    both = [*COMPOSITION, Content(item="P", element="Tb", mass_share=0.001)]
    rule = [licence(reach="content", elements=("Dy", "Tb"), threshold=0.005)]
    from_cn = [origin(1.0, element="Tb"), origin(1.0, element="Dy", country="JP")]
    assert classes(rule, from_cn, composition=both)["J"] == "free"
    assert classes(rule, [origin(1.0, element="Dy")], composition=both)["J"] == "L"


@pytest.mark.parametrize("unknown_origin, name", [("worst", "L"), ("ignore", "free")])
def test_unknown_origin_is_the_licence_country_at_worst(unknown_origin: str, name: str) -> None:
    rule = [licence(reach="content", share=0.2)]
    rows = [origin(0.8, country="JP")]
    assert classes(rule, rows, unknown_origin=unknown_origin)["J"] == name


def test_unknown_adds_to_what_is_known() -> None:
    rows = [origin(0.1), origin(0.8, country="JP")]  # 0.1 known and 0.1 unknown
    at_worst = {"unknown_origin": "worst"}
    assert classes([licence(reach="content", share=0.2)], rows, **at_worst)["J"] == "L"
    assert classes([licence(reach="content", share=0.21)], rows, **at_worst)["J"] == "free"


def test_a_supplier_without_rows_is_unknown_at_a_stage_that_others_have() -> None:
    rule = [licence(reach="content")]
    others = [origin(1.0, supplier="K")]
    assert classes(rule, others, unknown_origin="worst")["J"] == "L"
    assert classes(rule, others, unknown_origin="ignore")["J"] == "free"
    assert classes(rule, [], unknown_origin="worst")["J"] == "free"


def test_what_rounding_leaves_is_not_unknown() -> None:
    thirds = [origin(1 / 3, country="JP"), origin(1 / 3, country="US"), origin(0.33333333333)]
    rule = [licence(reach="content", share=0.0, country="AU")]
    assert classes(rule, thirds, unknown_origin="worst")["J"] == "free"


def test_an_offer_under_several_licences_needs_all() -> None:
    problem = assemble(
        small(
            suppliers=SUPPLIERS,
            composition=COMPOSITION,
            demand=need(1),
            licences=[
                Licence(licence="M", country="CN", elements=("Dy",), order_cost=5,
                        banned_end_uses=("defence",)),
                Licence(licence="L", country="CN", elements=("Dy",), order_cost=7, quota=1200,
                        banned_end_uses=("us_export",)),
            ],
        )
    )  # fmt: skip
    assert problem.classes == {"L; M": ("L", "M")}
    assert problem.needs.bans == {"L; M": frozenset({"defence", "us_export"})}
    assert problem.supply.order_cost == {("K", "P"): 12.0}
    assert problem.supply.quota == {"L": 100.0}


def test_what_offers_says_comes_before_what_is_derived() -> None:
    quotes = [offer("K", licences=()), offer("J", licences=("L",))]
    problem = assemble(
        small(suppliers=SUPPLIERS, offers=quotes, composition=COMPOSITION, licences=[licence()])
    )
    assert problem.supply.stock_class == {("K", "P"): "free", ("J", "P"): "L"}


def test_open_orders_come_in_the_class_of_their_supplier_and_item() -> None:
    def order(supplier: str, item: str = "P") -> OpenOrder:
        return OpenOrder(supplier=supplier, item=item, site="A", period=1, quantity=3)

    problem = assemble(
        small(
            suppliers=SUPPLIERS,
            # an inactive row still says which licences it needs; K has none for Q: derived
            offers=[offer("J"), offer("K", licences=(), active=False)],
            composition=[*COMPOSITION, Content(item="Q", element="Dy", mass_share=0.01)],
            licences=[licence()],
            open_orders=[order("K"), order("K"), order("K", "Q"), order("J", "Q")],
        )
    )
    assert problem.holdings.open_orders == {
        ("P", "A", "free", 1, "certain"): 6.0,
        ("Q", "A", "L", 1, "certain"): 3.0,
        ("Q", "A", "free", 1, "certain"): 3.0,
    }
    assert problem.classes == {"free": (), "L": ("L",)}


def test_opening_stock_comes_in_the_class_it_names() -> None:
    problem = assemble(
        small(
            licences=[licence("L"), licence("M")],
            stock=[
                StockRow(item="P", site="A", quantity=1),
                StockRow(item="P", site="A", licences=("M", "L"), quantity=2),
                StockRow(item="P", site="A", licences=("L",), quantity=0),
            ],
        )
    )
    assert problem.holdings.opening == {("P", "A", "L; M"): 2.0, ("P", "A", "free"): 1.0}
