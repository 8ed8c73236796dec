# syntax=docker/dockerfile:1
# The same lines build for amd64 and arm64: docker buildx build --platform linux/amd64,linux/arm64 .
FROM node:26-bookworm-slim AS install
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The Node of the image is used: the one that comes with the install goes.
RUN npm ci --omit=dev --ignore-scripts && rm -rf node_modules/node-linux-* node_modules/node-bin-* node_modules/.bin/node

FROM node:26-bookworm-slim
ENV NODE_ENV=production \
    DATABASE_URL=sqlite:/data/slidewatch.db \
    BOARD_HOST=0.0.0.0
WORKDIR /app
COPY --from=install /app/node_modules node_modules
COPY package.json LICENSE ./
COPY src src
COPY commands commands
COPY config config
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4170
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4170/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
# A smaller young generation: 30 MB less at rest.
ENV NODE_OPTIONS=--max-semi-space-size=8
# Compiled code outlives the container, whose /tmp does not: every start but the first is sooner.
ENV NODE_COMPILE_CACHE=/data/compile-cache
CMD ["node", "src/slidewatch.cjs", "start"]
