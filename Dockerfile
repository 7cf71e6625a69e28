# The operator's image for those who have an engine: the same files that `pnpm image` puts into its archive without one.
#
#   docker build --tag registry.example/tools/image-registry-operator:1.0 .
#   docker buildx build --platform linux/amd64,linux/arm64 --tag … --push .

# The builder's platform, whatever the image's: what goes into the image is fetched for the image's.
FROM --platform=$BUILDPLATFORM docker.io/library/node:24.21.0-bookworm-slim AS build
ARG TARGETARCH
WORKDIR /source
COPY . .
RUN npx -y pnpm@12.21.0 install --frozen-lockfile
RUN npx -y pnpm@12.21.0 image --platform linux/${TARGETARCH} --folder /image

FROM scratch
COPY --from=build /image/ /
# Those of packages/operator/image/node-settings.ts, which says why.
ENV PATH=/usr/bin \
    NODE_OPTIONS="--max-semi-space-size=1 --v8-pool-size=1 --permission --allow-fs-read=* --allow-fs-write=*" \
    MALLOC_ARENA_MAX=1 \
    MALLOC_MMAP_THRESHOLD_=32768 \
    MALLOC_TRIM_THRESHOLD_=32768
USER 65532:65532
WORKDIR /
ENTRYPOINT ["/usr/bin/cluster-image-registry-operator"]
LABEL org.opencontainers.image.title="image-registry-operator" \
      org.opencontainers.image.licenses="Apache-2.0"
