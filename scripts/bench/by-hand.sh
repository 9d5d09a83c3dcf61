#!/usr/bin/env bash
# What guides for Multus on kind say to type, one call after another, with the artifacts and objects that k8s-local uses, so
# that only the way of doing it differs. Prints a line `SECONDS<tab>STEP` for each step and for the whole.
#   by-hand.sh FOLDER CLUSTER [archives]     FOLDER is made by scripts/bench/materials.ts; the cluster is deleted at the end
# Images go into the nodes by `kind load docker-image`, which is what Cilium's guide says (cilium, Documentation/installation/kind-preload.rst);
# `archives`: by `kind load image-archive`, from files that somebody has written before.
set -euo pipefail
cd "$1"
cluster="$2"
from="${3:-engine}"
source ./names.sh # KIND HELM NODE_IMAGE CNI_IMAGES OTHER_IMAGES CHART PLUGINS SUBNET NODE_RANGE NODES
export KUBECONFIG="$PWD/kubeconfig"

main() {
  trap 'clean_up' EXIT
  local began
  began="$(now)"
  step 'kind create cluster' "$KIND" create cluster --name "$cluster" --config kind.yaml --image "$NODE_IMAGE"
  step 'load the CNI images' load $CNI_IMAGES
  step 'install Cilium, wait for nodes and CoreDNS' install_cni
  step 'extra network and CNI plugins' add_nics
  step 'load the images of Multus, whereabouts and the pods' load $OTHER_IMAGES
  step 'apply Multus and whereabouts, wait for their roll-outs' install_multus
  step 'network, two pods, ping' attach
  awk -v from="$began" -v to="$(now)" 'BEGIN {printf "%.1f\ttotal\n", to - from}'
}

# Each image is NAME=REFERENCE: its archive is NAME.tar, and the engine knows it by its reference.
load() {
  local image
  if [ "$from" = archives ]; then
    for image in "$@"; do "$KIND" load image-archive "./${image%%=*}.tar" --name "$cluster"; done
  else
    "$KIND" load docker-image "${@#*=}" --name "$cluster"
  fi
}

install_cni() {
  "$HELM" install cilium "$CHART" --namespace kube-system --values values.yaml
  kubectl wait --for=condition=Ready nodes --all --timeout=300s
  kubectl --namespace kube-system rollout status deployment/coredns --timeout=300s
}

add_nics() {
  local node
  docker network create --internal --subnet "$SUBNET" --ip-range "$NODE_RANGE" "$cluster-data"
  for node in $NODES; do
    docker network connect "$cluster-data" "$node"
    docker exec -i "$node" tar --extract --gzip --keep-old-files --directory /opt/cni/bin <"$PLUGINS" || true
  done
}

install_multus() {
  kubectl apply --filename multus.yaml
  kubectl --namespace kube-system rollout status daemonset/kube-multus-ds --timeout=300s
  kubectl --namespace kube-system rollout status daemonset/whereabouts --timeout=300s
}

attach() {
  kubectl apply --filename pods.yaml
  kubectl wait --for=condition=Ready pod/left pod/right --timeout=120s
  kubectl exec left -- ping -I net1 -c 1 -W 5 "$(address_of right)"
  kubectl exec right -- ping -I net1 -c 1 -W 5 "$(address_of left)"
}

address_of() {
  kubectl exec "$1" -- ip -4 -brief address show net1 | awk '{sub("/.*", "", $3); print $3}'
}

step() {
  local title="$1" began
  shift
  began="$(now)"
  "$@" >>by-hand.log 2>&1 || { tail -n 20 by-hand.log >&2; exit 1; }
  awk -v from="$began" -v to="$(now)" -v title="$title" 'BEGIN {printf "%.1f\t%s\n", to - from, title}'
}

now() { date +%s.%N; }

clean_up() {
  "$KIND" delete cluster --name "$cluster" >>by-hand.log 2>&1 || true
  docker network rm "$cluster-data" >>by-hand.log 2>&1 || true
}

main
