# The gateway (serve, the default) and the emulator (emulator) in one image.
ARG BASE_IMAGE=node:24-slim

FROM ${BASE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/build.mjs ./scripts/
COPY src ./src
RUN npm run build

# Apart from the build, so that this layer changes only with the lockfile
FROM ${BASE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev

FROM ${BASE_IMAGE}
LABEL org.opencontainers.image.title="ivs-graphql" \
      org.opencontainers.image.description="The GraphQL gateway for Amazon IVS" \
      org.opencontainers.image.licenses="MIT"
# Inside a container loopback reaches nobody; AUTH_MODE must then be set by hand
ENV NODE_ENV=production \
    HOST=0.0.0.0
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json ./
# All of /app is root's: the process can read its own code but not change it
USER node
EXPOSE 4000 4566
# For serve. The emulator has another port and path: see docker-compose.yml
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4000}/livez`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# 5 seconds (SHUTDOWN_DELAY_MS) for a balancer to look elsewhere and up to 10 for requests in flight to finish: give
# `docker stop` more than that, with --time
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "dist/main.js"]
CMD ["serve"]
