"""A limit on reads without signing in: each address has a bucket of requests, refilled over a minute."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from commitments.accounts.addresses import network
from commitments.api import errors
from commitments.api.pagination import PageNumber

from .proxies import client_address

FREE = frozenset({"/healthz", "/readyz"})
PAST = frozenset({"as_of", "known_at", "since"})
PAST_COST, USUAL_PAGE = 5, 200
MOST_ADDRESSES = 10_000


@dataclass
class Bucket:
    left: float
    at: float


class Buckets:
    """The buckets of this process, in memory; the addresses away longest are forgotten."""

    def __init__(self, per_minute: int, most_addresses: int = MOST_ADDRESSES) -> None:
        self._most, self._per_second, self._most_addresses = per_minute, per_minute / 60, most_addresses
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, address: str, cost: int, now: float) -> float:
        """Return 0 if the request may pass, else the seconds to wait."""
        with self._lock:
            bucket = self._filled(address, now)
            if bucket.left < 1:
                return (1 - bucket.left) / self._per_second
            # A request that costs more than is left passes once, and the next one waits for it.
            bucket.left -= cost
            return 0

    def give_back(self, address: str, cost: int) -> None:
        with self._lock:
            if bucket := self._buckets.get(address):
                bucket.left = min(self._most, bucket.left + cost)

    def _filled(self, address: str, now: float) -> Bucket:
        bucket = self._buckets.setdefault(address, Bucket(self._most, now))
        self._buckets.move_to_end(address)
        if len(self._buckets) > self._most_addresses:
            self._buckets.popitem(last=False)
        bucket.left = min(self._most, bucket.left + (now - bucket.at) * self._per_second)
        bucket.at = now
        return bucket


class AnonymousReadsMiddleware:
    """A limit that refuses requests beyond the bucket with 429; probes and unchanged answers are free."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.ANONYMOUS_READS_PER_MINUTE:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.buckets = Buckets(settings.ANONYMOUS_READS_PER_MINUTE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in FREE or _is_signed_in(request):
            return self.get_response(request)
        address, counts = network(client_address(request) or ""), cost(request.GET)
        if seconds := self.buckets.take(address, counts, time.monotonic()):
            return _refusal(request, math.ceil(seconds))
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            self.buckets.give_back(address, counts)
        return response


def cost(query: QueryDict) -> int:
    """Return a request's cost: a past day is judged anew, a long page counts as several usual ones."""
    pages = max(1, math.ceil(_rows(query) / USUAL_PAGE))
    return pages * (PAST_COST if PAST & query.keys() else 1)


def _rows(query: QueryDict) -> int:
    """Return the rows that the API gives for the page size asked for; 0 if it refuses or chooses it."""
    size = PageNumber.page_size_query_param
    asked = query.get(size, "")
    return 0 if PageNumber.kinds[size].fault(asked) else min(int(asked), PageNumber.max_page_size)


def _is_signed_in(request: HttpRequest) -> bool:
    """Tell whether the user is signed in."""
    # The session is read only if its cookie is there: reading it makes an answer vary by cookie.
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


def _refusal(request: HttpRequest, seconds: int) -> HttpResponse:
    is_api = request.path_info.startswith("/api/")
    response = errors.too_many(request) if is_api else _page(request)
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest) -> HttpResponse:
    return render(request, "429_reads.html", status=HTTPStatus.TOO_MANY_REQUESTS)
