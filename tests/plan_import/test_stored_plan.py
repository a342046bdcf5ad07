from commitments.plan_import.stored_plan import REFERENCES


def test_codes_of_other_rows_are_known_by_the_foreign_keys() -> None:
    assert REFERENCES["commitment"] == {
        "priority": "priority",
        "lead_agency": "agency",
        "source": "source",
        "plan": "plan",
    }


def test_a_place_lies_within_another_place() -> None:
    assert REFERENCES["jurisdiction"] == {"parent": "jurisdiction"}
