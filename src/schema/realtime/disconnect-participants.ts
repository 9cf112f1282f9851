// Many disconnections in one mutation.
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import { nameOfTarget, targetOf } from '../../upstream/arn.ts';
import { UpstreamError } from '../../upstream/errors.ts';
import { scoped } from '../language/authorization.ts';
import { builder } from '../language/builder.ts';
import { groupBy } from '../language/collections.ts';
import { type Arguments, type CallCount, costs, type Reference } from '../language/costs.ts';
import { itemErrors } from '../language/located-errors.ts';
import { inSlices } from '../language/slices.ts';
import { selects } from '../loading/selection.ts';
import { defineBulkMutation } from '../patterns/bulk-mutation.ts';
import {
  type Disconnection,
  disconnect,
  disconnectionFields,
  problemOfDisconnection,
} from './disconnect-participant.ts';
import { Participant, participants } from './participant.ts';
import { sessionIdBefore } from './stage.ts';

/** The session that a participant was in, or why it is not known: the disconnection itself does not need it. */
interface Disconnected extends Disconnection {
  sessionId: string | undefined | UpstreamError;
}

const ParticipantDisconnectionInput = builder.inputType('ParticipantDisconnectionInput', {
  description: 'One participant to disconnect.',
  fields: disconnectionFields,
});

const soundItems = ({ input }: Arguments): Disconnection[] =>
  (input as { participants: Disconnection[] }).participants.filter((item) => !problemOfDisconnection(item));

/** Stages of one region that are read together may be looked up in their list: then a tenth of its pages may be in vain. */
const readStages = (args: Arguments): CallCount[] => {
  const arns = new Set(soundItems(args).map(({ stageArn }) => stageArn));
  return [...groupBy(arns, (arn) => nameOfTarget(targetOf(arn))).values()].flatMap((some) => {
    const target = targetOf(some[0] as string);
    const pages = some.length > 1 ? Math.ceil(some.length / 10) : 0;
    return [
      { operation: 'GetStage', target, calls: some.length, asTimeAllows: true },
      { operation: 'ListStages', target, calls: pages, asTimeAllows: true },
    ];
  });
};

/** Stands in for the id of the active session, which only AWS knows. */
const SOME_SESSION = `st-${'0'.repeat(13)}`;

const participantsOf = (args: Arguments): Reference[] =>
  soundItems(args).map(({ stageArn, participantId }) => ({
    typeName: participants.name,
    key: { stageArn, sessionId: SOME_SESSION, participantId },
  }));

defineBulkMutation('disconnectParticipants', {
  operation: 'DisconnectParticipant',
  scope: 'ivs:moderate',
  description:
    'Disconnects many participants from their stages (DisconnectParticipant, one call per participant). The ingest configuration of a disconnected encoder is detached from its stage.',
  input: (t) => ({
    participants: t.field({
      type: [ParticipantDisconnectionInput],
      required: true,
      description:
        'Participants to disconnect, of one stage or of several. Equal items are sent once. AWS takes 5 calls a second and region.',
    }),
  }),
  itemsOf: ({ participants: some }: { participants: Disconnection[] }) => some,
  problemOf: problemOfDisconnection,
  arnOf: ({ stageArn }) => stageArn,
  nameOf: ({ stageArn, participantId, reason = '' }) => `${stageArn} ${participantId} ${reason}`,
  participle: 'disconnected',
  key: {
    stageArn: ['ID', { nullable: false, description: 'As in the input.' }],
    participantId: ['ID', { nullable: false, description: 'As in the input.' }],
  },
  sender: (context, info) => {
    const needsSession = selects(info, 'DisconnectParticipantsPayload', 'participants', context.caller);
    return async (item): Promise<Disconnected> => {
      // Read first: the session ends when its last participant leaves.
      const sessionId = needsSession
        ? await sessionIdBefore(item.stageArn, context).catch(asValue)
        : undefined;
      await disconnect(item, context);
      return { ...item, sessionId };
    };
  },
  payload: (t) => ({
    participants: t.field({
      type: [Participant],
      nullable: { list: false, items: true },
      ...scoped('ivs:read', {
        description:
          'The participants, in the order of the input. Null where the item failed, or when no participant of that id was in the session. Call: GetStage, one per stage.',
        ...costs({ calls: readStages, references: participantsOf, checksExistence: true, perItem: true }),
      }),
      resolve: async ({ done }, _args, context, info) => {
        const errorOf = itemErrors(info);
        const load = (item: Disconnected | undefined) => loadDisconnected(item, context, info);
        const loaded = done.map((item, index) => load(item).catch((error: Error) => errorOf(error, index)));
        return inSlices(await Promise.all(loaded)) as never;
      },
    }),
  }),
});

async function loadDisconnected(item: Disconnected | undefined, context: Context, info: GraphQLResolveInfo) {
  if (!item?.sessionId) return null;
  const { stageArn, sessionId, participantId } = item;
  if (sessionId instanceof UpstreamError) throw sessionId;
  return participants.load({ stageArn, sessionId, participantId }, context, info);
}

function asValue(error: unknown): UpstreamError {
  if (error instanceof UpstreamError) return error;
  throw error;
}
