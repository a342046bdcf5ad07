"""The address of the OpenAPI description."""

from drf_spectacular.views import SpectacularAPIView

from .reading import ReadingView


class DescriptionView(ReadingView, SpectacularAPIView):
    """The description, which names values in the reader's language like every other answer."""

    metadata_class = None
