// The filters by which AWS lists the participants of a session, one at a time.
import { builder } from '../language/builder.ts';
import { ParticipantRecordingFilterState, ParticipantState } from './participant-states.ts';

export const ParticipantFilter = builder.inputType('ParticipantFilter', {
  description: 'AWS filters by one condition at a time.',
  isOneOf: true,
  fields: (t) => ({
    userId: t.string({ description: 'Only those with this `userId`.' }),
    published: t.boolean({ description: 'With `true`, only those who have ever published.' }),
    state: t.field({ type: ParticipantState, description: 'Only those in this state.' }),
    recordingState: t.field({
      type: ParticipantRecordingFilterState,
      description: 'Only those whose recording is in this state.',
    }),
  }),
});
