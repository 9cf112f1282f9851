// Whatever the scopes, the bounds and the query: nothing outside is ever in an answer, and nothing inside is missing.
import fc from 'fast-check';
import { beforeEach, expect, it } from 'vitest';
import { scopes } from '../../src/context.ts';
import { boundedTo, callerWith } from '../support/callers.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { type Colour, colours, createRooms, type Room, type Rooms } from '../support/rooms.ts';

const error = '... on MutationError { message code }';
const stageAll =
  'id arn name activeSessionId activeSession { sessionId participants { nodes { userId ingestConfigurationArn sourceStageArn sourceSessionId sourceStage { name } sourceSession { sessionId } events { nodes { name destinationStageArn destinationSessionId destinationStage { name } } } replicas { nodes { destinationStageArn destinationSessionId participant { userId } } } } } } sessions { nodes { sessionId } } compositions { nodes { arn stage { name } destinations { configuration { channel { channelArn channel { name } } } } } } ingestConfigurations { nodes { name arn streamKey stageArn } }';
const channelAll =
  'id arn name playbackUrl srt { passphrase } stream { streamId channel { name } session { streamId channelSnapshot { arn name } } } streamSessions { nodes { streamId } } streamKeys { nodes { arn value channel { name } } }';

/** `$name` is that of the room which is asked for, `ID(…)` a global id. */
const templates = [
  '{ stages { nodes { name } } }',
  `{ stages(first: 2) { nodes { ${stageAll} } pageInfo { endCursor } } }`,
  `{ channels { nodes { ${channelAll} } } }`,
  '{ streams { nodes { streamId channelArn channel { name } session { channelSnapshot { name } } } } }',
  '{ compositions { nodes { arn state stage { name } destinations { configuration { channel { channel { name } } } } } } }',
  '{ ingestConfigurations { nodes { arn name stage { name } streamKey participant { userId } } } }',
  `{ stage(arn: "$stage") { ${stageAll} } }`,
  '{ stage(arn: "$stage") { arn } }',
  `{ channel(arn: "$channel") { ${channelAll} } }`,
  '{ stageSession(stageArn: "$stage", sessionId: "$sessionId") { sessionId stage { name } } }',
  '{ stageSessions(stageArn: "$stage") { nodes { sessionId } } }',
  '{ participant(stageArn: "$stage", sessionId: "$sessionId", participantId: "$participantId") { userId stage { name } } }',
  '{ participants(stageArn: "$stage", sessionId: "$sessionId") { nodes { userId browserName } } }',
  '{ stream(channelArn: "$channel") { streamId } }',
  '{ streamSession(channelArn: "$channel", streamId: "$streamId") { streamId channelSnapshot { name srt { passphrase } } } }',
  '{ streamKey(arn: "$key") { arn value channel { name } } }',
  '{ streamKeys(channelArn: "$channel") { nodes { value } } }',
  '{ composition(arn: "$composition") { arn stage { name } destinations { configuration { channel { channel { name } } } } } }',
  '{ compositions(filter: { stageArn: "$stage" }) { nodes { arn stage { name } } } }',
  '{ ingestConfiguration(arn: "$ingest") { arn name streamKey stage { name } participant { userId } } }',
  '{ node(id: "ID(Stage:$stage)") { id ... on Stage { name } } }',
  '{ nodes(ids: ["ID(Stage:$stage)", "ID(Channel:$channel)", "ID(StreamKey:$key)", "ID(Composition:$composition)", "ID(Participant:$stage $sessionId $participantId)"]) { id ... on Stage { name } ... on Channel { name } ... on StreamKey { value } ... on Composition { stage { name } } ... on Participant { userId } } }',
  '{ _entities(representations: [{ __typename: "Stage", arn: "$stage" }, { __typename: "Participant", stageArn: "$stage", sessionId: "$sessionId", participantId: "$participantId" }, { __typename: "StreamKey", arn: "$key" }, { __typename: "Channel", arn: "$channel" }]) { ... on Stage { arn } ... on Participant { stageArn sessionId stage { arn } } ... on StreamKey { arn } ... on Channel { name } } }',
  '{ _entities(representations: [{ __typename: "Composition", arn: "$composition" }, { __typename: "IngestConfiguration", arn: "$ingest" }]) { ... on Composition { arn stage { name } } ... on IngestConfiguration { arn } } }',
  `mutation { updateStage(input: { arn: "$stage" }) { ${error} ... on UpdateStagePayload { stage { ${stageAll} } } } }`,
  `mutation { tagResource(input: { resourceArn: "$key", tags: [{ key: "a", value: "b" }] }) { ${error} ... on TagResourcePayload { resource { arn ... on StreamKey { value channel { name } } } tags { key } } } }`,
  `mutation { putMetadata(input: { channelArn: "$channel", metadata: "x" }) { ${error} ... on PutMetadataPayload { channel { ${channelAll} } } } }`,
  `mutation { createParticipantToken(input: { stageArn: "$stage" }) { ${error} ... on CreateParticipantTokenPayload { participantToken { userId token } } } }`,
  `mutation { updateIngestConfiguration(input: { arn: "$ingest", redundantIngest: false }) { ${error} ... on UpdateIngestConfigurationPayload { ingestConfiguration { arn name streamKey stage { name } } } } }`,
  `mutation { tagResources(input: { resourceArns: ["$stage", "$key", "$channel"], tags: [{ key: "a", value: "b" }] }) { resources { arn ... on Stage { name } ... on StreamKey { value } ... on Channel { name } } errors { index code } } }`,
  `mutation { createParticipantTokens(input: { participantTokens: [{ stageArn: "$stage" }] }) { participantTokens { userId token } errors { index code } } }`,
  `mutation { revokeViewerSessions(input: { viewerSessions: [{ channelArn: "$channel", viewerId: "v" }] }) { requestedCount errors { index code } } }`,
];

