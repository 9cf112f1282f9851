#!/usr/bin/env bash
# graphql 16.15.0: `@skip` and `@include` on the root field of a subscription. With a variable, `validate` throws instead of
# returning errors, although the variable has a default. With `@skip(if: true)` the document is valid, and `subscribe` throws a
# TypeError of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund graphql@16.15.0
cat > run.mjs <<'EOF'
import { buildSchema, parse, subscribe, validate } from 'graphql';

const schema = buildSchema('type Query { a: Int } type Subscription { tick: Int }');
const withVariable = parse('subscription ($b: Boolean = true) { tick @include(if: $b) }');
const skipped = parse('subscription { tick @skip(if: true) }');
const attempt = async (run) => {
  try {
    return JSON.stringify(await run());
  } catch (error) {
    return `${error.name} thrown`;
  }
};
const seen = {
  'validate, @include with a variable': await attempt(() => validate(schema, withVariable)),
  'validate, @skip(if: true)': await attempt(() => validate(schema, skipped)),
  'subscribe, @skip(if: true)': await attempt(() => subscribe({ schema, document: skipped })),
};
console.log(seen);
if (Object.values(seen).join() !== 'GraphQLError thrown,[],TypeError thrown') {
  console.error('it has changed');
  process.exitCode = 1;
}
EOF
node run.mjs
