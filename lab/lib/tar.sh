# Archives that depend on nothing but names, modes and contents.

TAR_OPTIONS_FIXED=(--create --format gnu --sort name --mtime @1767225600 --numeric-owner)   # 2026-01-01

# tar_tree DIR : the folder's contents on stdout, owned by root.
tar_tree() { tar "${TAR_OPTIONS_FIXED[@]}" --owner 0 --group 0 --directory "$1" .; }

# tar_tree_owned DIR : the same, with the owners that the files have.
tar_tree_owned() { tar "${TAR_OPTIONS_FIXED[@]}" --directory "$1" .; }

# tar_files DIR NAME… : the named files of the folder, in the given order.
tar_files() {
  local dir="$1"
  shift
  tar "${TAR_OPTIONS_FIXED[@]}" --owner 0 --group 0 --directory "$dir" "$@"
}
