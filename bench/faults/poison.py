"""Messages in a broker that Celery did not write, or would trip over."""

import json
from base64 import b64encode
from typing import Any

from commitments import tasks

QUEUE = "celery"
BROADCASTS = "/0.celery.pidbox"
NOTHING_TO_DO: list[Any] = [[], {}, {}]


def body(arguments: object) -> str:
    return b64encode(json.dumps(arguments).encode()).decode()


def task(**changed: Any) -> dict[str, Any]:
    """Return a task as Celery writes it, with some parts changed."""
    # Changes of `headers` and `properties` are added to the usual ones.
    whole: dict[str, Any] = {
        "body": body(NOTHING_TO_DO),
        "content-type": "application/json",
        "content-encoding": "utf-8",
        "headers": {"task": tasks.beat.name, "id": "1", "timelimit": [None, None]},
        "properties": {
            "body_encoding": "base64",
            "delivery_tag": "1",
            "delivery_info": {"exchange": "", "routing_key": QUEUE},
        },
    }
    for name, value in changed.items():
        key = name.replace("_", "-")
        whole[key] = whole[key] | value if isinstance(value, dict) else value
    return whole


NO_TASKS: dict[str, object] = {
    "an empty list": [],
    "nothing": None,
    "a number": 7,
    "an empty object": {},
    "properties of another kind": task(properties=[]),
    "no tag": task(properties={"delivery_tag": None}),
    "no address": task(properties={"delivery_info": {}}),
    "another encoding": task(properties={"body_encoding": "rot13"}),
    "broken base64": task(body="%%%"),
    "a body that is no text": task(body=5),
    "a body that is no JSON": task(body=b64encode(b"\xff\xfe").decode()),
    "a body of another protocol": task(headers={"task": None}, body=body({"task": tasks.beat.name})),
    "a body of another shape": task(body=body({})),
    "headers of another kind": task(headers="x"),
    "no number": task(headers={"id": None}),
    "an unknown task": task(headers={"task": "os.system"}),
    "a task that is no name": task(headers={"task": []}),
    "a time that is none": task(headers={"expires": "soon"}),
    "a limit that is none": task(headers={"timelimit": ["x", "y"]}),
    "pickled": task(content_type="application/x-python-serialize"),
    "compressed": task(headers={"compression": "zlib"}),
}
NO_JSON = {
    "garbage": b"garbage",
    "empty": b"",
    "no UTF-8": b"\xff\xfe",
    "deep": b"[" * 100_000,
    "huge": b"x" * 20_000_000,
}


def all_of_them() -> list[bytes]:
    return [*NO_JSON.values(), *(json.dumps(message).encode() for message in NO_TASKS.values())]
