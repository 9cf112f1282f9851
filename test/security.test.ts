// The policy in SECURITY.md lets the gateway do what its schema can ask for, scope by scope, and nothing else.
import { readFileSync } from 'node:fs';
import { type GraphQLField, isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { model } from '../src/emulator/model/model.ts';
import { schema } from '../src/schema/index.ts';
import type { FieldCosts } from '../src/schema/language/costs.ts';
import { entities } from '../src/schema/loading/entity.ts';

const SCOPES: Record<string, string> = {
  IvsRead: 'ivs:read',
  IvsWrite: 'ivs:write',
  IvsModerate: 'ivs:moderate',
  IvsToken: 'ivs:token',
  IvsWriteAndToken: 'ivs:write ivs:token',
};
interface Statement {
  Sid: string;
  Effect: string;
  Action: string[];
}
const text = readFileSync(new URL('../SECURITY.md', import.meta.url), 'utf8');
const statements: Statement[] = JSON.parse(/```json\n([^`]*)```/.exec(text)?.[1] ?? '').Statement;
const policy = Object.fromEntries(statements.map(({ Sid, Action }) => [SCOPES[Sid], Action]));

const channelArn = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';
const stageArn = 'arn:aws:ivs:us-west-2:123456789012:stage/AllHands0001';
const input = {
  resourceArn: channelArn,
  arns: [channelArn, stageArn],
  resourceArns: [channelArn, stageArn],
  tags: [{ key: 'k', value: 'v' }],
  tagKeys: ['k'],
  participants: [{ stageArn, participantId: 'a' }],
  participantTokens: [{ stageArn }],
  // As many as make both of its operations worth their while.
  viewerSessions: Array.from({ length: 100 }, (_, index) => ({ channelArn, viewerId: `viewer-${index}` })),
};

/** What a field can make the gateway send, itself or by way of the thing that it stands on. */
function operationsOf({ extensions }: GraphQLField<unknown, unknown>): string[] {
  const { list, scans, calls } = extensions as FieldCosts;
  const sent = calls?.({ input, ...input }).map(({ operation }) => operation) ?? [];
  return [list?.operation, scans?.operation, ...sent].flatMap((operation) => operation ?? []);
}

const wanted = new Map<string, Set<string>>();
const want = (scope: string, operations: (string | undefined)[]) => {
  const known = wanted.get(scope) ?? new Set();
  wanted.set(scope, known);
  for (const operation of operations) if (operation) known.add(`ivs:${operation}`);
};
for (const { filledBy, batchedBy } of entities.values()) want('ivs:read', [filledBy, batchedBy?.operation]);
for (const type of Object.values(schema.getTypeMap()).filter(isObjectType))
  for (const field of Object.values(type.getFields())) {
    const scopes = (field.extensions.scopes as string[] | undefined) ?? ['ivs:read'];
    want(scopes.join(' '), operationsOf(field));
  }

it.each(Object.values(SCOPES))('%s: the actions are those that its fields send', (scope) => {
  expect(policy[scope]).toEqual([...(wanted.get(scope) ?? [])].sort());
});

it('ivs:secret sends nothing that ivs:read does not', () => {
  expect([...(wanted.get('ivs:secret') ?? [])]).toEqual([]);
});

it('together they are the operations of both APIs, each in one scope', () => {
  const actions = Object.values(policy).flat();
  expect(actions.toSorted()).toEqual([...new Set(model.map(({ name }) => `ivs:${name}`))].sort());
  expect(model).toHaveLength(80);
});

it('each statement allows, and is of a scope', () => {
  expect(statements.map(({ Sid }) => Sid)).toEqual(Object.keys(SCOPES));
  expect(new Set(statements.map(({ Effect }) => Effect))).toEqual(new Set(['Allow']));
});
