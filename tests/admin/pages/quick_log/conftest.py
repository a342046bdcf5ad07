import pytest
from django.test import Client

from commitments.domain.enums import Accumulation, Goal, Role, TargetKind, TrajectoryKind
from commitments.models import Agency, User
from tests.admin.conftest import SignIn
from tests.factories import make_agency, make_user

RATIO = {
    "kind": TargetKind.LEVEL,
    "accumulation": Accumulation.RATIO,
    "goal": Goal.MAINTAIN,
    "trajectory": TrajectoryKind.HOLD,
}


@pytest.fixture
def agency() -> Agency:
    return make_agency(code="housing")


@pytest.fixture
def clerk(agency: Agency) -> User:
    return make_user(Role.CLERK, agency=agency, language="en")


@pytest.fixture
def browser(sign_in: SignIn, clerk: User) -> Client:
    return sign_in(clerk)
