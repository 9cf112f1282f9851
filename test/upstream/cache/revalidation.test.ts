// Details that hold because a list says the same of them, whichever request read the list.
import { GetParticipantCommand, ListParticipantsCommand } from '@aws-sdk/client-ivs-realtime';
import { describe, expect, it } from 'vitest';
import { openCache } from '../../support/cache.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { people } from '../../support/people.ts';
import { createStage } from '../../support/world.ts';

const pass = ({ clock }: TestGateway, milliseconds: number) =>
  new Promise<void>((resolve) => clock.after(milliseconds, resolve));

describe('a detail', () => {
  const watch = async (count: number) => {
    const { gateway, entities, representationOf, participantIds } = await people(count, { cached: true });
    const all = participantIds.map(representationOf);
    const { stageArn, sessionId } = representationOf('');
    const list = (filter = '') =>
      gateway.data(
        `{ participants(stageArn: "${stageArn}", sessionId: "${sessionId}", first: 100 ${filter}) { nodes { state } } }`,
      );
    const detail = async (index = 0) => (await entities([all[index] as object], 'state browserName'))[0];
    /** It is read when the list is known. */
    const readAll = async () => {
      await list();
      await entities(all, 'state browserName');
      gateway.calls();
    };
    return { gateway, all, list, detail, readAll, stageArn, participantIds };
  };

  it('that is named by key holds while others read the same in its list', async () => {
    const { gateway, list, detail, readAll } = await watch(2);
    await readAll();
    await pass(gateway, 60_000);
    await list();
    await detail();
    expect(gateway.calls()).toEqual({ ListParticipants: 1 });
    await pass(gateway, 1_000);
    await detail();
    expect(gateway.calls()).toEqual({ GetParticipant: 1 });
  });

  it('is read again when others read something else in its list', async () => {
    const { gateway, all, list, detail, readAll } = await watch(2);
    await readAll();
    await pass(gateway, 1_000);
    const { stageArn, participantId } = all[0] as { stageArn: string; participantId: string };
    gateway.emulator.control.leave({ stageArn, participantId });
    await list();
    expect((await detail()).state).toBe('DISCONNECTED');
    expect(gateway.calls()).toEqual({ ListParticipants: 1, GetParticipant: 1 });
  });

  it('holds while a filtered list says the same', async () => {
    const { gateway, list, detail, readAll } = await watch(2);
    await readAll();
    await pass(gateway, 60_000);
    await list('filter: { state: CONNECTED }');
    await detail();
    expect(gateway.calls()).toEqual({ ListParticipants: 1 });
  });

  it('is no better for HTTP caches than the list that it holds by', async () => {
    const { gateway, all, list, readAll } = await watch(1);
    await readAll();
    await pass(gateway, 60_000);
    await list();
    const { stageArn, sessionId, participantId } = all[0] as Record<string, string>;
    const query = `{ participant(stageArn: "${stageArn}", sessionId: "${sessionId}", participantId: "${participantId}") { browserName } }`;
    const { headers } = await gateway.fetch(`http://gateway/graphql?${new URLSearchParams({ query })}`);
    expect(headers.get('cache-control')).toBe('private, max-age=1');
    expect(gateway.calls()).toEqual({ ListParticipants: 1 });
  });

  it('of somebody else holds though one is disconnected while the list is read', async () => {
    const { gateway, list, detail, readAll, stageArn, participantIds } = await watch(2);
    await readAll();
    await pass(gateway, 60_000);
    gateway.emulator.faults.add({ operation: 'ListParticipants', times: 1, delayMs: 300 });
    const listed = list();
    while (gateway.emulator.calls.count('ListParticipants') === 0) await new Promise(setImmediate);
    const input = `{ stageArn: "${stageArn}", participantId: "${participantIds[1]}" }`;
    await gateway.data(`mutation { disconnectParticipant(input: ${input}) { __typename } }`);
    await listed;
    await detail(0);
    expect(gateway.calls()).toEqual({ ListParticipants: 1, DisconnectParticipant: 1 });
    expect((await detail(1)).state).toBe('DISCONNECTED');
  });
});

it('what a list said before a write goes with nothing that is read after it', async () => {
  const gateway = await startGateway({ cached: true });
  const arn = await createStage(gateway, 'old');
  const list = '{ stages { nodes { name } } }';
  const read = `{ stage(arn: "${arn}") { name endpoints { whip } } }`;
  await gateway.data(list);
  await gateway.data(`mutation { updateStage(input: { arn: "${arn}", name: "new" }) { __typename } }`);
  await gateway.data(read);
  await gateway.data(list);
  gateway.calls();
  expect((await gateway.data(read)).stage.name).toBe('new');
  expect(gateway.calls()).toEqual({});
});

describe('a response', () => {
  const who = { stageArn: 'arn:aws:ivs:us-west-2:123456789012:stage/a', sessionId: 's', participantId: 'p' };
  const start = () => {
    const aws = openCache();
    const read = (participant: object) => {
      const answer = aws.send(new GetParticipantCommand(who));
      aws.answers.at(-1)?.({ participant });
      return answer;
    };
    const list = (participant: object, maxResults?: number) => {
      const { stageArn, sessionId } = who;
      const answer = aws.send(new ListParticipantsCommand({ stageArn, sessionId, maxResults }));
      aws.answers.at(-1)?.({ participants: [{ participantId: 'p', ...participant }] });
      return answer;
    };
    return { aws, read, list };
  };
  const [connected, disconnected] = [{ state: 'CONNECTED' }, { state: 'DISCONNECTED' }];

  it('that differs from its list does not hold by it when it says what it said', async () => {
    const { aws, read, list } = start();
    await list(connected);
    await read(disconnected);
    await aws.pass(2_000);
    await list(connected);
    expect(await read(connected)).toEqual({ participant: connected });
  });

  it('does not hold by what a list said that changed while it was read', async () => {
    const { aws, read, list } = start();
    await list(connected);
    const early = aws.send(new GetParticipantCommand(who));
    const answer = aws.answers.at(-1);
    const published = { ...connected, published: true };
    await list(published, 1);
    answer?.({ participant: connected });
    await early;
    await aws.pass(2_000);
    await list(published);
    expect(await read(published)).toEqual({ participant: published });
  });

  it('holds by the list that began later, whichever ended first', async () => {
    const { aws, read, list } = start();
    await list(connected);
    await read(connected);
    await aws.pass(2_000);
    const { stageArn, sessionId } = who;
    const early = aws.send(new ListParticipantsCommand({ stageArn, sessionId, maxResults: 1 }));
    const answer = aws.answers.at(-1);
    await list(disconnected);
    answer?.({ participants: [{ participantId: 'p', ...connected }] });
    await early;
    expect(await read(disconnected)).toEqual({ participant: disconnected });
  });
});
