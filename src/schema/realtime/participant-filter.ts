// The filters by which AWS lists the participants of a session, one at a time.
import type {
  ParticipantState as AwsParticipantState,
  ParticipantRecordingFilterByRecordingState as FilterByRecordingState,
} from '@aws-sdk/client-ivs-realtime';
import { builder } from '../language/builder.ts';
import { given } from '../language/input.ts';
import { ParticipantRecordingFilterByRecordingState, ParticipantState } from './participant-states.ts';

export const ParticipantFilter = builder.inputType('ParticipantFilter', {
  description: 'AWS filters by one thing at a time.',
  isOneOf: true,
  fields: (t) => ({
    userId: t.string({ description: 'Only those with this `userId`.' }),
    published: t.boolean({ description: 'With `true`, only those who have ever published.' }),
    state: t.field({ type: ParticipantState, description: 'Only those in this state.' }),
    recordingState: t.field({
      type: ParticipantRecordingFilterByRecordingState,
      description: 'Only those whose recording is in this state.',
    }),
  }),
});
export type Filter = typeof ParticipantFilter.$inferInput;

export interface AwsFilters {
  filterByUserId?: string | undefined;
  filterByPublished?: boolean | undefined;
  filterByState?: AwsParticipantState | undefined;
  filterByRecordingState?: FilterByRecordingState | undefined;
}

export function filtersOf(filter: Filter | null | undefined): AwsFilters {
  const { userId, published, state, recordingState } = given(filter ?? {}) as Partial<Filter>;
  return {
    filterByUserId: userId,
    filterByPublished: published,
    filterByState: state,
    filterByRecordingState: recordingState,
  };
}
