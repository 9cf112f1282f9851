// Events of stages, as subscribers hear of them.
import { describe, expect, it } from 'vitest';
import { boundedTo } from '../../support/callers.ts';
import { EVENTS, eventOf, listenForEvents, stageUpdate } from '../../support/events.ts';
import { startGateway, type TestGatewayOptions } from '../../support/gateway.ts';
import { listen } from '../../support/listen.ts';
import { createSession } from '../../support/world.ts';

const EVENTS_OF = `subscription ($stages: [ID!]!, $after: String) {
  stageEvents(stageArns: $stages, after: $after) {
    __typename
    ... on LiveEvent { id cursor time seenAt source }
    ... on LiveGap { reason }
    ... on StageActivity {
      name eventName detailType sessionId participantId userId errorCode failureReason destinationId
      stage { arn name } participant { userId published }
      composition { arn } destinationStage { arn }
      recordingS3BucketName recordingS3KeyPrefix recordingDurationMs
      previousToken { attributes { key value } } newToken { capabilities userId expirationTime attributes { key value } }
    }
  }
}`;
const arn = (name: string) => `arn:aws:ivs:us-west-2:123456789012:${name}`;
const OTHER = arn('stage/Other0000001');

async function open(options: TestGatewayOptions = {}) {
  const gateway = await startGateway({ ...options, server: { events: EVENTS } });
  const session = await createSession(gateway, 1);
  const { send } = await listenForEvents(gateway);
  const subscribe = (variables: object = {}) =>
    listen(gateway, EVENTS_OF, { stages: [session.stageArn], ...variables });
  return { gateway, ...session, send, subscribe };
}

