# configure_node TREE : turns a plain Debian tree into one that boots as a node.

configure_node() {
  local tree="$1" system=/etc/systemd/system
  rm -f "$tree"/etc/containerd/config.toml
  # Only what is enabled below may start: the rest is for machines that own their devices and clock.
  rm -rf "$tree$system"/*.wants "$tree"/lib/systemd/system/{multi-user,local-fs,basic}.target.wants \
    "$tree"/lib/systemd/system/sockets.target.wants/*{udev,initctl}* \
    "$tree"/lib/systemd/system/sysinit.target.wants/systemd-{tmpfiles-setup,firstboot}.service
  mkdir -p "$tree"/{kind/manifests,etc/kubernetes/manifests,etc/cni/net.d,opt/cni/bin,etc/containerd/certs.d}
  cp -a --no-preserve=ownership "$LAB_DIR/node/tree/." "$tree/"
  sed -i "s/@PAUSE_TAG@/$PAUSE_TAG/" "$tree/etc/containerd/config.toml"
  echo "$KUBERNETES_VERSION" >"$tree/kind/version"
  ln -sf /lib/systemd/systemd "$tree/sbin/init"
  chroot "$tree" systemctl set-default multi-user.target
  chroot "$tree" systemctl enable containerd.service kubelet.service dbus.service
  chroot "$tree" systemctl mask getty.target console-getty.service systemd-{binfmt,logind,networkd,resolved,remount-fs,timesyncd}.service
}
