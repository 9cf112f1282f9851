// The table of everything the emulator can do. An operation of the model that is not here answers 501.
import { channelOperations } from './low-latency/channel.ts';
import { viewerSessionOperations } from './low-latency/viewer-session.ts';
import type { Operations } from './operation.ts';
import { participantOperations } from './realtime/participant.ts';
import { participantTokenOperations } from './realtime/participant-token.ts';
import { stageOperations } from './realtime/stage.ts';
import { stageSessionOperations } from './realtime/stage-session.ts';
import { tagOperations } from './tags.ts';

const table = {
  ...stageOperations,
  ...stageSessionOperations,
  ...participantOperations,
  ...participantTokenOperations,
  ...channelOperations,
  ...viewerSessionOperations,
  ...tagOperations,
};

// TypeScript does not look for members too many in what a function returns, so a misspelt optional member
// of an answer would pass: this is the union of all such, and the table is assignable only if there is none.
type MembersOf<T> = T extends T ? keyof T : never;
type Misspelt = {
  [K in keyof typeof table]: Exclude<
    MembersOf<ReturnType<(typeof table)[K]>>,
    keyof ReturnType<Operations[K]>
  >;
}[keyof typeof table];

export const operations: [Misspelt] extends [never] ? Partial<Operations> : Misspelt = table;
