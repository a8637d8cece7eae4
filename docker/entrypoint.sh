#!/bin/sh
# Runs one process of the checkout: api | worker | migrate | audit | recover | reconcile | ledger | stock | voucher | wallet | sandbox.
# Options for the JVM come from JAVA_OPTS, the folder of the YAML files from CHECKOUT_CONFIG.
set -eu

home=${CHECKOUT_HOME:-/opt/checkout}
config=${CHECKOUT_CONFIG:-/etc/checkout}

run() {
  # An API or worker that has run out of memory is of no use: let it die and be started again.
  # retryPost: the JDK must not send a payment request twice by itself.
  # shellcheck disable=SC2086 # JAVA_OPTS is a list
  exec java -XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError -Dsun.net.http.retryPost=false \
    ${JAVA_OPTS:-} -cp "$home/app/*:$home/lib/*:$home/sandbox-lib/*" "$@"
}

api=dev.durablecheckout.api.CheckoutApiApplication
worker=dev.durablecheckout.worker.CheckoutWorkerApplication
sandbox=dev.durablecheckout.sandbox.container.SandboxGatewayMain

command=${1:-help}
[ $# -eq 0 ] || shift
case $command in
  api) run "$api" server "$config/api.yml" "$@" ;;
  worker) run "$worker" server "$config/worker.yml" "$@" ;;
  migrate | audit | recover | reconcile | ledger | stock | voucher | wallet) run "$worker" "$command" "$config/worker.yml" "$@" ;;
  sandbox) run "$sandbox" "$@" ;;
  help)
    echo "api       REST, notifies, cashier page"
    echo "worker    workflows and activities"
    echo "migrate   brings the database up to date, then ends"
    echo "audit     checks the laws over the books, then ends; exit code 1 if one is broken"
    echo "recover   starts every workflow that the books hold open and Temporal has lost, then ends"
    echo "ledger    posts what is in the books and not in the ledger, then ends"
    echo "stock     sets the stock of a sku, then ends"
    echo "voucher   gives a voucher out, then ends"
    echo "wallet    fills a buyer's wallet, or says what is in it, then ends"
    echo "reconcile begins the reconciliation of a day, then ends"
    echo "sandbox   simulated Alipay, WeChat Pay and order system (sandbox image only)"
    ;;
  *)
    echo "unknown command: $command (try help)" >&2
    exit 64
    ;;
esac
