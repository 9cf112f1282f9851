// Requests that cost as much as the default limits let them: documents and variables, each with the scopes of its token.

/** @typedef {{ name: string, scope?: string, query: string, variables?: Record<string, unknown>, accept?: string }} Case */

const ALL = 'ivs:read ivs:write ivs:moderate ivs:token ivs:secret';
const stage = 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001';
const channel = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';

/** @template T @param {number} count @param {(index: number) => T} make */
const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));
/** @param {string} field @param {number} count @param {string} [below] */
const aliases = (field, count, below = '') =>
  times(count, (index) => `a${index}: ${field} ${below}`).join(' ');

const REVOKE =
  'revokeViewerSessions(input: { viewerSessions: $pairs }) { requestedCount revokedCount errors { code } }';
/** @param {number} count @param {string} [channelArn] */
const pairs = (count, channelArn = 'x') => times(count, (index) => ({ channelArn, viewerId: `v${index}` }));
/** @param {number} uses @param {string} [arn] @param {number} [count] @param {string} [scope] */
const revocation = (uses, arn = 'x', count = 25_000, scope = ALL) => ({
  name: `revokeViewerSessions, ${count} pairs of ${arn === 'x' ? 'no channel' : 'a channel'} × ${uses}${scope === ALL ? '' : ', no scope'}`,
  scope,
  query: `mutation ($pairs: [ViewerSessionInput!]!) { ${aliases(REVOKE, uses)} }`,
  variables: { pairs: pairs(count, arn) },
});

/** @param {number} count */
const entries = (count) => times(count, (index) => ({ key: `k${index}`, value: 'v' }));
const RESULT = '{ __typename }';
/** @param {string} name @param {string} type @param {string} member @param {unknown[]} list @param {Record<string, unknown>} rest @param {number} [uses] */
const longList = (name, type, member, list, rest, uses = 1) => ({
  name: `${name}, ${list.length} ${member}${uses > 1 ? ` × ${uses}` : ''}`,
  scope: ALL,
  query: `mutation ($input: ${type}!) { ${aliases(`${name}(input: $input)`, uses, RESULT)} }`,
  variables: { input: { ...rest, [member]: list } },
});

const lists = [
  longList(
    'untagResource',
    'UntagResourceInput',
    'tagKeys',
    times(50_000, (i) => `k${i}`),
    { resourceArn: stage },
  ),
  longList(
    'untagResource',
    'UntagResourceInput',
    'tagKeys',
    times(5_000, (i) => `k${i}`),
    { resourceArn: stage },
    20,
  ),
  longList('tagResource', 'TagResourceInput', 'tags', entries(30_000), { resourceArn: stage }),
  longList('tagResource', 'TagResourceInput', 'tags', entries(30_000), { resourceArn: stage }, 20),
  longList('tagResource', 'TagResourceInput', 'tags', entries(8_300), { resourceArn: stage }),
  longList('createStage', 'CreateStageInput', 'tags', entries(30_000), {}),
  longList('createChannel', 'CreateChannelInput', 'tags', entries(30_000), {}),
  longList(
    'createStage',
    'CreateStageInput',
    'participantTokenConfigurations',
    times(60_000, () => ({})),
    {},
  ),
  longList('createParticipantToken', 'CreateParticipantTokenInput', 'attributes', entries(30_000), {
    stageArn: stage,
  }),
  longList(
    'createParticipantToken',
    'CreateParticipantTokenInput',
    'capabilities',
    times(60_000, () => 'PUBLISH'),
    {
      stageArn: stage,
    },
  ),
  longList(
    'createPlaybackRestrictionPolicy',
    'CreatePlaybackRestrictionPolicyInput',
    'allowedCountries',
    times(60_000, () => 'US'),
    {},
  ),
  longList(
    'createPlaybackRestrictionPolicy',
    'CreatePlaybackRestrictionPolicyInput',
    'allowedOrigins',
    times(40_000, (i) => `https://${i}.example`),
    {},
  ),
  {
    name: 'createStage, a name of 900 KB',
    scope: ALL,
    query: 'mutation ($name: String!) { createStage(input: { name: $name }) { __typename } }',
    variables: { name: 'x'.repeat(900_000) },
  },
  {
    name: 'putMetadata, 900 KB × 50',
    scope: ALL,
    query: `mutation ($text: String!) { ${aliases(`putMetadata(input: { channelArn: "${channel}", metadata: $text })`, 50, RESULT)} }`,
    variables: { text: 'x'.repeat(900_000) },
  },
];

