"""Measurements. They print figures and judge nothing; tests never time.

Threads that wait for each other would count as processor time, so there is one.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
