// A world as full as the queries that are asked of it.
import type { TestGateway } from './gateway.ts';
import { createSession } from './world.ts';

export const STAGES = 5;
export const PEOPLE = 3;
export const CHANNELS = 4;

/** Stages with a session of a few people each, and live channels, each with a recording configuration of its own. */
export async function fillWorld(gateway: TestGateway) {
  const sessions: Awaited<ReturnType<typeof createSession>>[] = [];
  for (let count = 0; count < STAGES; count += 1) sessions.push(await createSession(gateway, PEOPLE));
  const channelArns: string[] = [];
  for (let count = 0; count < CHANNELS; count += 1) channelArns.push(await createLiveChannel(gateway));
  gateway.emulator.calls.reset();
  const [session] = sessions as [(typeof sessions)[number]];
  const { stageArn, participantIds } = session;
  gateway.emulator.control.publish({ stageArn, participantId: participantIds[0] as string });
  const participantArgs = (participantId: string | undefined) =>
    `stageArn: "${session.stageArn}", sessionId: "${session.sessionId}", participantId: "${participantId}"`;
  return { sessions, ...session, channelArns, channelArn: channelArns[0] as string, participantArgs };
}

async function createLiveChannel({ data, emulator, clock }: TestGateway): Promise<string> {
  const { createRecordingConfiguration } = await data(
    `mutation { createRecordingConfiguration(input: { destinationConfiguration: { s3: { bucketName: "a-bucket" } } }) {
      ... on CreateRecordingConfigurationPayload { recordingConfiguration { arn } } } }`,
  );
  const { arn } = createRecordingConfiguration.recordingConfiguration;
  // AWS prepares the bucket first.
  await new Promise<void>((resolve) => void clock.after(60_000, resolve));
  const { createChannel } = await data(
    `mutation ($arn: ID) { createChannel(input: { recordingConfigurationArn: $arn }) {
      ... on CreateChannelPayload { channel { arn } } } }`,
    { arn },
  );
  emulator.control.startStream({ channelArn: createChannel.channel.arn });
  return createChannel.channel.arn;
}

export const globalId = (typeName: string, ...key: (string | undefined)[]): string =>
  Buffer.from(`${typeName}:${key.join(' ')}`).toString('base64');
