"""The OpenAPI description and the page that shows it."""

from http import HTTPStatus
from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.conf import settings
from django.utils.decorators import method_decorator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from drf_spectacular.views import SpectacularSwaggerView

from . import language
from .errors import KINDS, MEDIA_TYPE, ProblemSerializer

LANG = OpenApiParameter(
    language.PARAMETER,
    enum=[code for code, _name in settings.LANGUAGES],
    description="The language of labels and errors; without it Accept-Language decides.",
)
# Writing is no operation that is described, so that 405 is none of theirs.
PROBLEMS = [status for status in KINDS if status != HTTPStatus.METHOD_NOT_ALLOWED]
RETRY_AFTER = OpenApiParameter(
    "Retry-After",
    int,
    OpenApiParameter.HEADER,
    required=True,
    description="The seconds to wait before asking again.",
    response=[429, 503],
)


class PublicSchema(AutoSchema):
    """The description of every resource, with the reader's language and problems added."""

    def get_override_parameters(self) -> list[Any]:
        return [LANG, RETRY_AFTER]

    def get_response_serializers(self) -> Any:
        problems = {(status, MEDIA_TYPE): _described(status) for status in PROBLEMS}
        return {200: super().get_response_serializers(), **problems, (414, "text/html"): OpenApiTypes.STR}


def _described(status: int) -> OpenApiResponse:
    kind = KINDS[status]
    return OpenApiResponse(ProblemSerializer, f"{kind.title}. {kind.advice}")


# Swagger UI sets inline styles, so this page alone allows them.
@method_decorator(csp_update({"style-src": [SELF, UNSAFE_INLINE]}), name="dispatch")
class DocsView(SpectacularSwaggerView):
    """Swagger UI from our own static files, with its barriers mended."""

    authentication_classes = ()
    metadata_class = None
    url_name = "api:schema"
    template_name = "api/docs.html"
