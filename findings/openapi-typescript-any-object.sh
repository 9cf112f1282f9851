#!/usr/bin/env bash
# openapi-typescript 7.13.0: a schema `{"type": "object"}`, which any object matches, becomes `Record<string, never>`, which only the
# empty object is assignable to. With `"additionalProperties": true` it becomes an index signature.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund openapi-typescript@7.13.0 typescript@5.9.3
cat > openapi.json <<'EOF'
{
  "openapi": "3.1.0",
  "info": { "title": "Events", "version": "1" },
  "paths": {},
  "components": {
    "schemas": {
      "Event": { "type": "object" },
      "OpenEvent": { "type": "object", "additionalProperties": true }
    }
  }
}
EOF
cat > use.ts <<'EOF'
import type { components } from './api';

export const open: components['schemas']['OpenEvent'] = { name: 'Participant Published' };
export const event: components['schemas']['Event'] = { name: 'Participant Published' };
EOF
npx openapi-typescript openapi.json --output api.ts >/dev/null
seen=$(grep -E '^ +(Open)?Event: ' api.ts; npx tsc --noEmit --strict use.ts || true)
echo "$seen"
grep -q 'Event: Record<string, never>;' <<<"$seen" && grep -q 'OpenEvent: {$' <<<"$seen" &&
  [ "$(grep -c 'error TS' <<<"$seen")" = 1 ] && grep -q 'use.ts(4,.*TS2322' <<<"$seen" || {
  echo 'it has changed' >&2
  exit 1
}
