"""What tests of asking and giving share beside the cast."""

import pytest

from grants.models import Application, Support, SupportPage
from grants.support import actions
from tests.grants.neighbours import WORRY, speak
from web.models import Person


@pytest.fixture
def support_page(application: Application, resident: Person) -> SupportPage:
    """The page for the neighbours of Samira's plan, open."""
    return actions.open_support(application.plan, by=resident)


@pytest.fixture
def worry(support_page: SupportPage) -> Support:
    """Joke's worry, with her address."""
    return speak(support_page, **WORRY)
