// What rows say and the SDK knows as well must be the same; what only AWS's pages say stands here once more.
import type * as ivsRealtime from '@aws-sdk/client-ivs-realtime';
import { describe, expect, it, test } from 'vitest';
import { settings } from '../../../src/config/config.ts';
import { CallRates } from '../../../src/emulator/aws/rates.ts';
import { type Operation as Modelled, model, type Shape } from '../../../src/emulator/model/model.ts';
import type { Clock } from '../../../src/emulator/world/clock.ts';
import { lifetimeOf } from '../../../src/upstream/cache/lifetimes.ts';
import {
  type Operation,
  type OperationName,
  operationNamed,
  operationOf,
} from '../../../src/upstream/operation.ts';
import type { Rows } from '../../../src/upstream/services/facts.ts';
import { type ServiceName, services } from '../../../src/upstream/services/index.ts';

type RealTimeRows = Rows<typeof ivsRealtime, string>;

const rows = model.map((modelled) => ({
  modelled,
  facts: operationNamed(modelled.name as OperationName, modelled.service),
}));
const namesWhere = (is: (facts: Operation, modelled: Modelled) => unknown) =>
  rows.filter(({ facts, modelled }) => is(facts, modelled)).map(({ facts: { name } }) => name);
const requiredArnsIn = ({ input }: Modelled) =>
  [...input.members].filter(([name, { required }]) => required && /arns?$/i.test(name)).map(([name]) => name);

describe('rows', () => {
  it.each(Object.keys(services) as ServiceName[])(
    'are those of all operations of %s, and no others',
    (name) => {
      const published = model.filter(({ service }) => service === name).map((operation) => operation.name);
      expect(Object.keys(services[name].operations).sort()).toEqual(published.sort());
    },
  );

  it('do not compile when an operation or a fact is missing, or wrong', () => {
    const { GetStage, ...others } = services['ivs-realtime'].operations;
    // @ts-expect-error: no row of GetStage
    const withoutRow: RealTimeRows = others;
    const { rate, ...withoutRate } = GetStage;
    // @ts-expect-error: no rate
    const noRate: RealTimeRows['GetStage'] = withoutRate;
    // @ts-expect-error: the output has no such member
    const misspelt: RealTimeRows['GetStage']['output'] = 'stages';
    // @ts-expect-error: a participant has no ARN, so the output shows no permission
    const unproven: RealTimeRows['GetParticipant']['returnsSubjects'] = true;
    expect([rate, withoutRow, noRate, misspelt, unproven]).not.toContain(undefined);
  });

  it('are read where AWS says get or list', () => {
    expect(namesWhere(({ isRead }) => isRead)).toEqual(
      namesWhere(({ name }) => /^(Get|List|BatchGet)/.test(name)),
    );
    expect(namesWhere((facts) => facts.isRead && facts.isList)).toEqual(
      namesWhere(({ name }) => name.startsWith('List')),
    );
    expect(namesWhere((facts) => !facts.isRead && facts.deletes)).toEqual(
      namesWhere(({ name }) => name.startsWith('Delete')),
    );
  });

  it.each(rows)('$modelled.name names the member that wraps all of its output', ({ facts, modelled }) => {
    const members = [...modelled.output.members].filter(([, { binding }]) => binding === 'body');
    const [[name, { shape }] = [null, { shape: undefined }]] = members;
    expect(facts.output).toBe(members.length === 1 && shape?.kind === 'structure' ? name : null);
  });

  it('name as subjects what inputs must name', () => {
    const others = rows.filter(
      ({ facts, modelled }) => String(facts.subjects) !== String(requiredArnsIn(modelled)),
    );
    expect(others.map(({ facts: { name, subjects } }) => [name, ...subjects])).toEqual([
      // Each of its pairs names a channel.
      ['BatchStartViewerSessionRevocation', 'viewerSessions'],
      // Its stage may come later.
      ['CreateIngestConfiguration', 'stageArn'],
    ]);
  });

  it('say of reads by own ARN, and of no others, that the output shows permission', () => {
    const byOwnArn = namesWhere(({ isRead, subjects }) => isRead && /^arns?$/.test(String(subjects)));
    expect(namesWhere((facts) => facts.isRead && facts.returnsSubjects)).toEqual(byOwnArn);
  });

  it('say whom all those let in that name a user, or take a key that signs for users', () => {
    const admitting = namesWhere(
      ({ isRead }, { input, output }) =>
        !isRead && (hasMember(output, 'userId') || hasMember(input, 'publicKeyMaterial')),
    );
    // It names a participant, who is a user, and a stage where that one is not yet.
    expect(namesWhere((facts) => !facts.isRead && facts.admits).sort()).toEqual(
      [...admitting, 'StartParticipantReplication'].sort(),
    );
    expect(admitting.sort()).toEqual([
      'CreateIngestConfiguration',
      'CreateParticipantToken',
      'CreateStage',
      'ImportPlaybackKeyPair',
      'ImportPublicKey',
      'UpdateIngestConfiguration',
    ]);
  });

  it('say whose secrets all those reads return that return some with a user', () => {
    expect(namesWhere((facts) => facts.isRead && facts.secretsOf)).toEqual(
      namesWhere(
        ({ isRead }, { output }) => isRead && hasMember(output, 'streamKey') && hasMember(output, 'userId'),
      ),
    );
  });
});

