"""A scripted operator of a drill: the requests that a browser would send."""

from __future__ import annotations

import random
import re
import secrets
import time
from typing import TYPE_CHECKING, Any

import httpx

from bot.desk import handover
from bot.staff import accounts, sessions

if TYPE_CHECKING:
    from benchmarks.desk_drill import Drill

ROW = re.compile(r'id="row-(\d+)"')


class Operator:
    """Somebody at the desk, who sends what a browser would, again where no answer comes."""

    def __init__(self, drill: Drill, user: accounts.User) -> None:
        self.drill, self.user = drill, user
        token = sessions.begin(drill.store, user, complete=True)
        found = sessions.find(drill.store, token, 12)
        assert found is not None
        self.client = httpx.Client(
            base_url=drill.public,
            cookies={"alo": token},
            headers={"X-CSRF-Token": found.csrf, "Accept": "application/json"},
            trust_env=False,
            timeout=30,
        )
        self.chance = random.Random(user.name)

    def work(self) -> None:
        """Takes whoever waits, until nobody comes any more."""
        while not self.drill.over.is_set():
            waiting = ROW.findall(self._ask("GET", "/desk/queue?show=waiting").text)
            if not waiting:
                time.sleep(0.2)
                continue
            # The first ones: all operators want the same, as in life.
            self.help(int(self.chance.choice(waiting[:3])))

    def help(self, case: int) -> None:
        """One conversation from beginning to end."""
        if self._post(case, "claim").status_code != 200:
            self.drill.counted["claims lost"] += 1
            return
        for number in range(self.drill.plan.replies):
            text = f"Reply {number + 1} to {case} of {self.user.name}"
            self.drill.written[case].append(text)
            answer = self._post(case, "answer", text=text, key=secrets.token_hex(16))
            assert answer.status_code == 200, answer.text
        if self.chance.random() < 0.5:
            self._post(case, "hand-back")
        else:
            self._post(case, "close", outcome=self.chance.choice(handover.OUTCOMES))

    def _post(self, case: int, act: str, **form: str) -> httpx.Response:
        return self._ask("POST", f"/desk/cases/{case}/{act}", data=form)

    def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """A request until it is answered; the same form twice is one change."""
        while True:
            try:
                answer = self.client.request(method, path, **more)
                if answer.status_code < 500:
                    return answer
            except httpx.TransportError:
                pass
            self.drill.counted["requests repeated"] += 1
            time.sleep(0.2)
