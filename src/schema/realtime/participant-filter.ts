// The filters by which AWS lists the participants of a session, one at a time.
import { builder } from '../language/builder.ts';
import { ParticipantRecordingFilterState, ParticipantState } from './participant-states.ts';

export const ParticipantFilter = builder.inputType('ParticipantFilter', {
  description:
    'Condition on participants. Set exactly one member, since AWS filters by one condition at a time.',
  isOneOf: true,
  fields: (t) => ({
    userId: t.string({ description: 'Participants with this `userId`.' }),
    published: t.boolean({
      description:
        'With `true`: participants that have published at any time in the session. AWS does not document what `false` returns.',
    }),
    state: t.field({ type: ParticipantState, description: 'Items in this state.' }),
    recordingState: t.field({
      type: ParticipantRecordingFilterState,
      description: 'Participants whose recording is in this state.',
    }),
  }),
});
