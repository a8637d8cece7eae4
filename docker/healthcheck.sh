#!/usr/bin/env bash
# healthcheck.sh PORT PATH: exit 0 if the process in this container answers 200 there.
# bash alone: the base image promises neither curl nor wget.
set -uo pipefail

exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3
read -r -t 2 _ status _ <&3
[ "${status:-}" = 200 ]
