"""Before anything is imported: numpy reads this then."""

import os

# The test processes share the cores already; threads of numpy's would spend their time waiting for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
