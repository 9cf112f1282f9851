// Bulk mutations, called by name.
import type { Caller } from '../../src/context.ts';
import type { TestGateway } from './gateway.ts';

interface BulkError {
  index: number;
  code: string;
  awsCode: string | null;
  message: string;
  retryable: boolean;
  [key: string]: unknown;
}

export const bulk = (name: string, more = ''): string =>
  `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) {
    requestedCount errors { __typename index code awsCode message retryable } ${more} } }`;

/** The payload of a bulk mutation that must not fail as a whole. */
export async function runBulk(
  { ask }: TestGateway,
  name: string,
  input: object,
  { more = '', caller }: { more?: string; caller?: Caller } = {},
) {
  const { data, errors } = await ask(bulk(name, more), { input }, { caller });
  if (!data?.[name]) throw new Error(`Expected a payload, got: ${JSON.stringify(errors)}`);
  // biome-ignore lint/suspicious/noExplicitAny: the further fields are the test's
  return data[name] as { requestedCount: number; errors: BulkError[] } & Record<string, any>;
}

/** Seconds of the gateway's clock that something takes. */
export async function timed<T>(
  { clock }: TestGateway,
  work: () => Promise<T>,
): Promise<[T, seconds: number]> {
  const start = clock.now();
  return [await work(), (clock.now() - start) / 1000];
}