const membersOf = (shape: Shape | undefined) =>
  shape?.kind === 'structure' ? [...shape.members.keys()] : [];
const itemOf = (list: Shape | undefined) => membersOf(list?.kind === 'list' ? list.of : undefined);
const named = (name: string, service: string) =>
  rows.find(({ facts }) => facts.name === name && facts.service === service);

describe('a list has the items of', () => {
  const listed = rows.flatMap(({ facts, modelled }) =>
    facts.isRead && facts.listedBy ? [{ name: facts.name, facts, modelled, row: facts.listedBy }] : [],
  );

  it('every read of one resource, but of those that have a batch read', () => {
    const reads = namesWhere(
      ({ isRead, name }) => isRead && /^Get/.test(name) && !/^Get(Channel|StreamKey)$/.test(name),
    );
    expect(listed.map(({ name }) => name)).toEqual(reads);
  });

  it('and revalidates exactly the reads whose lifetime says so', () => {
    const long = namesWhere((facts) => facts.isRead && lifetimeOf(facts, {})?.maxAgeWhileUnchanged);
    expect(listed.filter(({ row }) => row.state).map(({ name }) => name)).toEqual(long);
    expect(long).not.toEqual([]);
  });

  it.each(listed)('$name, with the state and the key of its resource', ({ facts, modelled, row }) => {
    const list = named(row.list, facts.service);
    const item = itemOf(list?.modelled.output.members.get(row.items)?.shape);
    const resource = membersOf(modelled.output.members.get(facts.output ?? '')?.shape);
    expect(list?.facts).toMatchObject({ isRead: true, isList: true });
    const state = row.state ? [row.state] : [];
    expect([item, resource]).toEqual([expect.arrayContaining(state), expect.arrayContaining(state)]);
    expect(item).toContain(row.id);
    expect([...(list?.modelled.input.members.keys() ?? [])]).toEqual(
      expect.arrayContaining([...row.within, 'nextToken', 'maxResults']),
    );
    expect([...row.within, row.id].sort()).toEqual([...modelled.input.members.keys()].sort());
    expect(facts.output).not.toBeNull();
  });
});

describe('a batch reads', () => {
  const batched = rows.flatMap(({ facts, modelled }) =>
    facts.isRead && facts.batchedBy ? [{ name: facts.name, facts, modelled, row: facts.batchedBy }] : [],
  );

  it('all that AWS has a batch read for', () => {
    const names = namesWhere(({ name }) => /^BatchGet/.test(name));
    expect(batched.map(({ row }) => row.batch)).toEqual(names);
  });

  it.each(batched)('$name, by its id', ({ facts, modelled, row }) => {
    const batch = named(row.batch, facts.service)?.modelled;
    expect(batch?.input.members.has(row.ids)).toBe(true);
    expect(itemOf(batch?.output.members.get(row.items)?.shape)).toContain(row.id);
    expect(itemOf(batch?.output.members.get('errors')?.shape)).toEqual(
      expect.arrayContaining([row.id, 'code', 'message']),
    );
    expect([...modelled.input.members.keys()]).toEqual([row.id]);
    expect(facts.output).not.toBeNull();
  });
});

