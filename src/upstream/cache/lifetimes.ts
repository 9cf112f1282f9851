// How long an answer of AWS may be given again. An operation without a row is asked every time.
import type { Operation } from '../operation.ts';

/** Who and what is there: no older than a dashboard's polling interval, yet one answer for all who look at it. */
const LISTED = 1_000;
/** What is live, of one thing. */
const LIVE = 2_000;
/** What people configure: who changed it elsewhere than here sees that after a few seconds. */
const CONFIGURED = 10_000;
/** What stays as it is while its list says the same: the rest of it hardly ever changes. */
const VOUCHED = 10 * 60_000;
/** What can no longer change. Not for ever, since what it belongs to may be deleted elsewhere. */
const FINAL = 60 * 60_000;

/** In milliseconds, from the moment that the answer came. */
export interface Lifetime {
  maxAge: number;
  /** While a list says of the thing what it said when the answer came; when it says something else: not at all. */
  maxAgeWhileUnchanged?: number;
}
export type LifetimeOf = (operation: Operation, answer: unknown) => Lifetime | undefined;

interface Row {
  service: Operation['service'];
  operations: RegExp;
  lifetime: Lifetime | ((answer: unknown) => Lifetime);
}

interface Ending {
  stageSession?: { endTime?: Date };
  streamSession?: { endTime?: Date };
}

/** A session never begins again, and has no tags: its end is the last thing that happens to it. */
const untilItEnds = (answer: unknown): Lifetime => {
  const { stageSession, streamSession } = answer as Ending;
  return { maxAge: (stageSession ?? streamSession)?.endTime ? FINAL : LIVE };
};

/** Who has left may come back under the same id, with the same token; while the session lasts. */
const whileTheListSaysTheSame = (answer: unknown): Lifetime => {
  const { participant } = answer as { participant?: { state?: string } };
  return { maxAge: LIVE, maxAgeWhileUnchanged: participant?.state === 'DISCONNECTED' ? FINAL : VOUCHED };
};

/** The first row that matches counts. */
const lifetimeTable: readonly Row[] = [
  { service: 'ivs-realtime', operations: /^GetStageSession$/, lifetime: untilItEnds },
  // State and recording move and stand in the list; browser, network and attributes are those of the token and the join.
  { service: 'ivs-realtime', operations: /^GetParticipant$/, lifetime: whileTheListSaysTheSame },
  // The active session comes and goes by itself, and stands in the list; the rest is changed by people only.
  {
    service: 'ivs-realtime',
    operations: /^GetStage$/,
    lifetime: { maxAge: LIVE, maxAgeWhileUnchanged: CONFIGURED },
  },
  // Its state and those of its destinations move by themselves.
  { service: 'ivs-realtime', operations: /^GetComposition$/, lifetime: { maxAge: LIVE } },
  // Whether it is in use moves with its participant, and stands in the list.
  {
    service: 'ivs-realtime',
    operations: /^GetIngestConfiguration$/,
    lifetime: { maxAge: LIVE, maxAgeWhileUnchanged: CONFIGURED },
  },
  // Changed by people only: configurations, keys, tags.
  { service: 'ivs-realtime', operations: /^(Get|ListTagsForResource$)/, lifetime: { maxAge: CONFIGURED } },
  { service: 'ivs', operations: /^GetStreamSession$/, lifetime: untilItEnds },
  // Its health and its viewers move by themselves.
  { service: 'ivs', operations: /^GetStream$/, lifetime: { maxAge: LIVE } },
  { service: 'ivs', operations: /^(Get|BatchGet|ListTagsForResource$)/, lifetime: { maxAge: CONFIGURED } },
  // A new thing is expected to stand in its list at once, and most lists tell states too.
  { service: 'ivs-realtime', operations: /^List/, lifetime: { maxAge: LISTED } },
  { service: 'ivs', operations: /^List/, lifetime: { maxAge: LISTED } },
];

export const lifetimeOf: LifetimeOf = ({ service, name }, answer) => {
  const row = lifetimeTable.find((one) => one.service === service && one.operations.test(name));
  return typeof row?.lifetime === 'function' ? row.lifetime(answer) : row?.lifetime;
};
