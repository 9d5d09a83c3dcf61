# Go programs out of the module proxy. A wrapper module is built, because "go install package@version" refuses modules
# whose go.mod has replace directives, and because one build of several programs shares what they have in common.
export CGO_ENABLED=0 GOFLAGS='-mod=mod -buildvcs=false'

# go_module_file MODULE VERSION : path of the module's go.mod in Go's download cache.
go_module_file() { (cd / && go mod download -json "$1@$2") | jq -er .GoMod; }

# go_module_dir MODULE VERSION : path of the module's unpacked, read-only source.
go_module_dir() { (cd / && go mod download -json "$1@$2") | jq -er .Dir; }

# go_wrapper MODULE VERSION [LINES] : makes the working folder a module that requires the given one; LINES are further
# lines of its go.mod. The language version is the required module's.
go_wrapper() {
  local language
  language="$(sed -n 's/^go //p' "$(go_module_file "$1" "$2")")"
  printf 'module lab\n\ngo %s\n\nrequire %s %s\n\n%s\n' "$language" "$1" "$2" "${3:-}" >go.mod
}

# go_build LDFLAGS [FLAG…] PACKAGE… : static, stripped programs in $out, named like their packages' last element.
go_build() {
  local ldflags="$1"
  shift
  mkdir -p "$out"
  go build -trimpath -ldflags "-s -w $ldflags" -o "$out/" "$@"
}
