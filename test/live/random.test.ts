// A state and the messages behind it, applied one after the other, are what another subscriber gets as its state: no
// hole, and no message twice. Random joins, leaves, events, subscribers and times.
import { expect, it } from 'vitest';
import { EVENTS, listenForEvents, stageUpdate } from '../support/events.ts';
import { startGateway } from '../support/gateway.ts';
import { type Listener, listen } from '../support/listen.ts';
import { createStage } from '../support/world.ts';

const QUERY = `subscription ($stage: ID!, $after: String) {
  participants(stageArn: $stage, after: $after) {
    __typename
    ... on LiveEvent { id cursor }
    ... on ParticipantsState { nodes { participantId } }
    ... on ParticipantJoined { participant { participantId } }
    ... on ParticipantLeft { participant { participantId } }
    ... on ParticipantChanged { participant { participantId } }
  }
}`;

const HISTORIES = 12;
const STEPS = 60;

function randomOf(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

/** What a client shows that follows the messages. */
class Client {
  readonly shown = new Set<string>();
  readonly seen = new Set<string>();
  cursor: string | undefined;
  listener: Listener;

  constructor(listener: Listener) {
    this.listener = listener;
  }

  async read(): Promise<void> {
    while (this.listener.waiting() > 0) {
      const { data } = await this.listener.next();
      this.#take(data.participants);
    }
  }

  // biome-ignore lint/suspicious/noExplicitAny: a message of the subscription
  #take(message: any): void {
    expect(this.seen.has(message.id)).toBe(false);
    this.seen.add(message.id);
    this.cursor = message.cursor;
    const id = message.participant?.participantId;
    if (message.__typename === 'ParticipantsState') {
      this.shown.clear();
      for (const { participantId } of message.nodes) this.shown.add(participantId);
    } else if (message.__typename === 'ParticipantJoined') {
      expect(this.shown.has(id)).toBe(false);
      this.shown.add(id);
    } else if (message.__typename === 'ParticipantLeft') {
      expect(this.shown.delete(id)).toBe(true);
    } else if (message.__typename === 'ParticipantChanged') {
      expect(this.shown.has(id)).toBe(true);
    }
  }
}

it.each(Array.from({ length: HISTORIES }, (_, seed) => seed + 1))(
  'history %i',
  async (seed) => {
    const random = randomOf(seed);
    const gateway = await startGateway({ server: { events: EVENTS } });
    const { control } = gateway.emulator;
    const stage = await createStage(gateway);
    const { send } = await listenForEvents(gateway);
    const subscribe = (after?: string) => listen(gateway, QUERY, { stage, after });
    const first = new Client(await subscribe());
    const clients = [first];
    const here = new Map<string, string>();
    let count = 0;
    const pass = (milliseconds: number) =>
      new Promise<void>((resolve) => void gateway.clock.after(milliseconds, resolve));
    const steps: (() => unknown)[] = [
      () => {
        count += 1;
        const { participantId, sessionId } = control.join({ stageArn: stage, participantId: `p${count}` });
        here.set(participantId, sessionId);
      },
      () => {
        const [id] = [...here.keys()].slice(random(Math.max(1, here.size)));
        if (id === undefined) return;
        control.leave({ stageArn: stage, participantId: id });
        here.delete(id);
      },
      () => {
        const [some] = [...here].slice(random(Math.max(1, here.size)));
        const [participant_id, session_id] = some ?? ['nobody', 'st-0000000000000'];
        const detail = { event_name: 'Participant Published', participant_id, session_id };
        const ago = random(3) === 0 ? 90_000 : 0;
        const time = new Date(Date.now() - ago).toISOString();
        return send(stageUpdate(stage, participant_id, 'Participant Published', { detail, time }));
      },
      () => pass(random(5000)),
      async () => {
        if (clients.length < 6) clients.push(new Client(await subscribe()));
      },
      async () => {
        const client = clients[random(clients.length)] as Client;
        await client.read();
        if (client.cursor === undefined) return;
        client.listener.close();
        client.listener = await subscribe(client.cursor);
      },
    ];
    for (let step = 0; step < STEPS; step += 1) await steps[random(steps.length)]?.();
    await pass(30_000);
    const last = new Client(await subscribe());
    await pass(10_000);
    for (const client of [...clients, last]) {
      await client.read();
      expect([...client.shown].sort()).toEqual([...here.keys()].sort());
    }
  },
  60_000,
);