describe('stageEvents', () => {
  it('are sent as AWS sends them, with the objects that they name', async () => {
    const { subscribe, send, stageArn, sessionId, participantIds } = await open();
    const { until } = await subscribe();
    const [participant_id = ''] = participantIds;
    const detail = {
      session_id: sessionId,
      event_name: 'Participant Published',
      event_time: '2026-11-27T10:00:01Z',
      event_time_precise: '2026-11-27T10:00:01.204331Z',
      user_id: 'user-0',
      participant_id,
    };
    const event = stageUpdate(stageArn, participant_id, 'Participant Published', { detail });
    await send(event);
    expect(await until('StageActivity')).toMatchObject([
      {
        id: event.id,
        time: '2026-11-27T10:00:01.204Z',
        source: 'EVENTBRIDGE',
        name: 'PARTICIPANT_PUBLISHED',
        eventName: 'Participant Published',
        detailType: 'IVS Stage Update',
        sessionId,
        participantId: participant_id,
        userId: 'user-0',
        stage: { arn: stageArn, name: 'a-stage' },
        participant: { userId: 'user-0', published: false },
        errorCode: null,
        composition: null,
      },
    ]);
  });

  const table: [title: string, event: (stageArn: string) => object, shown: object][] = [
    [
      'a name of a later version',
      (stageArn) => stageUpdate(stageArn, 'p1', 'Participant Levitated'),
      { name: null, eventName: 'Participant Levitated' },
    ],
    [
      'a publish error',
      (stageArn) =>
        eventOf('IVS Stage Update', {
          resources: [stageArn],
          detail: { event_name: 'Participant Publish Error', error_code: 'BITRATE_EXCEEDED' },
        }),
      { name: 'PARTICIPANT_PUBLISH_ERROR', errorCode: 'BITRATE_EXCEEDED', participant: null },
    ],
    [
      'an exchanged token',
      (stageArn) =>
        eventOf('IVS Stage Update', {
          resources: [stageArn],
          detail: {
            event_name: 'Token Exchanged',
            previous_token: { attributes: { team: 'red' } },
            new_token: {
              capabilities: ['PUBLISH'],
              user_id: 'u',
              expiration_time: '2026-11-27T12:00:00Z',
              attributes: { team: 'blue' },
            },
          },
        }),
      {
        name: 'TOKEN_EXCHANGED',
        previousToken: { attributes: [{ key: 'team', value: 'red' }] },
        newToken: {
          capabilities: ['PUBLISH'],
          userId: 'u',
          expirationTime: '2026-11-27T12:00:00.000Z',
          attributes: [{ key: 'team', value: 'blue' }],
        },
      },
    ],
    [
      'a replication',
      (stageArn) =>
        eventOf('IVS Stage Update', {
          resources: [stageArn],
          detail: { event_name: 'Participant Replication Start', destination_stage_arn: OTHER },
        }),
      { name: 'PARTICIPANT_REPLICATION_START', destinationStage: { arn: OTHER } },
    ],
    [
      'a recording',
      (stageArn) =>
        eventOf('IVS Participant Recording State Change', {
          resources: [stageArn],
          detail: {
            event_name: 'Recording End',
            recording_s3_bucket_name: 'bucket',
            recording_s3_key_prefix: 'a/b',
            recording_duration_ms: 1234,
          },
        }),
      {
        name: 'RECORDING_END',
        recordingS3BucketName: 'bucket',
        recordingS3KeyPrefix: 'a/b',
        recordingDurationMs: 1234,
      },
    ],
    [
      'a composition',
      (stageArn) =>
        eventOf('IVS Composition State Change', {
          resources: [arn('composition/Comp00000001')],
          detail: { event_name: 'Destination Failure', stage_arn: stageArn, id: 'd1', reason: 'gone' },
        }),
      {
        name: 'DESTINATION_FAILURE',
        destinationId: 'd1',
        failureReason: 'gone',
        composition: { arn: arn('composition/Comp00000001') },
      },
    ],
    [
      'a write of another client',
      (stageArn) =>
        eventOf('AWS API Call via CloudTrail', {
          detail: {
            eventSource: 'ivs.amazonaws.com',
            eventName: 'UpdateStage',
            awsRegion: 'us-west-2',
            eventTime: '2026-11-27T10:00:00Z',
            requestParameters: { arn: stageArn, name: 'new' },
            requestID: 'another',
          },
        }),
      { source: 'CLOUDTRAIL', name: null, eventName: 'UpdateStage', time: '2026-11-27T10:00:00.000Z' },
    ],
  ];

  it.each(table)('%s', async (_title, event, shown) => {
    const { subscribe, send, stageArn } = await open();
    const { until } = await subscribe();
    await send(event(stageArn));
    expect(await until('StageActivity')).toMatchObject([{ stage: { arn: stageArn }, ...shown }]);
  });

  it('have the writes of this gateway once, though CloudTrail sends them, too', async () => {
    const { subscribe, send, gateway, stageArn } = await open();
    const { until } = await subscribe();
    await gateway.data(`mutation { updateStage(input: { arn: "${stageArn}", name: "new" }) { __typename } }`);
    const [write] = await until('StageActivity');
    expect(write).toMatchObject({ source: 'MUTATION', eventName: 'UpdateStage', stage: { name: 'new' } });
    const detail = { eventName: 'UpdateStage', requestParameters: { arn: stageArn }, requestID: write.id };
    const sent = await send(
      eventOf('AWS API Call via CloudTrail', { detail: { awsRegion: 'us-west-2', ...detail } }),
    );
    expect(sent.body).toEqual({ outcome: 'duplicate' });
    await send(stageUpdate(stageArn, 'p1'));
    expect(await until('StageActivity')).toMatchObject([{ source: 'EVENTBRIDGE' }]);
  });

  it('of other stages are not sent, duplicates neither', async () => {
    const { subscribe, send, stageArn } = await open();
    const { until } = await subscribe();
    const event = stageUpdate(stageArn, 'p1');
    await send(stageUpdate(OTHER, 'p1'));
    await send(event);
    await send(event);
    await send(stageUpdate(stageArn, 'p2'));
    const heard = [await until('StageActivity'), await until('StageActivity')].flat();
    expect(heard.map(({ participantId }) => participantId)).toEqual(['p1', 'p2']);
  });

  it('behind a cursor are sent first', async () => {
    const { subscribe, send, stageArn } = await open();
    const first = await subscribe();
    await send(stageUpdate(stageArn, 'p1'));
    const [{ cursor }] = await first.until('StageActivity');
    first.close();
    await send(stageUpdate(stageArn, 'p2'));
    await send(stageUpdate(stageArn, 'p3'));
    const again = await subscribe({ after: cursor });
    const heard = [await again.until('StageActivity'), await again.until('StageActivity')].flat();
    expect(heard.map(({ participantId }) => participantId)).toEqual(['p2', 'p3']);
  });

  it('behind a cursor that is not known begin with a gap', async () => {
    const { subscribe } = await open();
    const { next } = await subscribe({ after: '1-1' });
    expect(await next()).toMatchObject({
      data: { stageEvents: { __typename: 'LiveGap', reason: 'EXPIRED_CURSOR' } },
    });
  });

  it('behind the cursor of a query begin a second before it, since responses can be as old', async () => {
    const { subscribe, send, gateway, stageArn } = await open();
    await send(stageUpdate(stageArn, 'p1'));
    await new Promise<void>((resolve) => void gateway.clock.after(5000, resolve));
    await send(stageUpdate(stageArn, 'p2'));
    const { stage } = await gateway.data(`{ stage(arn: "${stageArn}") { liveCursor } }`);
    const { until } = await subscribe({ after: stage.liveCursor });
    expect(await until('StageActivity')).toMatchObject([{ participantId: 'p2' }]);
  });

  it('name no stage that the caller may not see', async () => {
    const lead = await open();
    const { stageArn, send } = lead;
    const gateway = await startGateway({
      beside: lead.gateway,
      caller: boundedTo(stageArn),
      server: { events: EVENTS },
    });
    const own = await listenForEvents(gateway);
    const { until } = await listen(gateway, EVENTS_OF, { stages: [stageArn] });
    const detail = { event_name: 'Participant Replication Start', destination_stage_arn: OTHER };
    await own.send(eventOf('IVS Stage Update', { resources: [stageArn], detail }));
    expect(await until('StageActivity')).toMatchObject([{ destinationStage: null }]);
    const { next } = await listen(gateway, EVENTS_OF, { stages: [OTHER] });
    expect(await next()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    expect(send).toBeDefined();
  });
});
