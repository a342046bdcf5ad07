"""The mail to the author of a report that was returned: the report, the reason and the way back to its row."""

from datetime import datetime
from typing import cast

from django.conf import settings
from django.utils.timezone import override as override_zone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..formats import day, localised
from ..mails.messages import MailWords, render_words
from ..models import OutgoingMail, Review, User
from ..presenters.entries import format_entry
from ..presenters.people import signed
from ..reporting.addresses import build_entry_address
from ..reporting.periods import name, period_of_entry


def write_mail(mail: OutgoingMail, _at: datetime) -> MailWords:
    """Write the mail in its reader's language."""
    # The database requires an address or a person; this kind has persons.
    person = cast("User", mail.person)
    review = _review(mail)
    entry = review.entry
    named, plan = entry.target or entry.commitment, entry.commitment.plan
    with override(person.language), override_zone(plan.time_zone):
        title = localised(named.title, named.title_en)
        period = name(period_of_entry(entry))
        context = {
            "language": person.language,
            "title": title,
            "reason": review.reason,
            "facts": _list_facts(review, period),
            "address": settings.SITE_URL + build_entry_address(entry, person),
            "is_sample": entry.is_sample,
        }
        subject = _("Returned: %(title)s, %(period)s") % {"title": title, "period": period}
        return render_words("notices/returned", context, address=person.email, subject=subject)


def _list_facts(review: Review, period: str) -> list[tuple[str, str]]:
    entry = review.entry
    return [
        (_("Target"), str(entry.target)) if entry.target else (_("Commitment"), str(entry.commitment)),
        (_("Period"), period),
        (_("Value"), format_entry(entry)),
        (_("Data as of"), day(entry.effective_on)),
        (_("Reason for the return"), review.reason),
        (_("Returned by"), signed(review.reviewed_by, review.reviewed_at)),
    ]


def _review(mail: OutgoingMail) -> Review:
    return Review.objects.select_related(
        "reviewed_by__agency", "entry__milestone", "entry__commitment__plan",
        "entry__commitment__lead_agency", "entry__target",
    ).get(pk=int(mail.key))  # fmt: skip
