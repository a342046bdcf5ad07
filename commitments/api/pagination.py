from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request


class PageNumber(PageNumberPagination):
    """`?page=` and `?page_size=`; a size that is no number is refused rather than ignored."""

    page_size = 100
    max_page_size = 1000
    page_size_query_param: str = "page_size"

    def get_page_size(self, request: Request) -> int | None:
        asked = request.query_params.get(self.page_size_query_param)
        if asked is not None and not (asked.isdecimal() and int(asked) > 0):
            message = _("Write a whole number from 1 to %(max)s.") % {"max": self.max_page_size}
            raise ValidationError({self.page_size_query_param: [message]})
        return super().get_page_size(request)