/** @param {string} name @param {string[]} ids @param {number} [uses] */
const byIds = (name, ids, uses = 1) => ({
  name: `nodes, ${ids.length} ${name}${uses > 1 ? ` × ${uses}` : ''}`,
  query: `query ($ids: [ID!]!) { ${aliases('nodes(ids: $ids)', uses, '{ id }')} }`,
  variables: { ids },
});
/** @param {string} name @param {unknown[]} representations @param {number} [uses] */
const byRepresentations = (name, representations, uses = 1) => ({
  name: `_entities, ${representations.length} ${name}${uses > 1 ? ` × ${uses}` : ''}`,
  query: `query ($some: [_Any!]!) { ${aliases('_entities(representations: $some)', uses, '{ ... on Stage { name } }')} }`,
  variables: { some: representations },
});
const unknownId = Buffer.from(`Stage:${stage}x`).toString('base64');
const named = [
  byIds(
    'malformed ids',
    times(5_950, (index) => `x${index}`),
  ),
  byIds(
    'malformed ids',
    times(600, (index) => `x${index}`),
    10,
  ),
  byIds(
    'ids of unknown stages',
    times(4_900, (index) => Buffer.from(`Stage:${stage}${index}`).toString('base64')),
  ),
  byIds(
    'ids of another region',
    times(2_900, (index) =>
      Buffer.from(`Stage:${stage.replace('us-west', 'eu-west')}${index}`).toString('base64'),
    ),
  ),
  byIds(
    'equal ids',
    times(5_900, () => unknownId),
  ),
  byIds(
    'ids of 150 KB',
    times(5, () => 'x'.repeat(150_000)),
  ),
  byRepresentations(
    'of no type',
    times(5_900, () => ({})),
  ),
  byRepresentations(
    'malformed',
    times(5_900, (index) => ({ __typename: 'Stage', arn: `x${index}` })),
  ),
  byRepresentations(
    'malformed',
    times(590, (index) => ({ __typename: 'Stage', arn: `x${index}` })),
    10,
  ),
  byRepresentations(
    'with a list as arn',
    times(5_900, () => ({ __typename: 'Stage', arn: [] })),
  ),
];

const TYPE =
  'name kind description fields { name description args { name description type { name } } type { name kind ofType { name } } } inputFields { name description } enumValues { name description }';
const introspection = [
  { name: '__schema, whole', query: `{ __schema { types { ${TYPE} } } }` },
  { name: '__schema × 44', query: `{ ${aliases('__schema', 44, '{ types { name description } }')} }` },
  {
    name: '__schema, fields × 20',
    query: `{ ${aliases('__schema', 20, '{ types { fields { description } } }')} }`,
  },
  { name: '__type × 99', query: `{ ${aliases('__type(name: "Query")', 99, `{ ${TYPE} }`)} }` },
  {
    name: 'possibleTypes × 45',
    query: `{ __schema { types { ${aliases('possibleTypes', 45, '{ name kind description }')} } } }`,
  },
  { name: '_service × 99', query: `{ ${aliases('_service', 99, '{ sdl }')} }` },
  { name: '_service, sdl × 99', query: `{ _service { ${aliases('sdl', 99)} } }` },
];

/** Pairs of fields of one name are compared with each other by validation. */
const field = 'stages(first: 2, region: "us-west-2") { nodes { name } }';
/** @param {number} count @param {(index: number) => string} make */
const fragments = (count, make) =>
  times(count, (index) => `fragment F${index} on Query { ${make(index)} }`).join(' ');
const validation = [
  { name: 'one field 999 times', query: `{ ${times(999, () => '__typename').join(' ')} }` },
  {
    name: 'one field with a selection 300 times',
    query: `{ ${times(300, () => field).join(' ')} }`.replace(/stages/g, 'stages'),
  },
  {
    name: 'one field with long literals 90 times',
    query: `{ ${times(90, () => `stages(first: 2, after: "${'x'.repeat(9_000)}") { nodes { name } }`).join(' ')} }`,
  },
  {
    name: '@stream with long labels 49 times',
    query: `{ stages(first: 2) { ${times(49, () => `nodes @stream(initialCount: 0, label: "${'x'.repeat(18_000)}") { name }`).join(' ')} } }`,
    accept: 'multipart/mixed',
  },
  {
    name: '@defer fragments 49 times',
    query: `{ stages(first: 2) { nodes { ${times(49, () => '... @defer { name arn }').join(' ')} } } }`,
    accept: 'multipart/mixed',
  },
  {
    name: 'equal nested selections, doubled at each level',
    query: (() => {
      let below = 'name';
      for (let level = 0; level < 7; level += 1)
        below = `activeSession { stage { ${below} } } activeSession { stage { ${below} } }`;
      return `{ stages(first: 2) { nodes { ${below} } } }`;
    })(),
  },
  {
    name: '199 fragments that each conflict with the others',
    query: `{ ${times(199, (index) => `...F${index}`).join(' ')} } ${fragments(199, (index) => `x: stages(first: ${index + 1}) { nodes { name } }`)}`,
  },
  {
    name: '190 fragments of one name each, spread in a chain',
    query: `{ ...F0 } ${fragments(190, (index) => `stages(first: 2) { nodes { name arn } } ${index < 189 ? `...F${index + 1}` : ''}`)}`,
  },
  {
    name: '9,900 tokens of unknown fields',
    query: `{ ${times(990, (index) => `unknown${index}(a: 1, b: 2)`).join(' ')} }`,
  },
  { name: '900 KB in one string', query: `{ stage(arn: "${'x'.repeat(900_000)}") { name } }` },
  { name: '900 KB in one comment', query: `{ __typename } # ${'x'.repeat(900_000)}` },
  {
    name: '9,000 variables that nobody uses',
    query: `query (${times(3_000, (index) => `$v${index}: ID`).join(' ')}) { __typename }`,
  },
  {
    name: '9,900 tokens in a list',
    query: `{ nodes(ids: [${times(9_800, (index) => `"${index}"`).join(' ')}]) { id } }`,
  },
  {
    name: '990 fields that are no input members',
    query: `mutation { createStage(input: { ${times(2_400, (index) => `m${index}: 1`).join(' ')} }) { __typename } }`,
    scope: ALL,
  },
];

