# audiobuild in a container: docker build -t audiobuild . && docker run --rm -v "$PWD:/work" audiobuild build my-articles
# What was spoken is kept in /cache: -v audiobuild-cache:/cache keeps it from one run to the next.
FROM python:3.12-slim
WORKDIR /audiobuild
COPY pyproject.toml README.md LICENSE requirements.lock ./
COPY audiobuild audiobuild
RUN pip install --no-cache-dir --require-hashes -r requirements.lock \
 && pip install --no-cache-dir --no-deps --no-build-isolation .
ENV XDG_CACHE_HOME=/cache
WORKDIR /work
ENTRYPOINT ["audiobuild"]
CMD ["--help"]
