# The gateway (serve, the default) and the emulator (emulator) in one image. docs/how-to/deploy.md has its use.
# Needs BuildKit, which is Docker's builder since version 23. Pin the base for a release: BASE_IMAGE=node:24-slim@sha256:…
ARG BASE_IMAGE=node:24-slim

# What these two stages make is the same for each architecture, so they run on that of the builder, without emulation
FROM --platform=$BUILDPLATFORM ${BASE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/build.mjs ./scripts/
COPY src ./src
RUN npm run build

# Apart from the build, so that this layer changes only with the lockfile. npm takes the name in the SBOM from the folder, and
# without --package-lock-only it misses the packages that --omit=dev has left out
FROM --platform=$BUILDPLATFORM ${BASE_IMAGE} AS dependencies
WORKDIR /ivs-graphql
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && \
    npm sbom --package-lock-only --omit=dev --sbom-format=cyclonedx --sbom-type=application > sbom.cdx.json

FROM ${BASE_IMAGE}
# Inside a container loopback reaches nobody; AUTH_MODE must then be set by hand
ENV NODE_ENV=production \
    HOST=0.0.0.0
WORKDIR /app
COPY --from=dependencies /ivs-graphql/node_modules ./node_modules
COPY --from=dependencies /ivs-graphql/sbom.cdx.json ./
COPY --from=build /app/dist ./dist
COPY package.json ./
COPY --chmod=755 scripts/healthcheck.sh ./
# The user node of the base, as a number: with runAsNonRoot Kubernetes refuses a name. All of /app is root's: the process can
# read its own code but not change it
USER 1000:1000
EXPOSE 4000 4566
# For serve. The emulator has another port and path: see docker-compose.yml
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["/app/healthcheck.sh"]
# 5 seconds (SHUTDOWN_DELAY_MS) for a balancer to look elsewhere and up to 10 for requests in flight to finish: give
# `docker stop` more than that, with --time
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "dist/main.js"]
CMD ["serve"]
# Last, since they differ with each commit
ARG BASE_IMAGE
ARG VERSION=
ARG REVISION=
ARG SOURCE=https://github.com/ivs-graphql/ivs-graphql
LABEL org.opencontainers.image.title="ivs-graphql" \
      org.opencontainers.image.description="The GraphQL gateway for Amazon IVS" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.base.name="${BASE_IMAGE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.url="${SOURCE}"
