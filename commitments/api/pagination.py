from typing import Any

from rest_framework.pagination import PageNumberPagination

from . import kinds


class PageNumber(PageNumberPagination):
    """Pages by `?page=` and `?page_size=`; any other value is refused rather than ignored."""

    page_size = 100
    max_page_size = 1000
    page_size_query_param: str = "page_size"
    last_page_strings = ()
    kinds = {"page": kinds.whole(1), "page_size": kinds.whole(1)}

    def get_schema_operation_parameters(self, view: Any) -> list[Any]:
        described = super().get_schema_operation_parameters(view)
        return [parameter | self.kinds[parameter["name"]].described() for parameter in described]
