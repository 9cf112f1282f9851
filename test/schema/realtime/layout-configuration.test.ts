import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';

const arnOf = (id: string) => `arn:aws:ivs:us-west-2:123456789012:${id}`;

it('answers every member of a grid', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { composition } = await gateway.data(
    `{ composition(arn: "${arnOf('composition/TownHall0001')}") { layout { pip { gridGap } grid {
      featuredParticipantAttribute omitStoppedVideo videoAspectRatio videoFillMode gridGap participantOrderAttribute
    } } } }`,
  );
  expect(composition.layout).toEqual({
    pip: null,
    grid: {
      featuredParticipantAttribute: 'host',
      omitStoppedVideo: false,
      videoAspectRatio: 'VIDEO',
      videoFillMode: 'COVER',
      gridGap: 8,
      participantOrderAttribute: null,
    },
  });
});

it('answers every member of a picture in picture', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { composition } = await gateway.data(
    `{ composition(arn: "${arnOf('composition/PodcastStud1')}") { layout { grid { gridGap } pip {
      featuredParticipantAttribute omitStoppedVideo videoFillMode gridGap pipParticipantAttribute pipBehavior
      pipOffset pipPosition pipWidth pipHeight participantOrderAttribute
    } } } }`,
  );
  expect(composition.layout).toEqual({
    grid: null,
    pip: {
      featuredParticipantAttribute: null,
      omitStoppedVideo: false,
      videoFillMode: 'COVER',
      gridGap: 0,
      pipParticipantAttribute: 'guest',
      pipBehavior: 'STATIC',
      pipOffset: 16,
      pipPosition: 'TOP_RIGHT',
      pipWidth: null,
      pipHeight: null,
      participantOrderAttribute: null,
    },
  });
});

it('reads a fill mode that AWS leaves empty as null', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { composition } = await gateway.data(
    `{ composition(arn: "${arnOf('composition/ChessFinal01')}") { layout { grid { videoFillMode } } } }`,
  );
  expect(composition.layout.grid).toEqual({ videoFillMode: null });
});

it.each([
  [
    'grid',
    {
      featuredParticipantAttribute: 'host',
      omitStoppedVideo: true,
      videoAspectRatio: 'PORTRAIT',
      videoFillMode: 'CONTAIN',
      gridGap: 1,
      participantOrderAttribute: 'rank',
    },
  ],
  [
    'pip',
    {
      featuredParticipantAttribute: 'host',
      omitStoppedVideo: true,
      videoFillMode: 'FILL',
      gridGap: 1,
      pipParticipantAttribute: 'guest',
      pipBehavior: 'DYNAMIC',
      pipOffset: 2,
      pipPosition: 'BOTTOM_LEFT',
      pipWidth: 320,
      pipHeight: 180,
      participantOrderAttribute: 'rank',
    },
  ],
])('takes every member of a %s', async (kind, asked) => {
  const gateway = await startGateway({ seed: 'demo' });
  const s3 = {
    storageConfigurationArn: arnOf('storage-configuration/Recordings01'),
    encoderConfigurationArns: [arnOf('encoder-configuration/Hd0000000001')],
  };
  const { startComposition } = await gateway.data(
    `mutation ($input: StartCompositionInput!) { startComposition(input: $input) {
      ... on StartCompositionPayload { composition { layout { ${kind} { ${Object.keys(asked).join(' ')} } } } } } }`,
    {
      input: {
        stageArn: arnOf('stage/TownHall0001'),
        destinations: [{ s3 }],
        layout: { [kind]: asked },
      },
    },
  );
  expect(startComposition.composition.layout).toEqual({ [kind]: asked });
});
