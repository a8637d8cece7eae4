#!/usr/bin/env bash
# Writes .env from .env.example: fresh passwords, and fresh keys for the simulated channels.
# Usage: ./make-env.sh [FILE]. Never overwrites a file.
set -euo pipefail
umask 077

here=$(cd "$(dirname "$0")" && pwd)
target=${1:-$here/.env}
if [ -e "$target" ]; then
  echo "$target exists; nothing done" >&2
  exit 1
fi

random() { openssl rand -hex 24; }
rsa() { openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 2>/dev/null; }
private_of() { openssl pkcs8 -topk8 -nocrypt -outform DER <<<"$1" | openssl base64 -A; }
public_of() { openssl pkey -pubout -outform DER <<<"$1" | openssl base64 -A; }

app=$(rsa)
alipay=$(rsa)
wechat_merchant=$(rsa)
wechat_pay=$(rsa)
api_key="ck_$(random)"

value_of() {
  case $1 in
    POSTGRES_PASSWORD | CHECKOUT_DB_PASSWORD | TEMPORAL_DB_PASSWORD | CASHIER_SECRET) random ;;
    API_KEY) echo "$api_key" ;;
    API_KEY_SHA256) printf %s "$api_key" | openssl dgst -sha256 -r | cut -d' ' -f1 ;;
    ALIPAY_PRIVATE_KEY) private_of "$app" ;;
    ALIPAY_APP_PUBLIC_KEY) public_of "$app" ;;
    ALIPAY_PUBLIC_KEY) public_of "$alipay" ;;
    SANDBOX_ALIPAY_PRIVATE_KEY) private_of "$alipay" ;;
    WECHAT_PAY_PRIVATE_KEY) private_of "$wechat_merchant" ;;
    WECHAT_PAY_MERCHANT_PUBLIC_KEY) public_of "$wechat_merchant" ;;
    WECHAT_PAY_PUBLIC_KEY) public_of "$wechat_pay" ;;
    SANDBOX_WECHAT_PAY_PRIVATE_KEY) private_of "$wechat_pay" ;;
    # WeChat Pay's own are of 32 characters.
    WECHAT_PAY_API_V3_KEY | WECHAT_PAY_API_V2_KEY) openssl rand -hex 16 ;;
    WECHAT_OFFICIAL_ACCOUNT_SECRET | WECHAT_MINI_PROGRAM_SECRET) openssl rand -hex 16 ;;
    EVENTS_SECRET) echo "whsec_$(openssl rand -base64 32)" ;;
    *)
      echo "no way to make $1" >&2
      return 1
      ;;
  esac
}

draft=$(mktemp "$target.XXXXXX")
trap 'rm -f "$draft"' EXIT
while IFS= read -r line; do
  if [[ $line =~ ^([A-Z0-9_]+)=$ ]]; then
    name=${BASH_REMATCH[1]}
    value=$(value_of "$name")
    line="$name=$value"
  fi
  printf '%s\n' "$line"
done <"$here/.env.example" >"$draft"
mv "$draft" "$target"
echo "wrote $target"
