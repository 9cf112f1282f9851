import { awsObject } from '../language/aws-types.js';
const StreamVideoConfiguration = awsObject('StreamVideoConfiguration', 'A video track of the ingest.', {
    track: ['String', 'Name of the track. The first or only one is `Track0`.'],
    codec: ['String', 'Codec, such as `avc1.42C02A`.'],
    profile: ['String', 'Profile of the codec.'],
    level: ['String', 'Level of the codec.'],
    encoder: ['String', 'Software or device of the encoder.'],
    targetBitrate: ['Int', 'Target bitrate of the encoder. Unit: bits per second.'],
    targetFramerate: ['Int', 'Target frame rate of the encoder. Unit: frames per second.'],
    videoHeight: ['Int', 'Height. Unit: pixels.'],
    videoWidth: ['Int', 'Width. Unit: pixels.'],
});
const StreamAudioConfiguration = awsObject('StreamAudioConfiguration', 'An audio track of the ingest.', {
    track: ['String', 'Name of the track. The first or only one is `Track0`.'],
    codec: ['String', 'Codec, such as `mp4a.40.2`.'],
    targetBitrate: ['Int', 'Target bitrate of the encoder. Unit: bits per second.'],
    sampleRate: ['Int', 'Sample rate. Unit: samples per second.'],
    channels: ['Int', 'Number of audio channels: 1 is mono, 2 is stereo.'],
});
export const StreamIngestConfigurations = awsObject('StreamIngestConfigurations', 'Ingest settings of a stream: one track of each kind, or several with multitrack input.', {
    videoConfigurations: [[StreamVideoConfiguration], 'Video tracks.'],
    audioConfigurations: [[StreamAudioConfiguration], 'Audio tracks.'],
});
