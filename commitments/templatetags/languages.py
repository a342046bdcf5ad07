"""The language of texts that pages borrow from the other one."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..formats import Borrowed

register = template.Library()


@register.filter
def in_its_language(words: object) -> str | SafeString:
    """Return a text for a page; a borrowed one says its language to screen readers, its mark to all."""
    # `str` of a text would lose that it is borrowed; that of a row keeps it.
    text = words if isinstance(words, str) else str(words)
    if not isinstance(text, Borrowed):
        return text
    return format_html('<span lang="{}">{}</span>{}', text.language, text.bare, text.mark)
