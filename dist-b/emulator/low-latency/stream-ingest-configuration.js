const pictures = [
    { level: '4.2', codec: 'avc1.42C02A', targetBitrate: 8_350_000, videoHeight: 1080, videoWidth: 1920 },
    { level: '3.2', codec: 'avc1.42C020', targetBitrate: 3_500_000, videoHeight: 720, videoWidth: 1280 },
    { level: '3.1', codec: 'avc1.42C01F', targetBitrate: 1_200_000, videoHeight: 480, videoWidth: 852 },
];
const tallest = { FULL_HD: 1080, HD: 720, SD: 480 };
const audio = {
    codec: 'mp4a.40.2',
    targetBitrate: 160_000,
    sampleRate: 48_000,
    channels: 2,
    track: 'Track0',
};
function videoTracks({ multitrackInputConfiguration: multitrack }) {
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
export function ingestOf(channel) {
    const videoConfigurations = videoTracks(channel);
    const [first] = videoConfigurations;
    return {
        ingestConfiguration: { video: { ...first, avcProfile: first?.profile, avcLevel: first?.level }, audio },
        ingestConfigurations: { videoConfigurations, audioConfigurations: [audio] },
    };
}
/** How long AWS looks at a stream before it tells what is sent. The seconds are a guess. */
export const ANALYSIS_SECONDS = 5;
const blank = (track) => Object.fromEntries(Object.entries(track).map(([name, value]) => [name, typeof value === 'number' ? 0 : '']));
/**
 * Early in a stream: empty texts and zeros, by which AWS's own sample knows to ask again.
 * https://github.com/aws-samples/amazon-ivs-ugc-platform-web-demo/blob/main/cdk/api/shared/helpers.ts
 */
export function ingestUnknown(channel) {
    const video = blank(ingestOf(channel).ingestConfiguration.video ?? {});
    const sound = blank(audio);
    return {
        ingestConfiguration: { video, audio: sound },
        ingestConfigurations: { videoConfigurations: [video], audioConfigurations: [sound] },
    };
}
