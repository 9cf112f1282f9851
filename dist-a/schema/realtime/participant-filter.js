// The filters by which AWS lists the participants of a session, one at a time.
import { builder } from '../language/builder.js';
import { ParticipantRecordingFilterState, ParticipantState } from './participant-states.js';
export const ParticipantFilter = builder.inputType('ParticipantFilter', {
    description: 'AWS filters by one condition at a time.',
    isOneOf: true,
    fields: (t) => ({
        userId: t.string({ description: 'Participants with this `userId`.' }),
        published: t.boolean({ description: 'With `true`: participants that have ever published.' }),
        state: t.field({ type: ParticipantState, description: 'Items in this state.' }),
        recordingState: t.field({
            type: ParticipantRecordingFilterState,
            description: 'Participants whose recording is in this state.',
        }),
    }),
});
