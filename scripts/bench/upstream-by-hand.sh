#!/usr/bin/env bash
# What the end-to-end scripts of multus-cni v4.3.0 try, in our own words, on a cluster that is there: one test after another, each waits and then removes
# what it made. Where theirs print a difference and go on, this one ends: that costs no time. Prints a line
# `SECONDS<tab>TEST<tab>FAILS<tab>PRINTS` for each test and for the whole: how many assertions theirs has that can fail, and how many that only print.
#   upstream-by-hand.sh CLUSTER IMAGE [MASTER]     IMAGE has ip and sysctl and is on the nodes; MASTER is a NIC of all workers, eth1 if not named
set -euo pipefail
cluster="$1" image="$2" master="${3:-eth1}"
namespace=bench-upstream
log="$(mktemp)"
fails=0 prints=0

main() {
  trap clean_up EXIT
  read -r -d '' first second < <(workers) || true
  local began
  began="$(now)"
  k create namespace "$namespace" >>"$log" 2>&1
  exec 3>&2
  run 'a pod without networks is Ready' 1 0 plain_pod
  run 'two macvlan pods on two nodes, with static addresses' 3 2 macvlan_pods
  run 'a static pod on a bridge' 2 0 static_pod
  run 'a default route that is asked for, and one that is not' 3 4 default_route
  run 'six replicas are Ready' 1 0 replicas
  run 'a chained plugin sets a sysctl' 1 0 chained_sysctl
  line "$began" 'all' "$fails" "$prints"
}

plain_pod() {
  pod plain "$first" | k apply -f -
  ready pod/plain
  k delete pod/plain
}

macvlan_pods() {
  network flat "$(macvlan '"capabilities": {"ips": true}, "ipam": {"type": "static"}')" | k apply -f -
  { pod left "$first" '[{"name": "flat", "ips": ["10.77.1.11/24"]}]'; pod right "$second" '[{"name": "flat", "ips": ["10.77.1.12/24"]}]'; } | k apply -f -
  ready pod/left pod/right
  has_address left 10.77.1.11
  has_address right 10.77.1.12
  k delete pod/left pod/right net-attach-def/flat
}

static_pod() {
  network joined '{"type": "bridge", "bridge": "bench-joined", "ipam": {"type": "host-local", "ranges": [[{"subnet": "10.77.2.0/24"}]]}}' | k apply -f -
  pod fixed "$first" '[{"name": "joined"}]' | docker exec -i "$first" sh -c 'cat >/etc/kubernetes/manifests/bench-fixed.yaml'
  until k get "pod/fixed-$first" >/dev/null 2>&1; do sleep 0.2; done
  ready "pod/fixed-$first"
  has_address "fixed-$first" 10.77.2.
  docker exec "$first" rm /etc/kubernetes/manifests/bench-fixed.yaml
  k wait --for=delete "pod/fixed-$first" --timeout=120s
  docker exec "$first" ip link delete bench-joined
  k delete net-attach-def/joined
}

default_route() {
  local number
  for number in 1 2; do
    network "way-$number" "$(macvlan "\"ipam\": {\"type\": \"static\", \"addresses\": [{\"address\": \"10.77.3.2$number/24\"}]}")"
  done | k apply -f -
  { pod gone "$first" '[{"name": "way-1", "default-route": ["10.77.3.254"]}]'; pod stays "$second" '[{"name": "way-2"}]'; } | k apply -f -
  ready pod/gone pod/stays
  has_address gone 10.77.3.21
  has_address stays 10.77.3.22
  # Multus v4.3.0 does nothing for the wish: theirs prints that, and ends well.
  k exec gone -- ip route show default | grep -q 'via 10.77.3.254 dev net1' || echo 'the default route that was asked for is not there' >&3
  k exec stays -- ip route show default | grep -q 'dev eth0'
  k delete pod/gone pod/stays net-attach-def/way-1 net-attach-def/way-2
}

replicas() {
  k create deployment many --image "$image" --replicas 6
  k rollout status deployment/many --timeout=300s
  k delete deployment/many
  k wait --for=delete pod --selector app=many --timeout=120s
}

# Theirs chains onto the primary network, through a folder of its configuration that thick Multus reads.
chained_sysctl() {
  network tuned "{\"plugins\": [$(macvlan '"ipam": {}'), {\"type\": \"tuning\", \"sysctl\": {\"net.ipv4.conf.net1.arp_filter\": \"1\"}}]}" | k apply -f -
  pod tuned "$first" '[{"name": "tuned"}]' | k apply -f -
  ready pod/tuned
  [ "$(k exec tuned -- cat /proc/sys/net/ipv4/conf/net1/arp_filter)" = 1 ]
  k delete pod/tuned net-attach-def/tuned
}

macvlan() { echo "{\"type\": \"macvlan\", \"master\": \"$master\", \"mode\": \"bridge\", $1}"; }

network() {
  cat <<YAML
---
apiVersion: k8s.cni.cncf.io/v1
kind: NetworkAttachmentDefinition
metadata: {name: $1, namespace: $namespace}
spec:
  config: '{"cniVersion": "0.3.1", "name": "$1", ${2#\{}'
YAML
}

pod() {
  cat <<YAML
---
apiVersion: v1
kind: Pod
metadata:
  name: $1
  namespace: $namespace
  annotations: {k8s.v1.cni.cncf.io/networks: '${3-}'}
spec:
  nodeName: $2
  terminationGracePeriodSeconds: 1
  containers: [{name: main, image: '$image', imagePullPolicy: IfNotPresent}]
YAML
}

ready() { k wait --for=condition=Ready "$@" --timeout=300s; }

has_address() { k exec "$1" -- ip -o -4 addr show dev net1 | grep -qF "inet $2"; }

workers() { k get nodes --selector '!node-role.kubernetes.io/control-plane' --output jsonpath='{.items[*].metadata.name}'; }

k() { kubectl --context "kind-$cluster" --namespace "$namespace" "$@"; }

run() {
  local title="$1" began
  began="$(now)"
  # Not as a condition: bash would then go on after a command that failed.
  (set -e; "$4") >>"$log" 2>&1
  line "$began" "$title" "$2" "$3"
  fails=$((fails + $2)) prints=$((prints + $3))
}

line() { awk -v from="$1" -v to="$(now)" -v OFS='\t' -v title="$2" -v fails="$3" -v prints="$4" 'BEGIN {print sprintf("%.1f", to - from), title, fails, prints}'; }

now() { date +%s.%N; }

clean_up() {
  local code=$?
  [ "$code" = 0 ] || { echo 'upstream-by-hand.sh:' && tail -n 20 "$log"; } >&2
  docker exec "$first" sh -c 'rm -f /etc/kubernetes/manifests/bench-fixed.yaml; ip link delete bench-joined' >/dev/null 2>&1 || true
  k delete namespace "$namespace" --ignore-not-found >/dev/null 2>&1 || true
  rm -f "$log"
  exit "$code"
}

main
