// A world of rooms, each with one thing of every kind that belongs to a stage or a channel, recognisable by its colour.
import type { TestGateway } from './gateway.ts';

export const colours = ['red', 'green', 'blue', 'white', 'black', 'grey'] as const;
export type Colour = (typeof colours)[number];

export interface Room {
  stage: string;
  sessionId: string;
  participantId: string;
  traveller: string;
  ingest: string;
  composition: string;
  channel: string;
  key: string;
  streamId: string;
}
export type Rooms = Record<Colour, Room>;

const error = '... on MutationError { message }';

export async function createRooms(gateway: TestGateway): Promise<Rooms> {
  const { data } = gateway;
  const rooms: [Colour, Room][] = [];
  for (const colour of colours) rooms.push([colour, await createRoom(gateway, colour)]);
  const all = Object.fromEntries(rooms) as Rooms;
  const { sent } = await data(
    `mutation ($from: ID!, $to: ID!, $who: ID!) { sent: startParticipantReplication(input: {
      sourceStageArn: $from, destinationStageArn: $to, participantId: $who }) { __typename ${error} } }`,
    { from: all.red.stage, to: all.green.stage, who: all.red.traveller },
  );
  if (sent.message) throw new Error(sent.message);
  gateway.calls();
  return all;
}

async function createRoom({ data, emulator: { control } }: TestGateway, colour: Colour): Promise<Room> {
  const { stage, channel } = await data(
    `mutation ($stage: String, $channel: String) {
      stage: createStage(input: { name: $stage }) { ${error} ... on CreateStagePayload { stage { arn } } }
      channel: createChannel(input: { name: $channel }) { ${error} ... on CreateChannelPayload { channel { arn } streamKey { arn } } }
    }`,
    { stage: `stage-of-${colour}`, channel: `channel-of-${colour}` },
  );
  const stageArn = stage.stage.arn;
  const channelArn = channel.channel.arn;
  const { sessionId, participantId } = control.join({ stageArn, userId: `person-of-${colour}` });
  const { participantId: traveller } = control.join({ stageArn, userId: 'traveller' });
  for (const who of [participantId, traveller]) control.publish({ stageArn, participantId: who });
  const { ingest, composition } = await data(
    `mutation ($stageArn: ID!, $channelArn: ID!, $camera: String) {
      ingest: createIngestConfiguration(input: { name: $camera, stageArn: $stageArn, ingestProtocol: RTMPS }) {
        ${error} ... on CreateIngestConfigurationPayload { ingestConfiguration { arn } } }
      composition: startComposition(input: { stageArn: $stageArn, destinations: [{ channel: { channelArn: $channelArn } }] }) {
        ${error} ... on StartCompositionPayload { composition { arn } } }
    }`,
    { stageArn, channelArn, camera: `camera-of-${colour}` },
  );
  const { streamSessions } = await data(
    'query ($channelArn: ID!) { streamSessions(channelArn: $channelArn) { nodes { streamId } } }',
    { channelArn },
  );
  const streamId =
    streamSessions.nodes[0]?.streamId ?? control.startStream({ channelArn, viewerCount: 1 }).streamId;
  return {
    stage: stageArn,
    sessionId,
    participantId,
    traveller,
    ingest: ingest.ingestConfiguration.arn,
    composition: composition.composition.arn,
    channel: channelArn,
    key: channel.streamKey.arn,
    streamId,
  };
}
