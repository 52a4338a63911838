"""Where a search takes place: a database that one process after the other opens, and one loop."""

import asyncio


class Ground:
    """`place`: a database (`tests.faults.ground`)."""

    def __init__(self, place):
        self.place = place
        self._runner = asyncio.Runner()

    def run(self, coroutine):
        return self._runner.run(coroutine)

    def close(self):
        self._runner.close()
