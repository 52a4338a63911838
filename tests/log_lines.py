"""What the bot logs during a test."""

import logging

import structlog


class LogLines(logging.Handler):
    """Every line from INFO on, whoever writes it and however."""

    def __init__(self):
        super().__init__(logging.INFO)
        self.lines, self.errors = [], []
        self._root = logging.getLogger()
        self._level = self._root.level
        self._structlog = structlog.get_config()
        self._root.addHandler(self)
        self._root.setLevel(min(self._level, logging.INFO) if self._level else logging.INFO)
        structlog.configure(
            processors=[structlog.stdlib.add_log_level, structlog.processors.KeyValueRenderer()],
            logger_factory=structlog.stdlib.LoggerFactory(),
            wrapper_class=structlog.stdlib.BoundLogger,
            cache_logger_on_first_use=False,
        )
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))

    def emit(self, record):
        line = self.format(record)
        self.lines.append(line)
        if record.levelno >= logging.ERROR:
            self.errors.append(line)

    def close(self):
        self._root.removeHandler(self)
        self._root.setLevel(self._level)
        structlog.configure(**self._structlog)
        super().close()
