import pytest
from django.core.exceptions import PermissionDenied

from commitments import permissions
from commitments.domain.enums import ConfidenceHolder, Role
from commitments.models import Commitment, CommitmentSupport, Evidence, User
from tests.factories import make_agency, make_commitment, make_entry, make_plan, make_target, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.CLERK, True),
        (Role.REVIEWER, False),
        (Role.SUPERVISION, True),
        (Role.LEADER, False),
        (Role.ADMIN, True),
    ],
)
def test_who_may_record(role: Role, expected: bool) -> None:
    commitment = make_commitment()
    user = make_user(role, agency=commitment.lead_agency)
    assert permissions.can_record(user, commitment) is expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.CLERK, False),
        (Role.REVIEWER, True),
        (Role.SUPERVISION, True),
        (Role.LEADER, False),
        (Role.ADMIN, True),
    ],
)
def test_who_may_review(role: Role, expected: bool) -> None:
    target = make_target()
    entry = make_entry(target, 5)
    assert permissions.can_review(make_user(role, agency=target.commitment.lead_agency), entry) is expected


@pytest.mark.parametrize("role", Role)
def test_only_an_administrator_reads_the_audits(role: Role) -> None:
    assert make_user(role).has_perm("commitments.view_auditrun") is (role == Role.ADMIN)


def test_a_supporting_agency_may_record() -> None:
    commitment, agency = make_commitment(), make_agency()
    CommitmentSupport.objects.create(commitment=commitment, agency=agency)
    assert permissions.can_record(make_user(Role.CLERK, agency=agency), commitment)


def test_a_leader_of_no_agency_acts_for_none() -> None:
    assert not permissions.can_act_for(make_user(Role.LEADER), make_commitment())


def test_a_superuser_may_do_everything() -> None:
    user = User.objects.create_superuser("root", role=Role.LEADER)
    assert permissions.can_record(user, make_commitment())
    assert user.has_perm("commitments.delete_plan")


def test_somebody_inactive_may_do_nothing() -> None:
    user = make_user(Role.ADMIN, is_active=False)
    assert user.get_all_permissions() == set()


def test_permissions_are_not_given_object_by_object() -> None:
    assert not make_user(Role.ADMIN).has_perm("commitments.view_plan", make_plan())


@pytest.mark.parametrize("role", list(Role))
def test_nobody_may_change_or_delete_the_ledger(role: Role) -> None:
    held = make_user(role).get_all_permissions()
    assert not held & {f"commitments.{verb}_progressentry" for verb in ("change", "delete")}


def test_a_refused_reviewer_is_told_so() -> None:
    entry = make_entry(make_target(), 5)
    with pytest.raises(PermissionDenied, match=entry.code):
        permissions.check_review(make_user(Role.REVIEWER), entry)


def test_a_clerk_withdraws_what_counts_where_no_review_is_required() -> None:
    target = make_target(make_commitment(make_plan(review_required=False)))
    clerk = make_user(Role.CLERK, agency=target.commitment.lead_agency)
    assert permissions.can_withdraw(clerk, make_entry(target, 5, by=clerk))


def test_a_clerk_takes_back_only_what_the_own_agency_recorded() -> None:
    target, agency = make_target(), make_agency()
    CommitmentSupport.objects.create(commitment=target.commitment, agency=agency)
    entry = make_entry(target, 5, by=make_user(Role.CLERK, agency=target.commitment.lead_agency))
    assert not permissions.can_withdraw(make_user(Role.CLERK, agency=agency), entry)


@pytest.mark.usefixtures("in_english")
def test_another_agency_is_told_who_may_withdraw() -> None:
    target = make_target()
    clerk = make_user(Role.CLERK, agency=target.commitment.lead_agency)
    with pytest.raises(PermissionDenied, match="only the agency that reported it may"):
        permissions.check_withdraw(clerk, make_entry(target, 5))


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.CLERK, False),
        (Role.REVIEWER, False),
        (Role.SUPERVISION, True),
        (Role.LEADER, False),
        (Role.ADMIN, True),
    ],
)
def test_who_may_drop(role: Role, expected: bool) -> None:
    commitment = make_commitment()
    assert permissions.can_drop(make_user(role, agency=commitment.lead_agency), commitment) is expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.CLERK, [ConfidenceHolder.OWNER]),
        (Role.REVIEWER, []),
        (Role.SUPERVISION, list(ConfidenceHolder)),
        (Role.LEADER, []),
        (Role.ADMIN, list(ConfidenceHolder)),
    ],
)
def test_whose_confidence_one_may_state(role: Role, expected: list[ConfidenceHolder]) -> None:
    commitment = make_commitment()
    user = make_user(role, agency=commitment.lead_agency)
    assert [
        holder for holder in ConfidenceHolder if permissions.can_state(user, commitment, holder)
    ] == expected


@pytest.mark.parametrize(
    ("role", "public", "expected"),
    [
        (Role.CLERK, False, False),
        (Role.CLERK, True, True),
        (Role.LEADER, False, True),
        (Role.SUPERVISION, False, True),
    ],
)
def test_private_evidence_is_not_for_other_agencies(role: Role, public: bool, expected: bool) -> None:
    entry = make_entry(make_target(), 5)
    evidence = Evidence(entry=entry, title="验收单", public=public)
    assert permissions.can_read_evidence(make_user(role), evidence) is expected


def test_who_has_no_account_of_ours_reads_no_evidence() -> None:
    evidence = Evidence(entry=make_entry(make_target(), 5), public=True)
    assert not permissions.can_read_evidence(make_user(Role.LEADER, is_active=False), evidence)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.CLERK])
def test_without_the_right_or_a_part_there_is_nothing_to_record(role: Role) -> None:
    make_commitment()
    who = make_user(role)
    assert not permissions.recordable(who, Commitment.objects.all()).exists()
