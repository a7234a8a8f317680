#!/bin/sh
# Starts Tertulia from the folder in which this file lies; arguments go to the `tertulia` command.
# A folder called `data` beside it keeps everything there, so that the whole can be carried on a stick.
here=$(dirname -- "$(readlink -f -- "$0")")
if [ -d "$here/data" ] && [ -z "$TERTULIA_PROFILE" ]; then
    TERTULIA_PROFILE="$here/data/tertulia"
    export TERTULIA_PROFILE
fi
if [ -n "$DISPLAY" ] || [ -n "$WAYLAND_DISPLAY" ]; then
    missing=$(LD_LIBRARY_PATH="$here/program/_internal" ldd "$here/program/_internal/PySide6/Qt/plugins/platforms/libqxcb.so" 2>/dev/null | sed -n 's/^[[:space:]]*\(.*\) => not found$/\1/p' | tr '\n' ' ')
    if [ -n "$missing" ]; then
        echo "Tertulia needs libraries of this system that are missing: $missing" >&2
        exit 1
    fi
fi
exec "$here/program/tertulia" "$@"
