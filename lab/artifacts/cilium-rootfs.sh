# The agent's Debian: the nodes' with bpftool and the compiler of the upstream runtime image, clang 19. Only the
# compiler and its two libraries are taken; the agent compiles with -nostdinc, so the packages of headers are of no use.
needs=(rootfs)
requires=(root unshare)
inputs=(lib/debian.sh)
seconds=45 megabytes=700

build() {
  cp -a "$(need rootfs)/tree" tree
  contained chroot tree sh -ec '
    apt-get update -q
    apt-get install -y -q --no-install-recommends bpftool libclang-cpp19 libllvm19
    cd /tmp
    apt-get download -q clang-19
    dpkg-deb --fsys-tarfile clang-19_*.deb | tar -x -C / --wildcards "./usr/lib/llvm-19/bin/clang*"
    rm clang-19_*.deb
    /usr/lib/llvm-19/bin/clang --version'
  debian_slim tree
  mv tree "$out/"
}
