// What a reader of the served schema meets first: what this graph is, and last what only routers need.
import type { GraphQLSchema } from 'graphql';

const introduction = `
Amazon IVS as one graph. Real-Time: stages, their sessions, and the participants in them. Low-Latency: channels, their
streams, and the viewers.

**Cost.** Most fields come with the call that found their object. Where another AWS call is needed, the description says
which. The header \`x-ivs-cost: 1\` adds to an answer what it has cost, \`x-ivs-cost: dryRun\` asks without running.

**Scope.** Where tokens are asked for, the description ends with what the token must allow.

**Absence.** What does not exist is null. What fails is an error of its own field, and its siblings are answered.
`.trim();

const forRouters: Record<string, string> = {
  _entities:
    'For routers of a supergraph: objects by the keys of their types, each in its place. Scope: `ivs:read`.',
  _service: 'For routers of a supergraph: the subgraph’s schema.',
};

/** Neither the introduction nor the order is part of the contract that schema.graphql and `_service` print. */
export function withDescription(schema: GraphQLSchema): GraphQLSchema {
  schema.description = introduction;
  const fields = schema.getQueryType()?.getFields() ?? {};
  for (const [name, description] of Object.entries(forRouters)) {
    const field = fields[name];
    if (!field) throw new Error(`Expected a schema with ${name}`);
    // A property that is set anew stands last.
    delete fields[name];
    fields[name] = Object.assign(field, { description });
  }
  return schema;
}
