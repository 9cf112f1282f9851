// Removes people one by one: a request each, so that each outcome shows as soon as it is known.
import type { ApolloClient } from '@apollo/client';
import { failureOf } from '../failure.ts';
import { graphql } from '../graphql.ts';
import type { Person } from './people-table.tsx';

const Disconnect = graphql(`
  mutation Disconnect($input: DisconnectParticipantInput!) {
    disconnectParticipant(input: $input) {
      __typename
      ... on DisconnectParticipantPayload {
        participant {
          id
          state
        }
      }
      ... on MutationError {
        code
        message
      }
    }
  }
`);

export interface Outcome {
  person: Person;
  /** Absent: it is done. */
  problem?: string;
}

interface Run {
  stageArn: string;
  people: readonly Person[];
  reason: string;
  /** Ends it: who has not been asked for yet stays. What is under way is waited for, since AWS may have it already. */
  signal: AbortSignal;
}

/** AWS takes five a second; the gateway lets them wait for their turn. */
const AT_ONCE = 5;

export async function disconnect(
  client: ApolloClient,
  { stageArn, people, reason, signal }: Run,
  onOutcome: (outcome: Outcome) => void,
): Promise<void> {
  const waiting = [...people];
  const worker = async () => {
    while (!signal.aborted) {
      const person = waiting.shift();
      if (!person) return;
      onOutcome({ person, ...(await disconnectOne(client, stageArn, person, reason)) });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function disconnectOne(
  client: ApolloClient,
  stageArn: string,
  { participantId }: Person,
  reason: string,
) {
  try {
    const input = { stageArn, participantId, ...(reason && { reason }) };
    const { data } = await client.mutate({ mutation: Disconnect, variables: { input } });
    const answer = data?.disconnectParticipant;
    if (answer?.__typename === 'DisconnectParticipantPayload') return {};
    return { problem: answer ? `${answer.code}: ${answer.message}` : 'The gateway did not answer' };
  } catch (error) {
    return { problem: failureOf(error)?.message ?? String(error) };
  }
}
