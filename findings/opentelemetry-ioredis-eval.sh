#!/usr/bin/env bash
# @opentelemetry/instrumentation-ioredis 0.70.0 with @opentelemetry/redis-common 0.38.3: spans of SET and HSET hide values. Spans of
# EVAL and EVALSHA have all arguments in `db.query.text`, so what a script writes goes to whoever reads the traces. Needs `redis-server`.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${redis:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @opentelemetry/instrumentation-ioredis@0.70.0 @opentelemetry/redis-common@0.38.3 \
  @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-base@2.12.0 @opentelemetry/context-async-hooks@2.12.0 ioredis@6.0.0
redis-server --port 0 --unixsocket "$folder/redis.sock" --save '' >/dev/null &
redis=$!
until [ -S redis.sock ]; do sleep 0.1; done
cat > run.cjs <<'EOF'
const { context, trace } = require('@opentelemetry/api');
const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks');
const { IORedisInstrumentation } = require('@opentelemetry/instrumentation-ioredis');
const sdk = require('@opentelemetry/sdk-trace-base');

const exporter = new sdk.InMemorySpanExporter();
const provider = new sdk.BasicTracerProvider({ spanProcessors: [new sdk.SimpleSpanProcessor(exporter)] });
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const instrumentation = new IORedisInstrumentation();
instrumentation.setTracerProvider(provider);
instrumentation.enable();
const { Redis } = require('ioredis');

const script = "return redis.call('SET', KEYS[1], ARGV[1])";
async function main() {
  const client = new Redis({ path: 'redis.sock' });
  const sha = await client.script('LOAD', script);
  const parent = provider.getTracer('test').startSpan('parent');
  await context.with(trace.setSpan(context.active(), parent), async () => {
    await client.set('key', 'personal');
    await client.hset('hash', 'field', 'personal');
    await client.eval(script, 1, 'key', 'personal');
    await client.evalsha(sha, 1, 'key', 'personal');
  });
  client.disconnect();
  const texts = exporter.getFinishedSpans().map(({ attributes }) => attributes['db.query.text'].replace(sha, 'SHA'));
  console.log(texts);
  const expected = [
    'set key [1 other arguments]',
    'hset hash field [1 other arguments]',
    `eval ${script} 1 key personal`,
    'evalsha SHA 1 key personal',
  ];
  if (JSON.stringify(texts) !== JSON.stringify(expected)) {
    console.error('it has changed');
    process.exitCode = 1;
  }
}
main();
EOF
node run.cjs
