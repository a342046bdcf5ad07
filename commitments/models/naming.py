from django.utils.translation import get_language


def localised(chinese: str, english: str) -> str:
    """The reader's language, or Chinese where the English is missing."""
    return english if english and (get_language() or "").startswith("en") else chinese
