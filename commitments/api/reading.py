"""Common parts of all views: everybody may read, in their own language, and unchanged answers are not sent again."""

from typing import Any, TypeVar, cast

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from django.utils.functional import Promise
from rest_framework import generics
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.request import Request
from rest_framework.views import APIView

from .. import permissions
from . import language
from .schema import PublicSchema

Row = TypeVar("Row", bound=Model)


class ReadingView(APIView):
    authentication_classes = ()
    schema = PublicSchema()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        spoken = language.choose(request)
        with translation.override(spoken):
            response: HttpResponse = super().dispatch(request, *args, **kwargs).render()  # type: ignore[attr-defined]
        set_response_etag(response)
        patch_vary_headers(response, ["Accept-Language"])
        answer = cast(
            "HttpResponse",
            get_conditional_response(request, etag=response.headers["ETag"], response=response),
        )
        answer.headers["Content-Language"] = spoken
        return answer

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse an unknown method before its parameters are checked."""
        super().initial(request, *args, **kwargs)
        if not hasattr(self, str(request.method).lower()):
            raise MethodNotAllowed(str(request.method))
        language.check(request)


class ListView(ReadingView, generics.ListAPIView[Row]):
    """The public rows of a resource, page by page."""

    def get_queryset(self) -> QuerySet[Row]:
        return permissions.public(super().get_queryset())


class DetailView(ReadingView, generics.RetrieveAPIView[Row]):
    """One public row, found by its address.

    `absent` is the message for an unknown address, with its parts filled in.
    """

    pagination_class = None
    absent: str | Promise

    def get_queryset(self) -> QuerySet[Row]:
        return permissions.public(super().get_queryset())

    def get_object(self) -> Row:
        try:
            return super().get_object()
        except Http404:
            raise Http404(self.absent % self.kwargs) from None
