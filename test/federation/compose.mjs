// Composes the subgraphs of a file (JSON: name, url, sdl) as Apollo's tools and as Cosmo do, and says as JSON what became of
// it. Further arguments are tags that a contract leaves out.
import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { federateSubgraphs, federateSubgraphsContract } from '@wundergraph/composition';
import { parse } from 'graphql';

// Cosmo's composition is written for Node 22, which has this.
Set.prototype.isDisjointFrom ??= function (other) {
  return [...this].every((value) => !other.has(value));
};

const [, , file, ...excluded] = process.argv;
const given = JSON.parse(readFileSync(file, 'utf8'));

const apollo = composeServices(given.map(({ sdl, ...rest }) => ({ ...rest, typeDefs: parse(sdl) })));

const subgraphs = given.map(({ sdl, ...rest }) => ({ ...rest, definitions: parse(sdl) }));
const options = { version: '1' };
const cosmo = excluded.length
  ? federateSubgraphsContract({
      ...options,
      subgraphs,
      contractTagOptions: { tagNamesToExclude: new Set(excluded), tagNamesToInclude: new Set() },
    })
  : federateSubgraphs({ ...options, subgraphs });

console.log(
  JSON.stringify({
    supergraph: apollo.supergraphSdl,
    errors: (apollo.errors ?? []).map(String),
    hints: (apollo.hints ?? []).map(({ definition, message }) => `${definition.code}: ${message}`),
    cosmo: {
      errors: (cosmo.errors ?? []).map(String),
      warnings: (cosmo.warnings ?? []).map(({ message }) => message),
      types: cosmo.success ? typesOf(cosmo.federatedGraphClientSchema) : {},
    },
  }),
);

/** Of each type the names of its fields, as clients see them. */
function typesOf(schema) {
  const types = Object.values(schema.getTypeMap()).filter((type) => 'getFields' in type);
  return Object.fromEntries(types.map((type) => [type.name, Object.keys(type.getFields())]));
}
