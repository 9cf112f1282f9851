#!/usr/bin/env bash
# @opentelemetry/propagator-aws-xray 3.0.0: `X-Amzn-Trace-Id` as an Application Load Balancer sends it, `Root=…` alone, is ignored: the
# trace gets another id than the one in the log of the load balancer. So is a header with a parent and `Sampled=?` or no `Sampled`,
# which leave the decision to the service. Only one with Root, Parent and Sampled=0 or 1 counts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @opentelemetry/propagator-aws-xray@3.0.0 @opentelemetry/api@1.9.1
cat > run.cjs <<'EOF'
const { defaultTextMapGetter, ROOT_CONTEXT, trace } = require('@opentelemetry/api');
const { AWSXRayPropagator } = require('@opentelemetry/propagator-aws-xray');

const root = 'Root=1-67891233-abcdef012345678912345678';
const headers = [
  root,
  `Self=1-67891233-12456789abcdef012345678;${root}`,
  `${root};Parent=463ac35c9f6413ad`,
  `${root};Parent=463ac35c9f6413ad;Sampled=?`,
  `${root};Parent=463ac35c9f6413ad;Sampled=0`,
  `${root};Parent=463ac35c9f6413ad;Sampled=1`,
];
const seen = headers.map((header) => {
  const extracted = new AWSXRayPropagator().extract(ROOT_CONTEXT, { 'x-amzn-trace-id': header }, defaultTextMapGetter);
  return trace.getSpanContext(extracted)?.traceId;
});
for (const [index, header] of headers.entries()) console.log(header, '→', seen[index] ?? 'no trace');
const id = '67891233abcdef012345678912345678';
if (JSON.stringify(seen) !== JSON.stringify([...Array(4).fill(undefined), id, id])) {
  console.error('it has changed');
  process.exitCode = 1;
}
EOF
node run.cjs
