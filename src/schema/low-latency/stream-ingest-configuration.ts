// What a broadcaster sent; part of a StreamSession.
import type { AudioConfiguration, IngestConfigurations, VideoConfiguration } from '@aws-sdk/client-ivs';
import { awsObject } from '../language/aws-types.ts';

const StreamVideoConfiguration = awsObject<VideoConfiguration>(
  'StreamVideoConfiguration',
  'A video track that a broadcaster sent.',
  {
    track: ['String', 'Its name; the first one, or the only one, is `Track0`.'],
    codec: ['String', 'The codec, such as `avc1.42C02A`.'],
    profile: ['String', 'The set of features of the codec that a decoder must have.'],
    level: ['String', 'How fast a decoder must be, on the scale of the codec.'],
    encoder: ['String', 'The software or device that made it.'],
    targetBitrate: ['Int', 'Bits a second that the encoder was set to.'],
    targetFramerate: ['Int', 'Frames a second that the encoder was set to.'],
    videoHeight: ['Int', 'Height of the picture in pixels.'],
    videoWidth: ['Int', 'Width of the picture in pixels.'],
  },
);

const StreamAudioConfiguration = awsObject<AudioConfiguration>(
  'StreamAudioConfiguration',
  'An audio track that a broadcaster sent.',
  {
    track: ['String', 'Its name; the first one, or the only one, is `Track0`.'],
    codec: ['String', 'The codec, such as `mp4a.40.2`.'],
    targetBitrate: ['Int', 'Bits a second that the encoder was set to.'],
    sampleRate: ['Int', 'Samples a second.'],
    channels: ['Int', 'How many channels: 1 is mono, 2 is stereo.'],
  },
);

export const StreamIngestConfigurations = awsObject<IngestConfigurations>(
  'StreamIngestConfigurations',
  'What a broadcaster sent: one track of each kind, or several with multitrack input.',
  {
    videoConfigurations: [[StreamVideoConfiguration], 'The video tracks.'],
    audioConfigurations: [[StreamAudioConfiguration], 'The audio tracks.'],
  },
);
