# nsobench with its pictures and its Python package:
#   docker build -t nsobench . && docker run --rm -v "$PWD:/out" nsobench run quick -o quick
FROM debian:12-slim AS build
RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    autoconf autoconf-archive automake gcc libc6-dev libcjson-dev libgsl-dev libopenblas-dev libtool make \
    pkg-config python3 python3-numpy zlib1g-dev
COPY . /source
WORKDIR /source
RUN autoreconf -fi && mkdir -p build-docker && cd build-docker && \
    ../configure --prefix=/usr/local PYTHON=/usr/bin/python3 && make -j"$(nproc)" && make install DESTDIR=/install

FROM debian:12-slim
RUN apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    gcc gnuplot-nox libc6-dev libcjson1 libgsl27 libopenblas0 libgsl-dev pkg-config python3 python3-numpy \
    python3-pandas zlib1g && rm -rf /var/lib/apt/lists/*
COPY --from=build /install/ /
RUN ldconfig && nsobench doctor
WORKDIR /out
ENTRYPOINT ["nsobench"]
CMD ["--help"]
