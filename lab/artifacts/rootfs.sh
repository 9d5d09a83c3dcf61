# The Debian that nodes run, and that small images take single programs from.
requires=(root debootstrap unshare)
inputs=(lib/debian.sh)
seconds=90 megabytes=300

build() {
  local packages=(
    systemd systemd-sysv dbus containerd runc                           # boots, runs containers
    iproute2 iptables nftables ebtables ipset conntrack ethtool socat   # what kubelet and kube-proxy call
    kmod mount util-linux procps bash jq rsync curl ca-certificates netbase
    iputils-ping tcpdump iperf3 busybox-static                          # looking at networks
  )
  debian_bootstrap "$scratch/tree" "${packages[@]}"
  debian_slim "$scratch/tree"
  mv "$scratch/tree" "$out/tree"
}
