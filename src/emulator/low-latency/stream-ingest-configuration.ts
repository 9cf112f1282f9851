// What the broadcasters of the emulated world send: one track, or several where the channel takes them.
import type {
  Channel,
  IngestConfiguration,
  IngestConfigurations,
  MultitrackMaximumResolution,
  VideoConfiguration,
} from '@aws-sdk/client-ivs';

const pictures = [
  { level: '4.2', codec: 'avc1.42C02A', targetBitrate: 8_350_000, videoHeight: 1080, videoWidth: 1920 },
  { level: '3.2', codec: 'avc1.42C020', targetBitrate: 3_500_000, videoHeight: 720, videoWidth: 1280 },
  { level: '3.1', codec: 'avc1.42C01F', targetBitrate: 1_200_000, videoHeight: 480, videoWidth: 852 },
];
const tallest: Record<MultitrackMaximumResolution, number> = { FULL_HD: 1080, HD: 720, SD: 480 };

const audio = {
  codec: 'mp4a.40.2',
  targetBitrate: 160_000,
  sampleRate: 48_000,
  channels: 2,
  track: 'Track0',
};

function videoTracks({ multitrackInputConfiguration: multitrack }: Channel): VideoConfiguration[] {
  const limit = tallest[multitrack?.maximumResolution ?? 'FULL_HD'];
  const sent = multitrack?.enabled
    ? pictures.filter(({ videoHeight }) => videoHeight <= limit)
    : [pictures[0]];
  return sent.map((picture, index) => ({
    // Of the deprecated form only
    avcProfile: '',
    avcLevel: '',
    profile: 'Baseline',
    encoder: 'obs-studio',
    targetFramerate: 60,
    ...picture,
    track: `Track${index}`,
  }));
}

/** The same twice: all tracks, and the first of them in the deprecated form. */
export function ingestOf(channel: Channel): {
  ingestConfiguration: IngestConfiguration;
  ingestConfigurations: IngestConfigurations;
} {
  const videoConfigurations = videoTracks(channel);
  const [first] = videoConfigurations;
  return {
    ingestConfiguration: { video: { ...first, avcProfile: first?.profile, avcLevel: first?.level }, audio },
    ingestConfigurations: { videoConfigurations, audioConfigurations: [audio] },
  };
}
