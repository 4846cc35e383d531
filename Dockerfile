# The image for Linux: docs/kubernetes.md. For both processors, on any host, without emulation:
# docker buildx build --platform linux/amd64,linux/arm64 --build-arg VERSION=0.1.0 --build-arg REVISION=$(git rev-parse HEAD) .

FROM --platform=$BUILDPLATFORM node:26.10.0-trixie-slim AS build
WORKDIR /build
COPY package.json package-lock.json tsconfig.json ./
RUN npm ci --ignore-scripts

# The executable. The lock files in packaging/ say what it is made of, for each processor.
COPY packaging packaging
COPY scripts scripts
COPY src src
COPY LICENSE ./
ARG TARGETARCH
RUN target=linux-$(echo $TARGETARCH | sed s/amd64/x64/) && node scripts/build-exe.ts --target=$target && mv build/exe/$target image

# Of the same Debian as the image below, for the processor of the image: what Node.js needs and that image lacks. Nothing is run in it.
FROM node:26.10.0-trixie-slim AS libraries

# The C and C++ libraries, no shell, no package manager.
FROM gcr.io/distroless/cc-debian13:nonroot
ARG VERSION
ARG REVISION
LABEL org.opencontainers.image.title="netstat-exporter" \
      org.opencontainers.image.description="Prometheus and OTLP exporter that tells who holds the TCP and UDP ports of a host" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"

COPY --from=libraries /usr/lib/*-linux-gnu/libatomic.so.1* /usr/lib/

# The program, koffi's binary, which is loaded from beside it, and the licences.
COPY --from=build /build/image /

EXPOSE 19182

# By number, so that Kubernetes knows it for no root. It sees all but who owns the sockets of other users.
USER 65532:65532
ENTRYPOINT ["/netstat-exporter"]
