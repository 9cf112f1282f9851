// The largest inputs that AWS accepts, by member. A member of one name means the same wherever it stands.
// https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference and .../RealTimeAPIReference

export interface SizeLimit {
  /** Characters of a text, items of a list, entries of a map. */
  max?: number;
  /** Bytes in UTF-8 of a text, or of all keys and values of a map. */
  maxBytes?: number;
  /** Characters of each text in a list or map. */
  maxLength?: number;
  /** Characters of each key of a map. */
  maxKeyLength?: number;
}

const ARN: SizeLimit = { max: 128 };
const NAME: SizeLimit = { max: 128 };
const KB: SizeLimit = { maxBytes: 1024 };

export const inputLimits: Readonly<Record<string, SizeLimit>> = {
  adConfigurationArn: ARN,
  arn: ARN,
  arns: { max: 50, maxLength: 128 },
  attributes: KB,
  bucketName: { max: 63 },
  capabilities: { max: 2 },
  channelArn: ARN,
  destinationStageArn: ARN,
  destinations: { max: 2 },
  encoderConfigurationArn: ARN,
  encoderConfigurationArns: { max: 1, maxLength: 128 },
  featuredParticipantAttribute: NAME,
  filterByAdConfigurationArn: ARN,
  filterByEncoderConfigurationArn: ARN,
  filterByName: NAME,
  filterByPlaybackRestrictionPolicyArn: ARN,
  filterByRecordingConfigurationArn: ARN,
  filterByStageArn: ARN,
  filterByUserId: { max: 128 },
  idempotencyToken: { max: 64 },
  mediaTailorPlaybackConfigurations: { max: 3 },
  mediaTypes: { max: 1 },
  metadata: KB,
  name: NAME,
  nextToken: { max: 1024 },
  participantId: { max: 64 },
  participantOrderAttribute: NAME,
  participantTokenConfigurations: { max: 12 },
  pipParticipantAttribute: NAME,
  playbackConfigurationArn: ARN,
  playbackRestrictionPolicyArn: ARN,
  reason: { max: 128 },
  recordingConfigurationArn: ARN,
  resourceArn: ARN,
  sessionId: { max: 16 },
  sourceStageArn: ARN,
  stageArn: ARN,
  storageConfigurationArn: ARN,
  streamId: { max: 26 },
  tagKeys: { max: 50, maxLength: 128 },
  tags: { max: 50, maxLength: 256, maxKeyLength: 128 },
  thumbnailConfigurations: { max: 1 },
  userId: { max: 128 },
  viewerId: { max: 40 },
  viewerSessions: { max: 20 },
};

/** Of what AWS documents no limit: far above any sensible value, so that the work on one is bounded. */
export const UNDOCUMENTED_TEXT: SizeLimit = { max: 10_000 };
export const UNDOCUMENTED_LIST: SizeLimit = { max: 1_000, maxLength: 10_000 };
