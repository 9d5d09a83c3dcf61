# Where the lab keeps what it makes. Needs LAB_DIR, the folder of the lab's own files.

LAB_CACHE="${K8S_LOCAL_LAB_CACHE:-${XDG_CACHE_HOME:-${HOME:?HOME is not set}/.cache}/k8s-local/lab}"
LAB_STORE="$LAB_CACHE/store"   # finished products: NAME-KEY/
LAB_TMP="$LAB_CACHE/tmp"       # products under way
LAB_LOG="$LAB_CACHE/log"
LAB_BIN="$LAB_CACHE/bin"       # programs for people: kubectl, kind, helm
LAB_BUNDLE="$LAB_CACHE/bundle"

mkdir -p "$LAB_STORE" "$LAB_TMP" "$LAB_LOG" "$LAB_BIN"
