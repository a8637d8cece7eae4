#!/bin/sh
# Creates the namespace of the checkout where it is missing. Retention: how long operators can still open a checkout
# that has ended; the books keep it for good.
set -eu

until temporal operator cluster health; do
  sleep 2
done
temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" ||
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 30d
