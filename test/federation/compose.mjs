// Composes the subgraphs of a file (JSON: name, url, sdl) as Apollo's tools and as Cosmo do, and prints the results as JSON.
// Each further argument is a contract that Cosmo makes: the tags that it leaves out, with commas between them.
import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { federateSubgraphs, federateSubgraphsContract } from '@wundergraph/composition';
import { parse } from 'graphql';

// Cosmo's composition is written for Node 22, which has this.
Set.prototype.isDisjointFrom ??= function (other) {
  return [...this].every((value) => !other.has(value));
};

const [, , file, ...contracts] = process.argv;
const given = JSON.parse(readFileSync(file, 'utf8'));

const apollo = composeServices(given.map(({ sdl, ...rest }) => ({ ...rest, typeDefs: parse(sdl) })));

const subgraphs = given.map(({ sdl, ...rest }) => ({ ...rest, definitions: parse(sdl) }));
const cosmo = federateSubgraphs({ subgraphs, version: '1' });
const contractOf = (tags) =>
  federateSubgraphsContract({
    subgraphs,
    version: '1',
    contractTagOptions: { tagNamesToExclude: new Set(tags.split(',')), tagNamesToInclude: new Set() },
  });

console.log(
  JSON.stringify({
    supergraph: apollo.supergraphSdl,
    errors: (apollo.errors ?? []).map(String),
    hints: (apollo.hints ?? []).map(({ definition, message }) => `${definition.code}: ${message}`),
    cosmo: resultOf(cosmo),
    contracts: Object.fromEntries(contracts.map((tags) => [tags, resultOf(contractOf(tags))])),
  }),
);

function resultOf(composed) {
  return {
    errors: (composed.errors ?? []).map(String),
    warnings: (composed.warnings ?? []).map(({ message }) => message),
    types: composed.success ? typesOf(composed.federatedGraphClientSchema) : {},
  };
}

/** Of each type the names of its fields, as clients see them. */
function typesOf(schema) {
  const types = Object.values(schema.getTypeMap()).filter((type) => 'getFields' in type);
  return Object.fromEntries(types.map((type) => [type.name, Object.keys(type.getFields())]));
}
