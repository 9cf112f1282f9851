// The control API as an OpenAPI document, from the commands. https://spec.openapis.org/oas/v3.1.1.html
import { version } from '../../version.ts';
import { effectFields } from '../faults/fault.ts';
import { kindSchemas } from '../inputs/member-rules.ts';
import type { Fields } from '../inputs/members.ts';
import type { JsonSchema } from '../inputs/rule.ts';
import type { Command } from './commands/command.ts';
import { record, text } from './commands/command.ts';
import { commands } from './commands/index.ts';

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
    components: { schemas: schemas(), responses: { Refused: refused, TimedOut: timedOut } },
  };
}

const refused = {
  description: [
    'The command was refused, and `error` says why.',
    '400: an unknown member, an invalid value, no such resource, or what the world does not allow.',
    '403: the request is of a web page of another site.',
    '404: no such command.',
    '405: the command takes another method, which `allow` names.',
    '408: `waitForCalls` timed out.',
    '413: the body is above 1 MB.',
  ].join('\n'),
  content: json(record({ error: text }), {
    error: 'startStream: viewerCount: expected a whole number from -1 to 2147483647, got -2',
  }),
};

const timedOut = {
  description: 'There were too few calls within `timeoutMs`. `error` says how many.',
  content: json(record({ error: text }), {
    error: 'waitForCalls: expected a count of 1 within 5000 ms, got 0',
  }),
};

function schemas(): Record<string, JsonSchema> {
  const all = Object.values<Command>(commands);
  const used = new Set(all.flatMap(({ members }) => Object.values(members).map(kindOf)));
  const kinds = [...used, ...Object.values(effectFields).map(kindOf)].sort();
  const ofKinds = Object.fromEntries(kinds.map((kind) => [kind, kindSchemas[kind] ?? {}]));
  const items = { anyOf: [{ const: 'pass' }, refTo('schemas', EFFECT)] };
  return {
    ...ofKinds,
    faultSequence: { ...ofKinds.faultSequence, items },
    [EFFECT]: objectOf(effectFields),
  };
}

/** What a step of a sequence does. */
const EFFECT = 'faultEffect';

function objectOf(members: Fields): JsonSchema {
  const fields = Object.entries(members);
  const required = fields.filter(([, kind]) => isRequired(kind)).map(([member]) => member);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([member, kind]) => [member, refTo('schemas', kindOf(kind))])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

const kindOf = (member: string) => member.replace('?', '');
const isRequired = (member: string) => !member.endsWith('?');

function postOf(name: string, command: Command) {
  const { meaning, members, example } = command;
  const isNeeded = Object.values(members).some(isRequired);
  return {
    operationId: name,
    tags: TAGS,
    summary: meaning,
    requestBody: { required: isNeeded, content: json(objectOf(members), example) },
    responses: responsesOf(command),
  };
}

function queryOf(name: string, command: Command) {
  const { meaning, members, example } = command;
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
    responses: responsesOf(command),
  };
}

/** An object is JSON in the query, too. */
const parameterOf = (schema: JsonSchema, isObject: boolean, example: unknown) =>
  isObject ? { content: json(schema) } : { schema, ...(example !== undefined && { example }) };

const responsesOf = ({ returns, answer = {}, waits }: Command) => ({
  200: { description: 'The command was carried out.', content: json(returns, answer as object) },
  ...(waits && { 408: refTo('responses', 'TimedOut') }),
  '4XX': refTo('responses', 'Refused'),
});
