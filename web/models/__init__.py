"""The nouns both apps stand on: people, funders, deeds, mail and codes."""

from web.models.code import Code
from web.models.deed import Deed, DeedDetail, record
from web.models.funder import Funder, Seat
from web.models.mail import Mail
from web.models.person import Person
from web.models.reading import Reading
from web.models.user import User
from web.models.visit import Visit

__all__ = ["Code", "Deed", "DeedDetail", "Funder", "Mail", "Person", "Reading", "Seat", "User", "Visit", "record"]
