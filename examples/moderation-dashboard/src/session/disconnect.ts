// Disconnects participants a few at a time: one request for each group, so that progress shows and a run can be stopped.
import type { ApolloClient } from '@apollo/client';
import { failureOf } from '../failure.ts';
import { graphql } from '../graphql.ts';
import type { Participant } from './participants-table.tsx';

// The participants are not selected: the page polls them anyway, and so each costs one AWS call.
const Disconnect = graphql(`
  mutation Disconnect($input: DisconnectParticipantsInput!) {
    disconnectParticipants(input: $input) {
      errors {
        index
        code
        message
      }
    }
  }
`);

export interface Outcome {
  participant: Participant;
  /** Absent: it is done. */
  problem?: string;
}

interface Run {
  stageArn: string;
  participants: readonly Participant[];
  reason: string;
  /** Ends it: groups that were not sent yet stay. The one under way is waited for, since AWS may have it already. */
  signal: AbortSignal;
}

/** AWS takes five a second, so a group takes about a second. */
const GROUP = 5;

export async function disconnect(
  client: ApolloClient,
  { stageArn, participants, reason, signal }: Run,
  onOutcome: (outcome: Outcome) => void,
): Promise<void> {
  for (let start = 0; start < participants.length && !signal.aborted; start += GROUP) {
    const group = participants.slice(start, start + GROUP);
    const problems = await disconnectGroup(client, stageArn, group, reason);
    for (const [index, participant] of group.entries()) {
      const problem = problems[index];
      onOutcome({ participant, ...(problem && { problem }) });
    }
  }
}

/** What went wrong, at the places of those who were not disconnected. */
async function disconnectGroup(
  client: ApolloClient,
  stageArn: string,
  group: readonly Participant[],
  reason: string,
): Promise<(string | undefined)[]> {
  const all = (problem: string) => group.map(() => problem);
  try {
    const participants = group.map(({ participantId }) => ({
      stageArn,
      participantId,
      ...(reason && { reason }),
    }));
    const { data } = await client.mutate({ mutation: Disconnect, variables: { input: { participants } } });
    const payload = data?.disconnectParticipants;
    if (!payload) return all('The gateway did not answer');
    const problems: (string | undefined)[] = group.map(() => undefined);
    for (const { index, code, message } of payload.errors) problems[index] = `${code}: ${message}`;
    return problems;
  } catch (error) {
    return all(failureOf(error)?.message ?? String(error));
  }
}
