# The product as it runs on many machines: one image, started as web server or as scheduler (docs/deployment.md).
FROM python:3.11-slim AS build
WORKDIR /srv/baybridge
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /srv/venv
COPY requirements.txt ./
RUN /srv/venv/bin/pip install --require-hashes -r requirements.txt
COPY scripts/compile_messages.py scripts/
COPY translations translations
RUN /srv/venv/bin/python scripts/compile_messages.py

FROM python:3.11-slim
RUN apt-get update && apt-get install -y --no-install-recommends fonts-noto-cjk openssl && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/baybridge
ENV PATH=/srv/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 BAYBRIDGE_ENV=production FLASK_APP=app.py FACTSHEET_CACHE=/tmp/factsheets
RUN groupadd --system --gid 10001 baybridge \
 && useradd --system --uid 10001 --gid baybridge --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin baybridge \
 && install -d -o baybridge -g baybridge -m 0700 /srv/files
COPY --from=build /srv/venv /srv/venv
COPY app.py config.py gunicorn.conf.py requirements.txt ./
COPY listing listing
COPY migrations migrations
COPY scripts scripts
COPY static static
COPY templates templates
COPY --from=build /srv/baybridge/translations translations
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "--config", "gunicorn.conf.py", "--bind", "0.0.0.0:8000", "app:app"]
