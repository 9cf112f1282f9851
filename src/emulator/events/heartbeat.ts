// A rule of EventBridge with the schedule `rate(1 minute)`, in each region that is used of each account.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
import type { Accounts } from '../world/accounts.ts';
import { detailTypes } from './event.ts';

const MINUTE_MS = 60_000;

/** Returns what stops it. */
export function beat(accounts: Accounts): () => void {
  const { clock, events } = accounts;
  const tick = () => {
    for (const world of accounts.worlds()) {
      const { accountId, region } = world;
      const rule = `arn:aws:events:${region}:${accountId}:rule/heartbeat`;
      const event = { type: detailTypes.schedule, source: 'aws.events', resources: [rule], detail: {} };
      events.put({ accountId, region, time: world.now() }, event);
    }
  };
  return clock.every(MINUTE_MS, tick);
}
