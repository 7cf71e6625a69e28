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
ENV PATH=/usr/bin
USER 65532:65532
WORKDIR /
ENTRYPOINT ["/usr/bin/cluster-image-registry-operator"]
LABEL org.opencontainers.image.title="image-registry-operator" \
      org.opencontainers.image.licenses="Apache-2.0"
