# One image for the bot: packages pinned by hash, no root, nothing written but /data and /tmp.
# For a build that can be repeated, name the base by its digest:
#   docker build --build-arg PYTHON=python:3.12-slim@sha256:... .
ARG PYTHON=python:3.12-slim

FROM ${PYTHON} AS packages
COPY requirements/run.lock /tmp/run.lock
# pip compiles to byte-code as it installs: a cold start would else take four times as long.
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes --only-binary :all: -r /tmp/run.lock

FROM ${PYTHON}
LABEL org.opencontainers.image.title="Amorce" org.opencontainers.image.licenses="MIT"
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin amorce \
    && install -d -o amorce -g amorce -m 0700 /data
COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    AMORCE_DATA_DIR=/data \
    AMORCE_HOST=0.0.0.0
WORKDIR /app
COPY LICENSE ./
COPY knowledge/ knowledge/
COPY bot/ bot/
RUN python -m compileall -q bot
# From here on the root may be read-only.
ENV PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
VOLUME /data
STOPSIGNAL SIGTERM
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", \
    "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/health', timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
