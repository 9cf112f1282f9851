// The reference of the schema: a page for each kind of type, grouped by the noun of AWS that a type is about.
import {
  astFromValue,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
  print,
} from 'graphql';
import { schema } from '../../dist/schema/index.js';
import { groupOf, noun } from './nouns.mjs';
import { code, sentence, table } from './table.mjs';

const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('_'));
/** Described once, at the head of the page: each list has one of both. */
const isConnection = (/** @type {string} */ name) => /(Connection|Edge)$/.test(name);
const mutationFields = Object.values(schema.getMutationType()?.getFields() ?? {});

/** What stands with its mutation. */
const ofMutations = new Set(
  mutationFields.flatMap(({ type }) => {
    const result = getNamedType(type);
    const payloads = isUnionType(result) ? result.getTypes().filter(isPayload) : [result];
    return [result.name, ...payloads.map(({ name }) => name)];
  }),
);

const subscriptionFields = Object.values(schema.getSubscriptionType()?.getFields() ?? {});
const isUnionMember = (/** @type {any} */ type) => (isUnionType(type) ? [type, ...type.getTypes()] : []);
/** Unions of messages, the messages, and what they have in common. */
const ofSubscriptions = new Set(
  subscriptionFields
    .flatMap(({ type }) => isUnionMember(getNamedType(type)))
    .flatMap((type) => [
      type.name,
      ...('getInterfaces' in type ? type.getInterfaces() : []).map(({ name }) => name),
    ]),
);

function isPayload(/** @type {any} */ type) {
  return !type.getInterfaces().some((/** @type {any} */ { name }) => name === 'MutationError');
}

const isRoot = (/** @type {any} */ type) =>
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(type);

const shown = {
  'schema-objects.md': types.filter(
    (type) =>
      (isObjectType(type) || isInterfaceType(type) || isUnionType(type)) &&
      !isRoot(type) &&
      !isConnection(type.name) &&
      !ofMutations.has(type.name) &&
      !ofSubscriptions.has(type.name),
  ),
  'schema-subscriptions.md': types.filter(({ name }) => ofSubscriptions.has(name)),
  'schema-inputs.md': types.filter(isInputObjectType),
  'schema-enums.md': types.filter(
    (type) => isEnumType(type) || (isScalarType(type) && !isSpecifiedScalarType(type)),
  ),
};
const pageOf = new Map(
  Object.entries(shown).flatMap(([page, ofPage]) =>
    ofPage.map(({ name }) => /** @type {const} */ ([name, page])),
  ),
);

/** @param {any} type */
function link(type) {
  // A list leads to its items.
  const name = getNamedType(type).name.replace(/Connection$/, '');
  const text = code(String(type));
  const page = pageOf.get(name);
  return page ? `[${text}](${page}#${name.toLowerCase()})` : text;
}

/** @param {any} field */
const described = ({ description, deprecationReason }) =>
  deprecationReason ? `${description} **Deprecated:** ${deprecationReason}` : description;

/** @param {any} value */
const withDefault = ({ defaultValue, type }) =>
  defaultValue === undefined ? '' : ` = \`${print(/** @type {any} */ (astFromValue(defaultValue, type)))}\``;

/** @param {any} field */
const argumentsOf = ({ args }) =>
  args
    .map((/** @type {any} */ arg) => `<br>${code(arg.name)}: ${link(arg.type)}${withDefault(arg)}`)
    .join('');

/** @param {any} type */
const fieldTable = (type) =>
  table(
    ['field', 'type', 'description'],
    Object.values(type.getFields()).map((/** @type {any} */ field) => [
      `${code(field.name)}${argumentsOf(field)}`,
      link(field.type),
      described(field),
    ]),
  );

