# The server alone, without embedded Postgres: in production it is given a DATABASE_URL. Node runs the TypeScript as it is.
FROM node:24-slim AS page
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The page is bundled here, so that the server needs no bundler.
RUN npm ci --ignore-scripts
COPY scripts scripts
COPY src src
COPY rooms rooms
COPY client client
COPY web web
RUN node scripts/build.ts

FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The install scripts would fetch what this image does not need: another Node, and Postgres.
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json ./
COPY --from=packages /app/node_modules node_modules
COPY --from=page /app/dist dist
COPY bin bin
COPY migrations migrations
COPY client client
COPY rooms rooms
COPY handlers handlers
# The documents' pages are sent as they lie there.
COPY web web
COPY src src
# All of it belongs to root and is only read; what the server makes itself goes here.
RUN mkdir data && chown node:node data
USER node
EXPOSE 3000 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
# What `npm start` does, without npm between the server and the signal that asks it to stop.
CMD ["node", "bin/claimroom.mjs", "start"]
