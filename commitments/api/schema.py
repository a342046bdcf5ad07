"""The OpenAPI description and the page that shows it."""

from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.conf import settings
from django.utils.decorators import method_decorator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from drf_spectacular.views import SpectacularSwaggerSplitView

from . import language
from .errors import MEDIA_TYPE, ProblemSerializer

LANG = OpenApiParameter(
    language.PARAMETER,
    enum=[code for code, _name in settings.LANGUAGES],
    description="The language of labels and errors; without it Accept-Language decides.",
)


class PublicSchema(AutoSchema):
    """The description of every resource, with the reader's language and problems added."""

    def get_override_parameters(self) -> list[Any]:
        return [LANG]

    def get_response_serializers(self) -> Any:
        return {
            200: super().get_response_serializers(),
            (400, MEDIA_TYPE): ProblemSerializer,
            (404, MEDIA_TYPE): ProblemSerializer,
            (409, MEDIA_TYPE): ProblemSerializer,
            (414, MEDIA_TYPE): ProblemSerializer,
            (414, "text/html"): OpenApiTypes.STR,
        }


# Swagger UI sets inline styles, so this page alone allows them.
@method_decorator(csp_update({"style-src": [SELF, UNSAFE_INLINE]}), name="dispatch")
class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI from our own static files."""

    authentication_classes = ()
    metadata_class = None
    url_name = "api:schema"
    url_self = None