const fill = (template: string, room: Room) =>
  template.replace(/\$(\w+)/g, (_all, name: string) => room[name as keyof Room]);
const encode = (text: string) => text.replace(/ID\((.*?)\)/g, (_all, id: string) => btoa(id));
/** Global ids in the clear. */
const decode = (text: string) =>
  text.replace(/"([A-Za-z0-9+/=]{40,})"/g, (all, id: string) => `${all} ${atob(id)}`);

/** What shows that somebody has seen a thing, and the ARNs of which one must be inside for that. */
interface Trace {
  text: string;
  of: string[];
  isSecret?: boolean;
}
function tracesOf(colour: Colour, room: Room, secrets: Record<'key' | 'ingest' | 'srt', string>): Trace[] {
  const { stage, channel, key, ingest, composition } = room;
  return [
    { text: `stage-of-${colour}`, of: [stage] },
    { text: `person-of-${colour}`, of: [stage] },
    { text: stage, of: [stage] },
    { text: room.sessionId, of: [stage] },
    { text: `channel-of-${colour}`, of: [channel] },
    { text: channel, of: [channel] },
    { text: room.streamId, of: [channel] },
    { text: key, of: [key, channel] },
    { text: `camera-of-${colour}`, of: [ingest, stage] },
    { text: ingest, of: [ingest, stage] },
    { text: composition, of: [composition, stage] },
    { text: secrets.key, of: [key, channel], isSecret: true },
    { text: secrets.ingest, of: [ingest, stage], isSecret: true },
    { text: secrets.srt, of: [channel], isSecret: true },
  ];
}

let gateway: TestGateway;
let rooms: Rooms;
let traces: Trace[];
beforeEach(async () => {
  gateway = await startGateway({
    cached: true,
    // What a caller sees is looked at here, not what it costs.
    server: { limits: { calls: Number.POSITIVE_INFINITY } },
  });
  rooms = await createRooms(gateway);
  traces = [];
  for (const colour of colours) {
    const { streamKey, ingestConfiguration, channel } = await gateway.data(
      fill(
        '{ streamKey(arn: "$key") { value } ingestConfiguration(arn: "$ingest") { streamKey } channel(arn: "$channel") { srt { passphrase } } }',
        rooms[colour],
      ),
    );
    const secrets = {
      key: streamKey.value,
      ingest: ingestConfiguration.streamKey,
      srt: channel.srt.passphrase,
    };
    traces.push(...tracesOf(colour, rooms[colour], secrets));
  }
});

