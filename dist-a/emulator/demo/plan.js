const production = { environment: 'production' };
const staging = { environment: 'staging' };
export const stages = {
    'us-west-2': [
        { name: 'town-hall', tags: { ...production, team: 'events' }, present: 108, publishing: 9, left: 12 },
        { name: 'podcast-studio', tags: production, present: 3, publishing: 3, pastSessions: 5, recorded: true },
        {
            name: 'support-desk',
            tags: { ...production, team: 'support' },
            present: 6,
            publishing: 4,
            left: 3,
            pastSessions: 2,
        },
        { name: 'chess-final', tags: production, present: 42, publishing: 2, left: 5 },
        { name: 'open-mic', tags: production, present: 17, publishing: 1, left: 2, pastSessions: 1 },
        { name: 'book-club', tags: production, present: 5, publishing: 5, pastSessions: 3 },
        { name: 'green-room', tags: { ...production, team: 'events' }, present: 2, publishing: 2 },
        { name: 'quiz-night', tags: production, pastSessions: 2 },
        { name: 'language-class', tags: production, pastSessions: 4 },
        { name: 'band-practice', pastSessions: 1 },
        { name: 'hackathon', tags: staging },
        { name: 'load-test', tags: staging },
        { name: 'rehearsal', tags: staging },
        { name: 'new-stage' },
    ],
    'eu-west-1': [
        { name: 'berlin-meetup', tags: production, present: 8, publishing: 2 },
        { name: 'lisbon-panel', tags: production, pastSessions: 1 },
    ],
};
export const channels = {
    'us-west-2': [
        {
            name: 'main-stage',
            tags: { ...production, team: 'events' },
            authorized: true,
            viewerCount: 4211,
            pastStreams: 2,
        },
        {
            name: 'keynote',
            tags: production,
            viewerCount: 953,
            uses: { recordingConfiguration: 'shows', adConfiguration: 'commercials' },
        },
        {
            name: 'sports-arena',
            tags: production,
            type: 'ADVANCED_HD',
            preset: 'HIGHER_BANDWIDTH_DELIVERY',
            viewerCount: 12_780,
            starving: true,
        },
        {
            name: 'aquarium-cam',
            tags: production,
            type: 'BASIC',
            latencyMode: 'NORMAL',
            viewerCount: 61,
            pastStreams: 1,
        },
        {
            name: 'members-only',
            tags: production,
            authorized: true,
            viewerCount: 204,
            uses: { playbackRestrictionPolicy: 'members-area' },
        },
        { name: 'cooking-show', tags: production, pastStreams: 6, uses: { recordingConfiguration: 'shows' } },
        { name: 'town-council', tags: production, pastStreams: 1 },
        { name: 'night-market' },
        { name: 'press-room', authorized: true, tags: staging },
        { name: 'bitrate-lab', tags: staging, type: 'ADVANCED_SD', preset: 'CONSTRAINED_BANDWIDTH_DELIVERY' },
    ],
    'eu-west-1': [{ name: 'london-feed', tags: production, viewerCount: 37 }],
};
