// What is said of a command, once: the server checks by it, and GET /_control, the OpenAPI document and the docs repeat it.

import { kindSchemas } from '../../inputs/member-rules.ts';
import type { Fields } from '../../inputs/members.ts';
import { anyObject, type JsonSchema } from '../../inputs/rule.ts';
import type { Control } from '../control.ts';

export interface Command<Name extends keyof Control = keyof Control> {
  /** A sentence for the docs. */
  meaning: string;
  members: Fields;
  /** An input that the still demo world accepts, when the examples are sent in the order of the commands. */
  example: Input<Name>;
  returns: JsonSchema;
  /** An example of the response, where it has members. */
  answer?: unknown;
  /** It changes nothing and takes GET, too. */
  isRead?: true;
  /** It returns when something has happened, or a 408. */
  waits?: true;
}

type Input<Name extends keyof Control> = [Parameters<Control[Name]>[0]] extends [undefined]
  ? Record<string, never>
  : NonNullable<Parameters<Control[Name]>[0]>;

export type Commands<Name extends keyof Control> = { [N in Name]: Command<N> };

export const text: JsonSchema = { type: 'string' };
export const time: JsonSchema = { type: 'string', format: 'date-time' };
export const number: JsonSchema = { type: 'number' };
export const object = anyObject;
export const integer: JsonSchema = { type: 'integer', minimum: 0 };
export const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
export const mapOf = (additionalProperties: JsonSchema): JsonSchema => ({
  type: 'object',
  additionalProperties,
});

/** An object with these members, and others that it can have. */
export const record = (
  members: Record<string, JsonSchema>,
  optional: Record<string, JsonSchema> = {},
): JsonSchema => ({
  type: 'object',
  properties: { ...members, ...optional },
  required: Object.keys(members),
  additionalProperties: false,
});

/** Of the members of an input, where a response has them, too. */
export const schemasOf = (fields: Fields): Record<string, JsonSchema> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, kind]) => [name, kindSchemas[kind.replace('?', '')] ?? {}]),
  );

/** Of what only changes the world. */
export const nothing = record({});

/** Without it, the command is about all accounts, or the emulator's own. */
export const ofAccount = { account: 'account?' } as const;

const arn = (kind: string, id: string) => `arn:aws:ivs:us-west-2:123456789012:${kind}/${id}`;

/** In the demo world. */
export const demo = {
  stageArn: arn('stage', 'TownHall0001'),
  recordedStageArn: arn('stage', 'PodcastStud1'),
  channelArn: arn('channel', 'MainStage001'),
  idleChannelArn: arn('channel', 'NightMarket1'),
  compositionArn: arn('composition', 'TownHall0001'),
  ingestConfigurationArn: arn('ingest-configuration', 'SpareCamera1'),
};
