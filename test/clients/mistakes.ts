// What must not compile: each line below is expected to be an error, and the lack of one is an error, too.
import type {
  ResultOf as DocumentResult,
  VariablesOf as DocumentVariables,
  ResultOf,
  VariablesOf,
} from 'gql.tada';
import type { Disconnect, Joins } from './codegen/operations.ts';
import { graphql } from './tada/graphql.ts';
import type { Room, Stage } from './tada/operations.ts';

type StageAnswer = NonNullable<ResultOf<typeof Stage>['stage']>;
declare const stage: StageAnswer;

export const name: string | null = stage.name;
export const startTime: string | null | undefined = stage.activeSession?.startTime;
// @ts-expect-error It may be null.
export const surely: string = stage.name;
// @ts-expect-error It was not selected.
export const endpoints = stage.endpoints;
// @ts-expect-error An ARN is a text.
export const variables: VariablesOf<typeof Stage> = { arn: 5 };

// @ts-expect-error There is no such field.
graphql(`query { stage(arn: "a") { nmae } }`) satisfies {
  __apiType?: (variables: never) => { stage: { nmae: string } };
};

type Result = DocumentResult<typeof Disconnect>['disconnectParticipant'];
declare const result: Result;
// @ts-expect-error A mutation that failed is null.
export const typename = result.__typename;
declare const answer: NonNullable<Result>;
export const participant = answer.__typename === 'DisconnectParticipantPayload' && answer.participant;
// @ts-expect-error A payload has no message.
export const message = answer.__typename === 'DisconnectParticipantPayload' && answer.message;
// @ts-expect-error The stage is required.
export const input: DocumentVariables<typeof Disconnect> = { input: { participantId: 'p' } };

type RoomMessage = ResultOf<typeof Room>['participants'];
declare const told: RoomMessage;
export const joined =
  told.__typename === 'ParticipantJoined' && (told.participant.userId satisfies string | null);
// @ts-expect-error A gap has no participant.
export const ofGap = told.__typename === 'LiveGap' && told.participant;
// @ts-expect-error The stage is required.
export const room: VariablesOf<typeof Room> = { after: 'cursor' };

type JoinsMessage = DocumentResult<typeof Joins>['participants'];
declare const heard: JoinsMessage;
export const names =
  heard.__typename === 'ParticipantsState' &&
  (heard.nodes.map(({ userId }) => userId) satisfies (string | null | undefined)[]);
// @ts-expect-error It was not selected.
export const published = heard.__typename === 'ParticipantJoined' && heard.participant.published;
