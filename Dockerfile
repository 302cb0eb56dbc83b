# The server alone, without embedded Postgres: in production it is given a DATABASE_URL.
FROM node:24-slim AS page
WORKDIR /page
COPY package.json package-lock.json .npmrc ./
# The page is bundled here, so that the server needs no bundler: that is what is optional about it.
RUN npm ci --ignore-scripts
COPY . .
RUN node scripts/build.ts

FROM node:24-slim

ENV NODE_ENV=production
WORKDIR /app

COPY package.json package-lock.json .npmrc ./
# The install scripts would fetch what this image does not need: another Node, and Postgres.
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force
COPY . .
COPY --from=page /page/dist dist
RUN mkdir data && chown node:node data

USER node
EXPOSE 3000
VOLUME /app/data
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
# What `npm start` does, without npm between the server and the signal that asks it to stop.
CMD ["node", "bin/claimroom.mjs", "start"]
