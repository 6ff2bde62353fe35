"""GET /metrics: how the program does, for Prometheus. Counts and times only: no id, no text.

What is counted in tables goes down again when conversations are erased; so it is a gauge.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeHistogramMetricFamily,
    GaugeMetricFamily,
    Metric,
)
from sqlalchemy.engine import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.hooks import Hooks
from bot.settings import LOOPBACK, Settings
from bot.store import Store
from bot.tables import calls, inbox, outbox

HOUR = 3600.0
BUCKETS = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0)  # seconds
BEARER = "Bearer "
PASSED_ON = ("forwarded", "x-forwarded-for", "x-real-ip")  # a proxy asks for somebody


class Metrics:
    """The page. Without a token only this machine itself may read it."""

    def __init__(self, config: Settings, store: Store, hooks: Hooks) -> None:
        self._token = config.metrics_token.reveal()
        self._registry = CollectorRegistry()
        self._registry.register(_Webhooks(hooks))
        self._registry.register(hooks.seconds)
        self._registry.register(_Tables(store))

    def route(self) -> Route:
        """GET /metrics."""
        return Route("/metrics", self._page)

    async def _page(self, request: Request) -> Response:
        if not self._may_look(request):
            text = "only for this machine, or with ALO_METRICS_TOKEN as a bearer token\n"
            return PlainTextResponse(text, status_code=403)
        body = await run_in_threadpool(generate_latest, self._registry)
        return Response(body, media_type=CONTENT_TYPE_LATEST)

    def _may_look(self, request: Request) -> bool:
        if self._token:
            given = request.headers.get("authorization", "").encode("utf-8", "replace")
            return hmac.compare_digest((BEARER + self._token).encode(), given)
        asks = request.client.host if request.client else ""
        passed_on = any(name in request.headers for name in PASSED_ON)
        return asks in LOOPBACK and request.url.hostname in LOOPBACK and not passed_on


class _Webhooks:
    """What the edge itself has counted since it was started."""

    def __init__(self, hooks: Hooks) -> None:
        self._hooks = hooks

    def collect(self) -> Iterator[Metric]:
        """For prometheus_client."""
        refused = CounterMetricFamily(
            "alo_webhooks_refused", "Requests not signed by the provider.", labels=["channel"]
        )
        broken = CounterMetricFamily(
            "alo_webhooks_broken", "Signed requests that could not be read.", labels=["channel"]
        )
        for name in self._hooks.channels:
            refused.add_metric([name], self._hooks.refused[name])
            broken.add_metric([name], self._hooks.broken[name])
        yield from (refused, broken)


class _Tables:
    """What stands in the tables now."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def collect(self) -> Iterator[Metric]:
        """For prometheus_client. While the database is gone only that is told."""
        found: list[Metric] = []
        try:
            with self._store.read() as connection:
                found = [*_boxes(connection), _failures(connection), _answered(connection)]
        except sa.exc.SQLAlchemyError:
            found = []
        yield GaugeMetricFamily("alo_ready", "Whether the database answers.", value=bool(found))
        yield from found


def _boxes(connection: Connection) -> Iterator[Metric]:
    """How many messages each box holds, and since when the oldest of them waits."""
    for box, arrived in ((inbox, inbox.c.received_at), (outbox, outbox.c.created_at)):
        held = GaugeMetricFamily(
            f"alo_{box.name}_messages",
            f"Messages in the {box.name} that are not erased yet.",
            labels=["channel", "state"],
        )
        oldest = GaugeMetricFamily(
            f"alo_{box.name}_oldest_seconds",
            f"For how long the oldest message of the {box.name} has been waiting.",
            labels=["channel"],
        )
        columns = (box.c.channel, box.c.state, sa.func.count(), sa.func.min(arrived))
        for row in connection.execute(sa.select(*columns).group_by(box.c.channel, box.c.state)):
            held.add_metric([row[0], row[1]], row[2])
            if row[1] == "waiting":
                oldest.add_metric([row[0]], max(0.0, time.time() - row[3]))
        yield from (held, oldest)


def _failures(connection: Connection) -> Metric:
    """Calls of the provider that were refused, by its code."""
    found = GaugeMetricFamily(
        "alo_calls_refused", "Messages that a provider did not take.", labels=["channel", "code"]
    )
    query = (
        sa.select(outbox.c.channel, calls.c.code, sa.func.count())
        .join(outbox, outbox.c.id == calls.c.outbox_id)
        .where(calls.c.code != "")
        .group_by(outbox.c.channel, calls.c.code)
    )
    for channel, code, count in connection.execute(query):
        found.add_metric([channel, code], count)
    return found


def _answered(connection: Connection) -> Metric:
    """From received to sent, over the last hour."""
    took: Any = outbox.c.sent_at - inbox.c.received_at
    within = [sa.func.sum(sa.case((took <= limit, 1), else_=0)) for limit in BUCKETS]
    query = (
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(took), 0.0), *within)
        .join(inbox, inbox.c.id == outbox.c.inbox_id)
        .where(outbox.c.state == "sent", outbox.c.sent_at > time.time() - HOUR)
    )
    count, total, *counts = connection.execute(query).one()
    buckets = [(str(limit), x or 0) for limit, x in zip(BUCKETS, counts, strict=True)]
    return GaugeHistogramMetricFamily(
        "alo_answer_seconds",
        "From a message received to its reply sent, of the last hour.",
        buckets=[*buckets, ("+Inf", count)],
        gsum_value=total,
    )