const variables = [
  {
    name: 'unknown members of an input, 190',
    scope: ALL,
    query: 'mutation ($input: CreateStageInput!) { createStage(input: $input) { __typename } }',
    variables: { input: Object.fromEntries(times(190, (index) => [`m${index}`, 'x'.repeat(4_000)])) },
  },
  {
    name: '40,000 wrong items in a list',
    scope: ALL,
    query:
      'mutation ($pairs: [ViewerSessionInput!]!) { revokeViewerSessions(input: { viewerSessions: $pairs }) { revokedCount } }',
    variables: { pairs: times(40_000, () => ({})) },
  },
  {
    name: 'variables that no operation declares, 190 of 5 KB',
    query: '{ __typename }',
    variables: Object.fromEntries(times(190, (index) => [`v${index}`, 'x'.repeat(5_000)])),
  },
  {
    name: 'a cursor of 900 KB',
    query: 'query ($after: String) { stages(first: 5, after: $after) { nodes { name } } }',
    variables: { after: 'x'.repeat(900_000) },
  },
  {
    name: 'an ARN of 900 KB',
    query: 'query ($arn: ID!) { stage(arn: $arn) { name } }',
    variables: { arn: `${stage}${'x'.repeat(900_000)}` },
  },
];

const wide = [
  { name: 'stages × 100, names', query: `{ ${aliases('stages(first: 1000)', 100, '{ nodes { name } }')} }` },
  {
    name: 'all fields of 100 channels',
    query:
      '{ channels(first: 1000) { edges { cursor node { id arn name latencyMode type authorized tags { key value } playbackUrl ingestEndpoint containerFormat } } } }',
  },
  {
    name: 'a fragment of 9 fields spread 100 times',
    query: `{ ${times(100, () => '...F').join(' ')} } fragment F on Query { stages(first: 2) { nodes { name arn tags { key value } } } }`,
  },
];

/** @type {Case[]} */
export const cases = [
  revocation(1),
  revocation(1, 'x', 8_300),
  revocation(1, channel, 7_000),
  revocation(10),
  revocation(99),
  revocation(3, 'x', 25_000, ''),
  revocation(1, channel, 12_000, ''),
  revocation(20, channel, 12_000, ''),
  ...lists,
  ...named,
  ...introspection,
  ...validation,
  ...variables,
  ...wide,
];

/** A generator of numbers from 0 to 1 that repeats by its seed (mulberry32). @param {number} seed */
export function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Random requests that go up to the limits: fields that repeat, nest and are spread, with long arguments. @param {number} count @param {() => number} random @returns {Case[]} */
export function randomCases(count, random) {
  const upTo = (/** @type {number} */ max) => Math.floor(random() * max) + 1;
  const pick = (/** @type {readonly string[]} */ some) => /** @type {string} */ (some[upTo(some.length) - 1]);
  const leaves = ['name', 'arn', 'id', '__typename', 'tags { key value }', 'activeSessionId'];
  const selection = (/** @type {number} */ depth) => {
    const own = times(upTo(12), () =>
      `${random() < 0.3 ? `a${upTo(9)}: ` : ''}${pick(leaves)}`.replace(/^a\d: tags/, 'tags'),
    );
    if (depth > 0 && random() < 0.8) {
      for (let i = upTo(3); i > 0; i -= 1)
        own.push(
          `activeSession { sessionId participants(first: ${upTo(20)}) { nodes { userId stage { ${selection(depth - 1)} } } } }`,
        );
    }
    return own.join(' ');
  };
  return times(count, (index) => {
    const shared = `fragment F on Stage { ${selection(2)} }`;
    const roots = times(upTo(20), (i) => {
      const after = random() < 0.2 ? `, after: "${'x'.repeat(upTo(20_000))}"` : '';
      return `r${i}: stages(first: ${upTo(10)}${after}) { nodes { ${random() < 0.5 ? '...F' : ''} ${selection(2)} } }`;
    });
    return { name: `random ${index + 1}`, query: `{ ${roots.join(' ')} } ${shared}` };
  });
}
