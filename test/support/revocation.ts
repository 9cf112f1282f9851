// Revoking viewers of the demo world's private channel.
import type { TestGateway } from './gateway.ts';

export const MAIN = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';
export const UNKNOWN = 'arn:aws:ivs:us-west-2:123456789012:channel/unknown';

export interface Pair {
  channelArn: string;
  viewerId: string;
  viewerSessionVersionsLessThanOrEqualTo?: number | null;
}
interface PairError extends Pair {
  index: number;
  code: string;
  message: string;
  retryable: boolean;
}

export const mutation = `mutation ($viewerSessions: [ViewerSessionInput!]!) { revokeViewerSessions(input: { viewerSessions: $viewerSessions }) {
  requestedCount revokedCount
  errors { index channelArn viewerId viewerSessionVersionsLessThanOrEqualTo code awsCode message retryable } } }`;

export async function revoke(
  gateway: TestGateway,
  viewerSessions: Pair[],
): Promise<{ requestedCount: number; revokedCount: number; errors: PairError[] }> {
  const { revokeViewerSessions } = await gateway.data(mutation, { viewerSessions });
  return revokeViewerSessions;
}

export const viewers = (count: number, channelArn = MAIN): Pair[] =>
  Array.from({ length: count }, (_, index) => ({ channelArn, viewerId: `viewer-${index}` }));

export const indexes = (errors: { index: number }[]): number[] => errors.map(({ index }) => index);

/** How many pairs each batch had. */
export const sizes = (gateway: TestGateway): number[] =>
  gateway.emulator.calls
    .log('BatchStartViewerSessionRevocation')
    .map(({ input }) => (input as { viewerSessions: Pair[] }).viewerSessions.length);