const kinds = ['stage', 'channel', 'key', 'ingest', 'composition'] as const;
/** A thing itself, the things whose ids begin like its own, or all of its kind. */
const anyPattern = fc
  .tuple(fc.constantFrom(...colours), fc.constantFrom(...kinds), fc.constantFrom(0, 0, 0, 0, 1, 2))
  .map(([colour, kind, looseness]) => (): string => {
    const arn = rooms[colour][kind];
    const [start, id = ''] = arn.split('/');
    return looseness === 0 ? arn : looseness === 1 ? `${start}/${id[0]}*` : `arn:aws:ivs:*:*${id.slice(3)}`;
  });
const anyBounds = fc.array(anyPattern, { maxLength: 4 });
const anyScopes = fc.oneof(fc.constant([...scopes]), fc.subarray([...scopes]));
const anyQuery = fc.tuple(fc.constantFrom(...templates), fc.constantFrom(...colours));

/** Written apart from the gateway's own. */
const isMatch = (pattern: string, arn: string) =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[^\w]/g, '\\$&'))
      .join('.*')}$`,
  ).test(arn);

it('tells nothing that is outside, and no secret to whom they are not for', async () => {
  await fc.assert(
    fc.asyncProperty(anyScopes, anyBounds, anyQuery, async (granted, bounds, [template, colour]) => {
      const resources = bounds.map((patternOf) => patternOf());
      const said = fill(template, rooms[colour]);
      const { data, errors = [] } = await gateway.ask(
        encode(said),
        {},
        { caller: callerWith(granted, { resources }) },
      );
      const shown = decode(JSON.stringify(data ?? null));
      // An error may repeat what was asked for.
      const told = JSON.stringify(errors);
      for (const { text, of, isSecret } of traces) {
        const isInside = of.some((arn) => resources.some((pattern) => isMatch(pattern, arn)));
        const isAllowed = isInside && (!isSecret || granted.includes('ivs:secret'));
        if (isAllowed) continue;
        expect([resources, text, shown.includes(text)]).toEqual([resources, text, false]);
        expect([text, told.includes(text) && !said.includes(text)]).toEqual([text, false]);
      }
      for (const { extensions } of errors) expect(extensions?.code).toBe('FORBIDDEN');
    }),
    { numRuns: 400 },
  );
});

it('misses nothing that is inside', async () => {
  const lists = {
    'stages { nodes { arn } }': 'stage',
    'channels { nodes { arn } }': 'channel',
    'compositions { nodes { arn } }': 'composition',
    'ingestConfigurations { nodes { arn } }': 'ingest',
  } as const;
  await fc.assert(
    fc.asyncProperty(anyBounds, fc.constantFrom(...Object.entries(lists)), async (bounds, [list, kind]) => {
      const resources = bounds.map((patternOf) => patternOf());
      const { data } = await gateway.ask(`{ it: ${list} }`, {}, { caller: boundedTo(...resources) });
      const inside = colours
        .map((colour) => rooms[colour])
        .filter(({ [kind]: arn, stage }) =>
          resources.some(
            (pattern) => isMatch(pattern, arn) || (kind !== 'channel' && isMatch(pattern, stage)),
          ),
        );
      expect(data.it.nodes.map(({ arn }: { arn: string }) => arn).sort()).toEqual(
        inside.map(({ [kind]: arn }) => arn).sort(),
      );
    }),
    { numRuns: 60 },
  );
});

it('is the same without bounds and with bounds that hold everything', async () => {
  for (const template of templates.filter((text) => !/createParticipantToken/.test(text))) {
    const text = encode(fill(template, rooms.red));
    const [free, wide] = [await gateway.ask(text), await gateway.ask(text, {}, { caller: boundedTo('*') })];
    expect(wide).toEqual(free);
    expect(free.errors).toBeUndefined();
  }
});

it('reads nothing for whoever may not read', async () => {
  const caller = callerWith(scopes.filter((scope) => scope !== 'ivs:read'));
  gateway.calls();
  for (const template of templates) await gateway.ask(encode(fill(template, rooms.red)), {}, { caller });
  expect(Object.keys(gateway.calls()).filter((name) => /^(Get|List|BatchGet)/.test(name))).toEqual([]);
});
