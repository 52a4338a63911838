"""Who could meet whom, and how two people meet."""
