// The call rates that AWS publishes: calls per second, per account, region and operation. None of them can be raised
// by asking, but an account may have been given others: see `withRates`.
import { nameOfTarget, type Target } from '../arn.ts';
import type { Operation } from '../operation.ts';

const LOW_LATENCY = 'https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html';
const REAL_TIME = 'https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html';
const NOT_DOCUMENTED = 'not documented';

interface Row {
  service: Operation['service'];
  operations: RegExp;
  perSecond: number;
  source: string;
}

/** The first row that matches counts. */
const quotaTable: readonly Row[] = [
  {
    service: 'ivs',
    operations: /^(ListTagsForResource|TagResource|UntagResource)$/,
    perSecond: 10,
    source: LOW_LATENCY,
  },
  { service: 'ivs', operations: /^BatchStartViewerSessionRevocation$/, perSecond: 2, source: LOW_LATENCY },
  { service: 'ivs', operations: /^StartViewerSessionRevocation$/, perSecond: 10, source: LOW_LATENCY },
  { service: 'ivs', operations: /PlaybackKeyPairs?$/, perSecond: 3, source: LOW_LATENCY },
  { service: 'ivs', operations: /RecordingConfigurations?$/, perSecond: 3, source: LOW_LATENCY },
  // Of the whole account; `perResource` below has the rate of a single channel.
  { service: 'ivs', operations: /^PutMetadata$/, perSecond: 155, source: LOW_LATENCY },
  { service: 'ivs', operations: /AdConfigurations?$|^InsertAdBreak$/, perSecond: 5, source: NOT_DOCUMENTED },
  { service: 'ivs', operations: /./, perSecond: 5, source: LOW_LATENCY },

  {
    service: 'ivs-realtime',
    operations: /^(ListTagsForResource|TagResource|UntagResource)$/,
    perSecond: 10,
    source: REAL_TIME,
  },
  { service: 'ivs-realtime', operations: /^CreateParticipantToken$/, perSecond: 50, source: REAL_TIME },
  { service: 'ivs-realtime', operations: /PublicKeys?$/, perSecond: 3, source: REAL_TIME },
  { service: 'ivs-realtime', operations: /Replicas$|Replication$/, perSecond: 5, source: NOT_DOCUMENTED },
  { service: 'ivs-realtime', operations: /./, perSecond: 5, source: REAL_TIME },
];

/** Rates of an operation on one single thing, beside that of the account. */
const perResource: Record<string, { member: string; perSecond: number }> = {
  // https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_PutMetadata.html
  PutMetadata: { member: 'channelArn', perSecond: 5 },
};

/** One rate that a call must keep, and the name of the bucket that counts it. */
export interface Limit {
  name: string;
  perSecond: number;
}

/** Rates of this account that differ from the published ones, by operation. */
export type Rates = Readonly<Record<string, number>>;

/** All limits of one call, the widest last. */
export function limitsOf(
  { service, name }: Operation,
  target: Target,
  input: object,
  rates: Rates = {},
): Limit[] {
  const bucket = `${nameOfTarget(target)} ${service} ${name}`;
  const published = quotaTable.find((row) => row.service === service && row.operations.test(name));
  const account = { name: bucket, perSecond: rates[name] ?? published?.perSecond ?? 5 };
  const single = Object.hasOwn(perResource, name) ? perResource[name] : undefined;
  if (!single) return [account];
  const resource = (input as Record<string, unknown>)[single.member];
  return [{ name: `${bucket} ${resource}`, perSecond: single.perSecond }, account];
}
