# The panel with everything it brings. See docs/deploy.md; compose.yaml starts it.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
# The lock file is part of what a build is told apart by: pruning must not touch it.
RUN npm run build && cp package-lock.json /tmp/ && npm prune --omit=dev --no-save --no-audit --no-fund && cp /tmp/package-lock.json .

# glibc is needed: the embedded PostgreSQL has no build for musl.
FROM node:20-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 HYBLE_DATA_DIR=/data
WORKDIR /app
# PostgreSQL does not run as root, so nothing does.
COPY --from=build --chown=node:node /app /app
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
# Start it with an init (docker run --init, init: true): ended children are reaped then.
CMD ["node", "scripts/start.mjs"]
