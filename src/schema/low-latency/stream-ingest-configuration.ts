// What a broadcaster sent; part of a StreamSession.
import type {
  AudioConfiguration,
  IngestConfiguration,
  IngestConfigurations,
  VideoConfiguration,
} from '@aws-sdk/client-ivs';
import { builder } from '../language/builder.ts';

const StreamVideoConfiguration = builder.objectRef<VideoConfiguration>('StreamVideoConfiguration').implement({
  description: 'A video track that a broadcaster sent.',
  fields: (t) => ({
    track: t.exposeString('track', { description: 'Its name; the first one, or the only one, is `Track0`.' }),
    codec: t.exposeString('codec', { description: 'The codec, such as `avc1.42C02A`.' }),
    profile: t.exposeString('profile', {
      description: 'The set of features of the codec that a decoder must have.',
    }),
    level: t.exposeString('level', {
      description: 'How fast a decoder must be, on the scale of the codec.',
    }),
    encoder: t.exposeString('encoder', { description: 'The software or device that made it.' }),
    targetBitrate: t.exposeInt('targetBitrate', {
      description: 'Bits a second that the encoder was set to.',
    }),
    targetFramerate: t.exposeInt('targetFramerate', {
      description: 'Frames a second that the encoder was set to.',
    }),
    videoHeight: t.exposeInt('videoHeight', { description: 'Height of the picture in pixels.' }),
    videoWidth: t.exposeInt('videoWidth', { description: 'Width of the picture in pixels.' }),
    avcProfile: t.exposeString('avcProfile', {
      description: 'As `profile`; told only within `ingestConfiguration`.',
      deprecationReason: 'Read `profile`, which is not only for H.264.',
    }),
    avcLevel: t.exposeString('avcLevel', {
      description: 'As `level`; told only within `ingestConfiguration`.',
      deprecationReason: 'Read `level`, which is not only for H.264.',
    }),
  }),
});

const StreamAudioConfiguration = builder.objectRef<AudioConfiguration>('StreamAudioConfiguration').implement({
  description: 'An audio track that a broadcaster sent.',
  fields: (t) => ({
    track: t.exposeString('track', { description: 'Its name; the first one, or the only one, is `Track0`.' }),
    codec: t.exposeString('codec', { description: 'The codec, such as `mp4a.40.2`.' }),
    targetBitrate: t.exposeInt('targetBitrate', {
      description: 'Bits a second that the encoder was set to.',
    }),
    sampleRate: t.exposeInt('sampleRate', { description: 'Samples a second.' }),
    channels: t.exposeInt('channels', { description: 'How many channels: 1 is mono, 2 is stereo.' }),
  }),
});

export const StreamIngestConfiguration = builder
  .objectRef<IngestConfiguration>('StreamIngestConfiguration')
  .implement({
    description: 'What a broadcaster sent, of its first tracks only.',
    fields: (t) => ({
      video: t.expose('video', { type: StreamVideoConfiguration, description: 'The first video track.' }),
      audio: t.expose('audio', { type: StreamAudioConfiguration, description: 'The first audio track.' }),
    }),
  });

export const StreamIngestConfigurations = builder
  .objectRef<IngestConfigurations>('StreamIngestConfigurations')
  .implement({
    description: 'What a broadcaster sent: one track of each kind, or several with multitrack input.',
    fields: (t) => ({
      videoConfigurations: t.expose('videoConfigurations', {
        type: [StreamVideoConfiguration],
        description: 'The video tracks.',
      }),
      audioConfigurations: t.expose('audioConfigurations', {
        type: [StreamAudioConfiguration],
        description: 'The audio tracks.',
      }),
    }),
  });
