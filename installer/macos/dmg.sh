#!/bin/sh
# Makes a disk image to drag the program out of: dmg.sh Tertulia.app TARGET.dmg NAME. Runs on macOS, with its own tools alone.
# With SIGN_AS (a "Developer ID Application" of the keychain) the program is signed, with NOTARY_PROFILE (made by
# `xcrun notarytool store-credentials`) notarised; without them the user has to allow the program by hand.
set -eu
app=$1 target=$2 name=$3
here=$(cd -- "$(dirname -- "$0")" && pwd)
if [ -n "${SIGN_AS:-}" ]; then
    codesign --force --deep --options runtime --timestamp --entitlements "$here/entitlements.plist" --sign "$SIGN_AS" "$app"
    codesign --verify --deep --strict "$app"
fi
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
cp -R "$app" "$folder/"
ln -s /Applications "$folder/Applications"
rm -f -- "$target"
hdiutil create -volname "$name" -srcfolder "$folder" -fs HFS+ -format UDZO -imagekey zlib-level=9 "$target"
if [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$target" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$target"
fi
