// Events as EventBridge carries them. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events.html
import { createHash } from 'node:crypto';

export interface EventBridgeEvent {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  time: string;
  region: string;
  resources: readonly string[];
  detail: Record<string, unknown>;
}

/** The part of an event that its sender knows. */
export interface NewEvent {
  type: string;
  /** Without one: IVS. */
  source?: string | undefined;
  resources: readonly string[];
  detail: Record<string, unknown>;
}

/** The detail-types of IVS, and of a rule with a schedule. */
export const detailTypes = {
  stage: 'IVS Stage Update',
  participantRecording: 'IVS Participant Recording State Change',
  composition: 'IVS Composition State Change',
  streamState: 'IVS Stream State Change',
  streamHealth: 'IVS Stream Health Change',
  limit: 'IVS Limit Breach',
  recording: 'IVS Recording State Change',
  adBreak: 'IVS Ad Break State Change',
  apiCall: 'AWS API Call via CloudTrail',
  schedule: 'Scheduled Event',
} as const;

/** Where an event has its name: three of the types use another member than the rest. */
export function nameOf({ detail }: Pick<EventBridgeEvent, 'detail'>): string | undefined {
  const name = detail.event_name ?? detail.recording_status ?? detail.limit_name ?? detail.eventName;
  return typeof name === 'string' ? name : undefined;
}

/** The time of an envelope, which has no fractions of a second. */
export const toSeconds = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;

/** The same for the same text, so that a world with a clock of its own has the same ids each time. */
export function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

/** Times with more digits than a clock has: two in one millisecond differ, and the later one is greater. */
export class FineTime {
  #millisecond = 0;
  #count = 0;

  /** With microseconds, or more digits. */
  format(time: Date, digits: 6 | 9 = 6): string {
    const millisecond = time.getTime();
    this.#count = millisecond === this.#millisecond ? Math.min(this.#count + 1, 999) : 0;
    this.#millisecond = millisecond;
    const micros = String(this.#count).padStart(3, '0');
    return `${time.toISOString().slice(0, 23)}${micros.padEnd(digits - 3, '0')}Z`;
  }
}
