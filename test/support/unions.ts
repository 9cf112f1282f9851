// Which errors of AWS a mutation answers with as members of its union: those that it declares, and no others.
import type { TestGateway } from './gateway.ts';

const exceptions: [type: string, exception: string, status: number][] = [
  ['ValidationError', 'ValidationException', 400],
  ['ResourceNotFoundError', 'ResourceNotFoundException', 404],
  ['ConflictError', 'ConflictException', 409],
  ['ServiceQuotaExceededError', 'ServiceQuotaExceededException', 402],
  ['PendingVerificationError', 'PendingVerification', 403],
  ['ChannelNotBroadcastingError', 'ChannelNotBroadcasting', 404],
  ['StreamUnavailableError', 'StreamUnavailable', 503],
];

/** Lets AWS refuse the mutation in each of its ways. The others stand in `errors`, and are left out here. */
export async function unionErrors(gateway: TestGateway, mutation: string, input: object): Promise<string[]> {
  const Name = mutation.charAt(0).toUpperCase() + mutation.slice(1);
  const query = `mutation ($input: ${Name}Input!) { ${mutation}(input: $input) { __typename ... on MutationError { message } } }`;
  const members: string[] = [];
  for (const [type, errorType, status] of exceptions) {
    gateway.emulator.faults.add({ operation: Name, times: 1, errorType, status, message: 'because' });
    const { data } = await gateway.ask(query, { input });
    const answer = data?.[mutation];
    if (answer?.__typename === type && answer.message === 'because') members.push(type);
  }
  return members;
}
