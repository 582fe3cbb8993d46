"""gunicorn: a few threads a worker; behind a buffering proxy in production (docs/deployment.md)."""

import os

worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = int(os.environ.get("WEB_GRACE", "10"))  # seconds for requests under way when asked to stop
preload_app = True  # imported once, before the workers part
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 4096
limit_request_fields = 60
control_socket_disable = True
accesslog = None
loglevel = "warning"
