// A rule of EventBridge with the schedule `rate(1 minute)`, in each region of the account that is used.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
import type { Account } from '../world.ts';
import { detailTypes } from './event.ts';

const MINUTE_MS = 60_000;

/** Returns what stops it. */
export function beat(account: Account): () => void {
  const { accountId, clock, events } = account;
  const tick = () => {
    for (const { region } of account.worlds()) {
      const rule = `arn:aws:events:${region}:${accountId}:rule/heartbeat`;
      const event = { type: detailTypes.schedule, source: 'aws.events', resources: [rule], detail: {} };
      events.put({ accountId, region, time: clock.now() }, event);
    }
  };
  return clock.every?.(MINUTE_MS, tick) ?? (() => {});
}
