"""Names of the browser and the machine behind a request, to recognise one's own again."""

BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("QQBrowser", "QQ"),
    ("360", "360"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("UOS", "UOS"),
    ("Kylin", "Kylin"),
    ("Linux", "Linux"),
)


def describe(user_agent: str) -> str:
    """Return a name such as `Edge, Windows`; for an unknown browser, the beginning of its own name."""
    found = [_first(user_agent, names) for names in (BROWSERS, MACHINES)]
    return ", ".join(filter(None, found)) or user_agent[:40]


def _first(user_agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in names if mark in user_agent), "")
