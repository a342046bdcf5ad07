"""The ways in: the list of resources, and the pages that explain problems."""

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from . import errors
from .reading import ReadingView

RESOURCES = (
    "plans",
    "priorities",
    "agencies",
    "commitments",
    "targets",
    "progress",
    "narratives",
    "movements",
    "summary",
    "schema",
    "docs",
)


@extend_schema(exclude=True)
class Index(ReadingView):
    """The resources and their addresses."""

    def get(self, request: Request) -> Response:
        return Response({name: reverse(f"api:{name}", request=request) for name in RESOURCES})


@extend_schema(exclude=True)
class ProblemKindPage(ReadingView):
    """The meaning of a kind of problem; a problem's `type` leads here."""

    def get(self, request: Request, name: str) -> Response:
        for status, kind in errors.KINDS.items():
            if kind.name == name:
                return Response(
                    {
                        "type": errors.address(kind, request),
                        "title": str(kind.title),
                        "status": status,
                        "advice": str(kind.advice),
                    }
                )
        raise Http404


@extend_schema(exclude=True)
class UnknownAddress(ReadingView):
    """Any other address: a problem like every other, not a page."""

    def get(self, _request: Request) -> Response:
        raise Http404
