// The control API as an OpenAPI document, from the commands. https://spec.openapis.org/oas/v3.1.1.html
import { version } from '../version.ts';
import type { Command } from './commands/command.ts';
import { record, text } from './commands/command.ts';
import { commands } from './commands/index.ts';
import { kindSchemas } from './member-rules.ts';
import type { JsonSchema } from './rule.ts';

const json = (schema: JsonSchema, example?: object) => ({
  'application/json': { schema, ...(example && { example }) },
});
/** Generators name the client by it. */
const TAGS = ['control'];
const refTo = (part: string, name: string) => ({ $ref: `#/components/${part}/${name}` });

/** `url` is where this emulator listens. */
export function openApi(url: string): object {
  const paths = Object.entries<Command>(commands).map(([name, command]) => [
    `/_control/${name}`,
    { ...(command.isRead && { get: queryOf(name, command) }), post: postOf(name, command) },
  ]);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Control API of the ivs-graphql emulator',
      version,
      description: 'What participants, viewers, encoders and time do in an emulated world of Amazon IVS.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url }],
    security: [],
    paths: Object.fromEntries(paths),
    components: { schemas: schemas(), responses: { Refused: refused } },
  };
}

const refused = {
  description: [
    'The command was refused, and `error` says why.',
    '400: an unknown member, an invalid value, no such resource, or what the world does not allow.',
    '403: the request is of a web page of another site.',
    '408: `waitForCalls` timed out.',
    '413: the body is above 1 MB.',
  ].join('\n'),
  content: json(record({ error: text })),
};

function schemas(): Record<string, JsonSchema> {
  const all = Object.values<Command>(commands);
  const used = new Set(all.flatMap(({ members }) => Object.values(members).map(kindOf)));
  return Object.fromEntries([...used].sort().map((kind) => [kind, kindSchemas[kind] ?? {}]));
}

const kindOf = (member: string) => member.replace('?', '');
const isRequired = (member: string) => !member.endsWith('?');

function postOf(name: string, { meaning, members, example, returns }: Command) {
  const fields = Object.entries(members);
  const required = fields.filter(([, kind]) => isRequired(kind)).map(([member]) => member);
  const schema = {
    type: 'object',
    properties: Object.fromEntries(fields.map(([member, kind]) => [member, refTo('schemas', kindOf(kind))])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
  return {
    operationId: name,
    tags: TAGS,
    summary: meaning,
    requestBody: { required: required.length > 0, content: json(schema, example) },
    responses: responsesOf(returns),
  };
}

function queryOf(name: string, { meaning, members, example, returns }: Command) {
  const examples: Record<string, unknown> = { ...example };
  return {
    operationId: `${name}ByQuery`,
    tags: TAGS,
    summary: meaning,
    parameters: Object.entries(members).map(([member, kind]) => ({
      name: member,
      in: 'query',
      required: isRequired(kind),
      ...parameterOf(refTo('schemas', kindOf(kind)), kindOf(kind) === 'object', examples[member]),
    })),
    responses: responsesOf(returns),
  };
}

/** An object is JSON in the query, too. */
const parameterOf = (schema: JsonSchema, isObject: boolean, example: unknown) =>
  isObject ? { content: json(schema) } : { schema, ...(example !== undefined && { example }) };

const responsesOf = (returns: JsonSchema) => ({
  200: { description: 'The command was carried out.', content: json(returns) },
  '4XX': refTo('responses', 'Refused'),
});
