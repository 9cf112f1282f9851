// What the peers that are written by hand do with the AWS SDK. Retries are as AWS_RETRY_MODE and AWS_MAX_ATTEMPTS say.
import { BatchStartViewerSessionRevocationCommand, GetChannelCommand, IvsClient } from '@aws-sdk/client-ivs';
import {
  GetParticipantCommand,
  GetStageCommand,
  IVSRealTimeClient,
  ListParticipantsCommand,
  ListStagesCommand,
} from '@aws-sdk/client-ivs-realtime';

const realTime = new IVSRealTimeClient();
const lowLatency = new IvsClient();

export const listStages = async () =>
  (await realTime.send(new ListStagesCommand({ maxResults: 100 }))).stages;

/** @param {{ stageArn: string, sessionId: string }} session */
export const listParticipants = async ({ stageArn, sessionId }) =>
  (await realTime.send(new ListParticipantsCommand({ stageArn, sessionId, maxResults: 100 }))).participants;

/** @param {{ stageArn: string, sessionId: string, participantId: string }} key */
export const getParticipant = async (key) =>
  (await realTime.send(new GetParticipantCommand(key))).participant;

/** One resource by its key. */
export const getOne = {
  participant: getParticipant,
  channel: async (/** @type {{ arn: string }} */ key) =>
    (await lowLatency.send(new GetChannelCommand(key))).channel,
  stage: async (/** @type {{ arn: string }} */ key) => (await realTime.send(new GetStageCommand(key))).stage,
};

const BATCH = 20;

/**
 * One batch after the other. AWS's errors name their pairs; a batch that fails as a whole takes all of its pairs along.
 * @param {{ channelArn: string, viewerId: string }[]} pairs
 * @returns {Promise<number[]>} the places of those that failed
 */
export async function revoke(pairs) {
  const failed = [];
  for (let from = 0; from < pairs.length; from += BATCH) {
    const batch = pairs.slice(from, from + BATCH);
    const places = batch.map((_, index) => from + index);
    try {
      const command = new BatchStartViewerSessionRevocationCommand({ viewerSessions: batch });
      const { errors = [] } = await lowLatency.send(command);
      const names = new Set(errors.map(nameOf));
      failed.push(...places.filter((_, index) => names.has(nameOf(batch[index]))));
    } catch {
      failed.push(...places);
    }
  }
  return failed;
}

const nameOf = ({ channelArn, viewerId }) => `${channelArn} ${viewerId}`;
