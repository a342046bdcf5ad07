from tests.admin.browser import chromium, open_as

__all__ = ["chromium", "open_as"]
