# The node image, in the contract that kind has with its own: entry point, /kind/version, four CNI plugins at birth,
# kubelet and kubeadm, and the control plane's images unpacked in containerd's store.
needs=(rootfs kubernetes crictl cni-plugins control-plane)
requires=(root jq tar unshare engine)
inputs=(lib/tar.sh lib/image.sh lib/debian.sh node/configure.sh node/import-images node/tree)
seconds=45 megabytes=950
bundle=(node node-image "$KUBERNETES_VERSION" image.tar images/node.tar "k8s-local/node:$KUBERNETES_VERSION")

build() {
  cp -a "$(need rootfs)/tree" tree
  configure_node tree
  cp "$(need kubernetes)"/{kubelet,kubeadm,kubectl} "$(need crictl)/crictl" tree/usr/bin/
  cp "$(need cni-plugins)"/programs/{host-local,loopback,portmap,ptp} tree/opt/cni/bin/
  contained "$LAB_DIR/node/import-images" "$scratch/tree" "$(need control-plane)"/*.tar
  tar_tree_owned tree >layer.tar
  IMAGE_LAYERS=plain image_write "$out/image.tar" "${bundle[5]}" \
    '{"Entrypoint": ["/usr/local/bin/entrypoint", "/sbin/init"], "StopSignal": "SIGRTMIN+3", "Env": ["container=docker"]}' \
    layer.tar
}
