# What run, test and bench share. Sourced, never run. The caller has set `root` to the folder of the repository.

say() { printf '%s\n' "$*" >&2; }

die() { say "$(basename "$0"): $*"; exit 1; }

# One clear line when this machine cannot build Regard.
require_build_tools() {
  command -v dotnet >/dev/null || die "the .NET SDK is missing: install the .NET 10 SDK (https://dotnet.microsoft.com/download) and run this again."
  (cd "$root" && dotnet --version >/dev/null 2>&1) ||
    die "this .NET SDK is too old or incomplete ($(dotnet --list-sdks 2>/dev/null | awk '{print $1}' | paste -sd' ' -)): install the .NET 10 SDK (https://dotnet.microsoft.com/download) and run this again."
  command -v node >/dev/null || die "Node.js is missing: install Node 20 or newer (https://nodejs.org) and run this again."
  command -v npm >/dev/null || die "npm is missing: install it (it comes with Node 20 or newer, https://nodejs.org) and run this again."
  local node; node=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
  [ "$node" -ge 20 ] || die "Node $node is too old: install Node 20 or newer (https://nodejs.org) and run this again."
}

# build PROJECT CONFIGURATION: quiet when it succeeds, the errors when it does not.
build() {
  local log; log=$(mktemp)
  if ! (cd "$root" && dotnet build "$1" -c "$2" --nologo -v quiet -maxcpucount -nodeReuse:false -p:UseSharedCompilation=false >"$log" 2>&1); then
    grep -E 'error|warning' "$log" | sort -u | head -40 >&2 || cat "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

# needs_build STAMP: whether a source is newer than the last build that STAMP records.
needs_build() {
  [ -f "$1" ] || return 0
  [ -n "$(find "$root"/src "$root"/web "$root"/Directory.*.props "$root"/global.json "$root"/.editorconfig "$root"/BannedSymbols.txt \
    \( -name bin -o -name obj -o -name node_modules -o -path "$root/src/Regard.Web/wwwroot/lib" \) -prune -o -newer "$1" -print -quit)" ]
}

# Builds the program in Release when a source changed since the last time, and only then; sets `program`.
build_program() {
  program="$root/src/Regard.Web/bin/Release/net10.0/regard.dll"
  local stamp="$root/build/program.stamp"
  mkdir -p "$root/build"
  exec 8>"$root/build/lock"
  if command -v flock >/dev/null; then flock 8; fi
  if [ ! -f "$program" ] || needs_build "$stamp"; then
    require_build_tools
    say "Building Regard (once after each change of the sources) …"
    # The stamp is the moment before the build: a file saved while it runs is built the next time.
    touch "$stamp.new"
    build src/Regard.Web Release || die "the build failed; the errors are above."
    mv "$stamp.new" "$stamp"
    # Folders that the build itself filled look changed: their time is set back to the stamp's.
    find "$root"/src "$root"/web -maxdepth 2 -type d -newer "$stamp" -exec touch -r "$stamp" {} +
  fi
  command -v dotnet >/dev/null || die "the .NET runtime is missing: install the .NET 10 SDK (https://dotnet.microsoft.com/download) and run this again."
  exec 8>&-
}

# install PACKAGE: on Debian and its kin, when this user may. Fails quietly otherwise.
install_package() {
  command -v apt-get >/dev/null || return 1
  local as=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
    as=(sudo -n)
  fi
  say "Installing $1 …"
  { "${as[@]}" apt-get update -qq && "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1"; } >/dev/null 2>&1
}

postgres_programs() {
  local folder
  for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn) "$(dirname "$(command -v initdb 2>/dev/null || echo /none/initdb)")"; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then echo "$folder"; return; fi
  done
  return 1
}

as_postgres() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

# start_postgres [SETTING…]: a private PostgreSQL in a temporary folder on a free loopback port, named in REGARD_TEST_POSTGRES.
# The caller must call stop_postgres before it ends. Fails when there is no PostgreSQL here.
start_postgres() {
  local programs secret port setting options=""
  programs=$(postgres_programs) || { install_package postgresql && programs=$(postgres_programs); } || return 1
  postgres_folder=$(mktemp -d "${TMPDIR:-/tmp}/regard-postgres.XXXXXX")
  postgres_ctl="$programs/pg_ctl"
  secret=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
  printf '%s\n' "$secret" >"$postgres_folder/secret"
  if [ "$(id -u)" -eq 0 ]; then chown -R postgres "$postgres_folder"; fi
  as_postgres "$programs/initdb" -D "$postgres_folder/data" -U regard --auth=scram-sha-256 --pwfile="$postgres_folder/secret" -E UTF8 --locale=C.UTF-8 \
    >"$postgres_folder/initdb.log" 2>&1 || { cat "$postgres_folder/initdb.log" >&2; return 1; }
  rm "$postgres_folder/secret"
  for setting in max_connections=300 "$@"; do options+=" -c $setting"; done
  for _ in 1 2 3 4 5 6 7 8; do
    port=$((20000 + RANDOM % 12000))
    if as_postgres "$postgres_ctl" start -w -s -D "$postgres_folder/data" -l "$postgres_folder/data/server.log" \
      -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=''$options" >/dev/null 2>&1; then
      export REGARD_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=regard;Password=$secret;Database=postgres"
      return 0
    fi
  done
  tail -5 "$postgres_folder/data/server.log" >&2
  return 1
}

stop_postgres() {
  [ -n "${postgres_folder:-}" ] || return 0
  as_postgres "$postgres_ctl" stop -s -m immediate -D "$postgres_folder/data" >/dev/null 2>&1 || true
  rm -rf "$postgres_folder"
  postgres_folder=""
}
