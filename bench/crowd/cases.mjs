// What is called in a world with a crowd: [what, path, body of the nth call, how often].

/** @typedef {[what: string, path: string, body: (index: number) => object, times?: number]} Case */
/**
 * @typedef {{ stageArn: string, sessionId: string }} Session
 * @typedef {{ live: Session, past: Session, many: string, channelArn: string, encoderArn: string, ingestArn: string,
 *   otherStageArn: string, size: number }} Crowd
 */

/** @param {number} index */
export const idOf = (index) => `p${index}`;

const TIMES = 100;

/** Each as it stands beside the crowd, without a change of who is there. @param {Crowd} crowd @returns {Case[]} */
export const reads = ({ live, past, many, channelArn, encoderArn, ingestArn, size }) => [
  ['GetStage', '/GetStage', () => ({ arn: live.stageArn })],
  ['ListStages', '/ListStages', () => ({})],
  ['GetStageSession', '/GetStageSession', () => live],
  ['ListStageSessions', '/ListStageSessions', () => ({ stageArn: many, maxResults: 100 })],
  ['GetParticipant', '/GetParticipant', (index) => ({ ...live, participantId: idOf(size - 1 - index) })],
  ['ListParticipantEvents', '/ListParticipantEvents', (index) => ({ ...live, participantId: idOf(index) })],
  [
    'ListParticipantReplicas',
    '/ListParticipantReplicas',
    () => ({ sourceStageArn: live.stageArn, participantId: idOf(0) }),
  ],
  ['ListParticipants', '/ListParticipants', () => ({ ...live, maxResults: 100 })],
  ...[live, past].flatMap((session) => filtersOf(session, session === live ? 'present' : 'past')),
  ['ListCompositions', '/ListCompositions', () => ({ filterByEncoderConfigurationArn: encoderArn })],
  ['GetIngestConfiguration', '/GetIngestConfiguration', () => ({ arn: ingestArn })],
  ['ListIngestConfigurations', '/ListIngestConfigurations', () => ({ filterByStageArn: live.stageArn })],
  ['GetEncoderConfiguration', '/GetEncoderConfiguration', () => ({ arn: encoderArn })],
  ['ListPublicKeys', '/ListPublicKeys', () => ({})],
  ['ListStorageConfigurations', '/ListStorageConfigurations', () => ({})],
  ['GetChannel', '/GetChannel', () => ({ arn: channelArn })],
  ['ListChannels', '/ListChannels', () => ({})],
  ['ListStreams', '/ListStreams', () => ({})],
  ['ListStreamSessions', '/ListStreamSessions', () => ({ channelArn })],
  ['control calls', '/_control/calls', () => ({ limit: 1 })],
  ['control events', '/_control/events', () => ({}), 10],
  ['control advanceClock', '/_control/advanceClock', () => ({ seconds: 1 })],
  ['studio: stages', '/_control/studio/state', () => ({ view: 'stages', arn: live.stageArn })],
  [
    'studio: who watches',
    '/_control/studio/state',
    () => ({ view: 'stages', arn: live.stageArn, show: 'watching' }),
  ],
  [
    'studio: who left',
    '/_control/studio/state',
    () => ({ view: 'stages', arn: live.stageArn, show: 'left' }),
  ],
  [
    'studio: search',
    '/_control/studio/state',
    () => ({ view: 'stages', arn: live.stageArn, search: 'nobody' }),
  ],
  ['studio: compositions', '/_control/studio/state', () => ({ view: 'compositions' })],
];

/** The last page of each filter, and one that nobody passes. @param {Session} session @param {string} who @returns {Case[]} */
const filtersOf = (session, who) =>
  [
    { filterByUserId: 'u999' },
    { filterByUserId: 'nobody' },
    { filterByPublished: true },
    { filterByPublished: false },
    { filterByState: 'CONNECTED' },
    { filterByState: 'DISCONNECTED' },
    { filterByRecordingState: 'ACTIVE' },
    { filterByRecordingState: 'STOPPED' },
  ].map((filter) => [
    `ListParticipants, ${who}, ${Object.entries(filter).join().replace(',', ' ')}`,
    '/ListParticipants',
    () => ({ ...session, ...filter, maxResults: 100 }),
    30,
  ]);

/** Each changes who is there, or what is done there. @param {Crowd} crowd @returns {Case[]} */
export const changes = (crowd) => {
  const { live, otherStageArn, channelArn, encoderArn } = crowd;
  const { stageArn } = live;
  const one = (/** @type {number} */ index) => ({ stageArn, participantId: idOf(index) });
  const replication = { sourceStageArn: stageArn, destinationStageArn: otherStageArn };
  return [
    [
      'UpdateStage',
      '/UpdateStage',
      (index) => ({
        arn: stageArn,
        name: `crowd-${index}`,
        autoParticipantRecordingConfiguration: { storageConfigurationArn: '' },
      }),
    ],
    ['CreateParticipantToken', '/CreateParticipantToken', () => ({ stageArn })],
    ['TagResource', `/tags/${encodeURIComponent(stageArn)}`, () => ({ tags: { crowd: 'large' } })],
    [
      'control join',
      '/_control/join',
      (index) => ({ stageArn, participantId: `late${index}`, userId: 'late' }),
    ],
    ['control publish', '/_control/publish', one, 10],
    [
      'StartParticipantReplication',
      '/StartParticipantReplication',
      (index) => ({ ...replication, participantId: idOf(index) }),
      5,
    ],
    [
      'StopParticipantReplication',
      '/StopParticipantReplication',
      (index) => ({ ...replication, participantId: idOf(index) }),
      5,
    ],
    [
      'StartComposition',
      '/StartComposition',
      () => ({ stageArn, destinations: [{ channel: { channelArn, encoderConfigurationArn: encoderArn } }] }),
      1,
    ],
    [
      'control subscribe',
      '/_control/subscribe',
      (index) => ({ ...one(20 + index), remoteParticipantId: idOf(1) }),
    ],
    [
      'control unsubscribe',
      '/_control/unsubscribe',
      (index) => ({ ...one(20 + index), remoteParticipantId: idOf(1) }),
    ],
    ['control fail', '/_control/fail', (index) => ({ ...one(20 + index), errorCode: 'BITRATE_EXCEEDED' })],
    [
      'control exchangeToken',
      '/_control/exchangeToken',
      (index) => ({ ...one(20 + index), attributes: { role: 'host' } }),
    ],
    ['control unpublish', '/_control/unpublish', one, 10],
    ...departures(crowd),
  ];
};

/** @param {Crowd} crowd @returns {Case[]} */
const departures = ({ live: { stageArn }, many, ingestArn, size }) => {
  const one = (/** @type {number} */ index) => ({ stageArn, participantId: idOf(index) });
  return [
    ['control leave', '/_control/leave', (index) => one(100 + index)],
    ['control join again', '/_control/join', (index) => one(100 + index)],
    ['control startIngest', '/_control/startIngest', () => ({ ingestConfigurationArn: ingestArn }), 1],
    ['control stopIngest', '/_control/stopIngest', () => ({ ingestConfigurationArn: ingestArn }), 1],
    ['DisconnectParticipant', '/DisconnectParticipant', (index) => one(300 + index)],
    [
      'DisconnectParticipant, past',
      '/DisconnectParticipant',
      (index) => ({ stageArn: many, participantId: `m${size - 1 - index}` }),
    ],
  ];
};

export const timesOf = (/** @type {Case} */ [, , , times = TIMES]) => times;