/** Whether a structure in it has a member of that name. */
function hasMember(shape: Shape, name: string): boolean {
  if (shape.kind === 'list' || shape.kind === 'map') return hasMember(shape.of, name);
  if (shape.kind !== 'structure') return false;
  return (
    shape.members.has(name) || [...shape.members.values()].some((member) => hasMember(member.shape, name))
  );
}

describe('resources', () => {
  const resources = Object.values(services).flatMap((service) => Object.entries(service.resources));
  const owned = resources.flatMap(([type, { owner }]) => (owner ? [{ type, ...owner }] : []));

  it('have an owner where reading one by its ARN names a stage or a channel', () => {
    const reads = namesWhere((facts, { output }) => {
      const shape = facts.isRead && facts.returnsSubjects && output.members.get(facts.output ?? '')?.shape;
      return (
        shape &&
        shape.kind === 'structure' &&
        (shape.members.has('stageArn') || shape.members.has('channelArn'))
      );
    });
    expect(owned.map(({ read }) => operationOf(read('x')).name).sort()).toEqual(reads.sort());
  });

  it('are created by exactly one operation, which names the owner', () => {
    const created = rows.flatMap(({ facts }) =>
      facts.isRead || !facts.creates ? [] : [[facts.creates, ...facts.subjects]],
    );
    const expected = resources.map(([type, { owner }]) => (owner ? [type, owner.member] : [type]));
    expect(created.sort()).toEqual(expected.sort());
  });
});

// https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html
// https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html
const otherThan5: Record<number, string[]> = {
  1: ['InsertAdBreak'],
  2: ['BatchStartViewerSessionRevocation'],
  3: [
    ...['ImportPlaybackKeyPair', 'GetPlaybackKeyPair', 'ListPlaybackKeyPairs', 'DeletePlaybackKeyPair'],
    ...['CreateRecordingConfiguration', 'GetRecordingConfiguration'],
    ...['ListRecordingConfigurations', 'DeleteRecordingConfiguration'],
    ...['ImportPublicKey', 'GetPublicKey', 'ListPublicKeys', 'DeletePublicKey'],
    ...['CreateAdConfiguration', 'GetAdConfiguration', 'ListAdConfigurations'],
    ...['UpdateAdConfiguration', 'DeleteAdConfiguration'],
  ],
  10: ['StartViewerSessionRevocation', 'ListTagsForResource', 'TagResource', 'UntagResource'],
  50: ['CreateParticipantToken'],
  155: ['PutMetadata'],
};
const notPublished = ['UpdateAdConfiguration'];

test.each(rows)('the rate of $modelled.name is the published one', ({ facts: { name, rate } }) => {
  const [perSecond = 5] = Object.entries(otherThan5).find(([, names]) => names.includes(name)) ?? [];
  expect(rate.perSecond).toBe(Number(perSecond));
  expect(rate.source === 'not documented').toBe(notPublished.includes(name));
});

test.each(rows)('the emulator lets as many calls of $modelled.name in', ({ facts: { name, rate } }) => {
  const [rates, now] = [new CallRates(), new Date(0)];
  const caller = { accountId: '123456789012', clock: { now: () => now } as Clock };
  // PutMetadata has a rate of each channel, too
  const admitted = Array.from({ length: 200 }, (_, index) =>
    rates.admits(caller, 'us-west-2', name, { channelArn: String(index) }),
  );
  expect(admitted.filter(Boolean)).toHaveLength(rate.perSecond);
});

test.each(Object.values(services))('$name is what its client says', (service) => {
  const { config } = new service.Client({ region: 'us-west-2' });
  const [scheme] = config.httpAuthSchemeProvider({ operation: '', region: 'us-west-2' });
  expect(scheme?.signingProperties?.name).toBe(service.signingName);
  const variable = `AWS_ENDPOINT_URL_${config.serviceId.replace(' ', '_').toUpperCase()}`;
  expect(service.endpointVariable).toBe(variable);
  expect(settings().map(({ name }) => name)).toContain(variable);
});
