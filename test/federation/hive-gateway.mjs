// Hive Gateway; what the client says of himself goes on to the subgraphs.
import { readFileSync } from 'node:fs';
import { createGatewayRuntime } from '@graphql-hive/gateway';
import { listen } from './listen.mjs';
import { propagated } from './propagated.mjs';

const gateway = createGatewayRuntime({
  supergraph: readFileSync(process.argv[2], 'utf8'),
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => propagated((name) => request.headers.get(name) ?? undefined),
  },
  maskedErrors: false,
  logging: 'error',
});
listen(gateway);