/** @param {any} type */
function body(type) {
  if (isUnionType(type)) return `One of ${type.getTypes().map(link).join(', ')}.`;
  if (isEnumType(type))
    return table(
      ['value', 'meaning'],
      type.getValues().map(({ name, description }) => [code(name), description]),
    );
  if (isInputObjectType(type))
    return table(
      ['member', 'type', 'description'],
      Object.values(type.getFields()).map((field) => [
        code(field.name),
        `${link(field.type)}${withDefault(field)}`,
        described(field),
      ]),
    );
  return isScalarType(type) ? '' : fieldTable(type);
}

/** @param {any} type */
const oneOf = (type) => (type.isOneOf ? 'Exactly one member must be given.' : '');
/** @param {any} type */
const interfacesOf = (type) => {
  const names = isObjectType(type) ? type.getInterfaces().map(({ name }) => code(name)) : [];
  return names.length > 0 ? `Implements ${names.join(', ')}.` : '';
};

/** @param {any} type */
const section = (type) =>
  [`### ${type.name}`, type.description ?? '', interfacesOf(type), oneOf(type), body(type)]
    .filter(Boolean)
    .join('\n\n');

/**
 * @param {any[]} items
 * @param {(item: any) => string} write
 * @param {(item: any) => string} about
 */
function grouped(items, write, about = ({ name }) => groupOf(name)) {
  return [...groupBy(items, about)]
    .sort(([a], [b]) => noun.order(a) - noun.order(b))
    .map(([title, ofGroup]) => `## ${headingOf(title)}\n\n${ofGroup.map(write).join('\n\n')}`)
    .join('\n\n');
}

/** In the plural, so that it is another anchor than that of the type. */
const headingOf = (/** @type {string} */ name) => {
  const words = sentence(name.replaceAll(/(?<!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
  return name === noun.other ? words : `${words}s`.replace(/(?<![aeiou])ys$/, 'ies');
};

/**
 * @param {any[]} items
 * @param {(item: any) => string} about
 */
function groupBy(items, about) {
  /** @type {Map<string, any[]>} */
  const groups = new Map();
  for (const item of items) groups.set(about(item), [...(groups.get(about(item)) ?? []), item]);
  return groups;
}

/** @param {any} field */
function query(field) {
  return [`### ${field.name}`, described(field), signature(field)].join('\n\n');
}

/** @param {any} field */
const signature = ({ args, type }) =>
  [
    ...args.map(
      (/** @type {any} */ arg) =>
        `- \`${arg.name}\`: ${link(arg.type)}${withDefault(arg)}. ${arg.description ?? ''}`,
    ),
    `- Returns ${link(type)}.`,
  ]
    .map((line) => line.replaceAll('\n', ' '))
    .join('\n');

/** @param {any} field */
function mutation(field) {
  const { name, args, type } = field;
  const result = /** @type {any} */ (getNullableType(type));
  const members = isUnionType(result) ? result.getTypes() : [result];
  const [payload] = members.filter(isPayload);
  const failures = members.filter((member) => !isPayload(member)).map(({ name }) => code(name));
  return [
    `### ${name}`,
    described(field),
    args.map((/** @type {any} */ arg) => `Input: ${link(arg.type)}.`).join(' '),
    failures.length > 0
      ? `Payload \`${payload?.name}\`, or one of ${failures.join(', ')}:`
      : `Payload \`${payload?.name}\`:`,
    fieldTable(payload),
  ].join('\n\n');
}

export const queries = () =>
  grouped(
    Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ name }) => !name.startsWith('_')),
    query,
    ({ name, type }) => groupOf(name, getNamedType(type).name),
  );
export const subscriptions = () =>
  [
    ...subscriptionFields.map((field) => query(field).replace(/^###/, '##')),
    ...shown['schema-subscriptions.md'].map((type) => section(type).replace(/^###/, '##')),
  ].join('\n\n');
export const mutations = () => grouped(mutationFields, mutation);
export const objects = () => grouped(shown['schema-objects.md'], section);
export const inputs = () => grouped(shown['schema-inputs.md'], section);
export const enums = () => grouped(shown['schema-enums.md'].filter(isEnumType), section);
export const scalars = () => shown['schema-enums.md'].filter(isScalarType).map(section).join('\n\n');
