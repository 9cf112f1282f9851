// Random writes and reads through two replicas with a response cache each: no response is older than the last write that had
// returned when its request was sent, and none has what its caller must not see.
import { afterAll, describe, expect, it } from 'vitest';
import { boundedTo, callerWith } from '../../support/callers.ts';
import { listenTo, type Post } from '../../support/listening.ts';
import { dice } from '../../support/random-query.ts';
import { isInstalled, startReplicas } from '../../support/redis.ts';

const [STAGES, REQUESTS, AT_ONCE] = [4, 10_000, 8];
const SEED = 20;

let hits = 0;
afterAll(() => isInstalled && expect(hits).toBeGreaterThan(REQUESTS / 4));

describe.skipIf(!isInstalled)('with Redis', { timeout: 300_000 }, () => {
  it(`${REQUESTS} requests, none stale or foreign`, async () => {
    const roll = dice(SEED);
    const below = (count: number) => Math.floor(roll() * count);
    const { lead, replicas } = await startReplicas(2, { cached: true, callRates: false });
    const arns: string[] = [];
    for (let index = 0; index < STAGES; index += 1) {
      const { createStage } = await lead.data(
        'mutation { createStage(input: { name: "v0" }) { ... on CreateStagePayload { stage { arn } } } }',
      );
      arns.push(createStage.stage.arn);
    }
    const callers = [
      callerWith(),
      callerWith(['ivs:read']),
      boundedTo(...arns.slice(0, 2)),
      boundedTo(arns[2] as string),
    ];
    const seenBy = callers.map(({ resources = arns }) => new Set(resources));
    const posts: Post[] = [];
    for (const replica of replicas) {
      for (const caller of callers) await replica.ask('{ __typename }', {}, { caller });
      posts.push((await listenTo(replica)).post);
    }
    /** The version that the last returned write of each stage has, and the last that was sent. */
    const returned = arns.map(() => 0);
    const sent = arns.map(() => 0);
    const writing = arns.map(() => false);

    const write = async (post: Post) => {
      const stage = below(STAGES);
      if (writing[stage]) return;
      writing[stage] = true;
      sent[stage] = (sent[stage] as number) + 1;
      const version = sent[stage];
      const input = { arn: arns[stage], name: `v${version}` };
      const { text } = await post(
        'mutation ($input: UpdateStageInput!) { updateStage(input: $input) { __typename } }',
        {
          variables: { input },
          headers: { 'x-caller': callers[0]?.subject as string },
        },
      );
      expect(text).toContain('UpdateStagePayload');
      returned[stage] = version;
      writing[stage] = false;
    };

    const check = (stage: number, name: string, floor: number[]) => {
      const version = Number(name.slice(1));
      expect(version).toBeGreaterThanOrEqual(floor[stage] as number);
      expect(version).toBeLessThanOrEqual(sent[stage] as number);
    };
    const read = async (post: Post) => {
      const who = below(callers.length);
      const headers = { 'x-caller': callers[who]?.subject as string };
      const floor = [...returned];
      const stage = below(STAGES);
      const arn = arns[stage] as string;
      const isList = roll() < 0.4;
      const query = isList ? '{ stages { nodes { arn name } } }' : `{ stage(arn: "${arn}") { name } }`;
      const { data, text } = await post(query, { headers });
      if (!isList) {
        if (seenBy[who]?.has(arn)) return check(stage, data.stage.name, floor);
        expect(text).toContain('FORBIDDEN');
        return;
      }
      const nodes: { arn: string; name: string }[] = data.stages.nodes;
      expect(new Set(nodes.map((node) => node.arn))).toEqual(seenBy[who]);
      for (const node of nodes) check(arns.indexOf(node.arn), node.name, floor);
    };

    let left = REQUESTS;
    const work = async () => {
      while (left > 0) {
        left -= 1;
        const post = posts[below(posts.length)] as Post;
        await (roll() < 0.03 ? write(post) : read(post));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    for (const { responses } of replicas) hits += responses?.facts().hits ?? 0;
  });
});
