#!/usr/bin/env bash
# graphql 17.1.0: `subscribe` calls `[Symbol.asyncIterator]()` of the source stream twice: it closes one iterator and reads the other.
# Of an iterable that makes an iterator per call, `return()` closes the one that nobody reads. The other one, and `return()` itself,
# wait for the next event of the source. graphql 16.15.0 calls it once. An iterable with one iterator is not affected.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund graphql-16@npm:graphql@16.15.0 graphql-17@npm:graphql@17.1.0
cat > run.mjs <<'EOS'
const seen = {};
for (const version of ['graphql-16', 'graphql-17']) {
  const { buildSchema, parse, subscribe } = await import(version);
  const iterators = [];
  let tellNext;
  const ticks = {
    [Symbol.asyncIterator]() {
      const iterator = { isRead: false, isClosed: false };
      iterators.push(iterator);
      return {
        async next() {
          // The first event is there, the second one comes later.
          if (iterator.isRead) await new Promise((resolve) => (tellNext = resolve));
          iterator.isRead = true;
          return { done: false, value: { tick: 1 } };
        },
        async return() {
          iterator.isClosed = true;
          return { done: true, value: undefined };
        },
      };
    },
  };
  const schema = buildSchema('type Query { a: Int } type Subscription { tick: Int }');
  const document = parse('subscription { tick }');
  const results = await subscribe({ schema, document, rootValue: { tick: () => ticks } });
  await results.next();
  const [second, end] = [results.next(), results.return()];
  await new Promise(setImmediate);
  seen[version] = iterators.map((iterator) => ({ ...iterator }));
  tellNext();
  await Promise.all([second, end]);
}
console.log(seen);
const expected = {
  'graphql-16': [{ isRead: true, isClosed: true }],
  'graphql-17': [{ isRead: false, isClosed: true }, { isRead: true, isClosed: false }],
};
if (JSON.stringify(seen) !== JSON.stringify(expected)) {
  console.error('it has changed');
  process.exitCode = 1;
}
EOS
node run.mjs
