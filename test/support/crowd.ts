// Many clients at once, each with a request of its own, against AWS's call rates.
import type { Caller } from '../../src/context.ts';
import type { TestGateway } from './gateway.ts';

/** So many channels, stages or the like, made in the time that AWS's rates take; the rates are all there again afterwards. */
export async function makeMany(
  gateway: TestGateway,
  noun: string,
  count: number,
  input = '',
): Promise<string[]> {
  const member = `${noun.charAt(0).toLowerCase()}${noun.slice(1)}`;
  const create = async (index: number) => {
    const mutation = `create${noun}(input: { name: "${member}-${index}" ${input} })`;
    const { made } = await gateway.data(
      `mutation { made: ${mutation} { ... on Create${noun}Payload { ${member} { arn } } } }`,
    );
    return made[member].arn as string;
  };
  const arns: string[] = [];
  // As many as start within a request's time.
  for (let from = 0; from < count; from += 100)
    arns.push(...(await Promise.all(range(from, Math.min(count, from + 100)).map(create))));
  await rest(gateway);
  return arns;
}

/** Until the call rates are all there, and nothing is cached any more. */
export async function rest(gateway: TestGateway): Promise<void> {
  await pass(gateway, 60_000);
  gateway.emulator.faults.clear();
  gateway.calls();
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

const pass = ({ clock }: TestGateway, milliseconds: number) =>
  new Promise<void>((resolve) => clock.after(milliseconds, resolve));

interface Crowd {
  /** In the order of the queries. */
  answers: Awaited<ReturnType<TestGateway['ask']>>[];
  calls: Record<string, number>;
  /** All calls together. */
  total: number;
  /** Of simulated time. */
  ms: number;
  /** The codes of their errors, each with the number of answers that have it. */
  codes: Record<string, number>;
  /** How many calls AWS answered with 429. */
  throttled: number;
}

/** Asks all queries at once, each as a client of its own. */
export async function crowd(
  gateway: TestGateway,
  queries: readonly string[],
  options: { callerOf?: (index: number) => Caller; headers?: Record<string, string> } = {},
): Promise<Crowd> {
  const { callerOf, headers } = options;
  const start = gateway.clock.now();
  const answers = await Promise.all(
    queries.map((query, index) =>
      gateway.ask(query, {}, { ...(callerOf && { caller: callerOf(index) }), ...(headers && { headers }) }),
    ),
  );
  const throttled = gateway.emulator.calls.log().filter(({ status }) => status === 429).length;
  const calls = gateway.calls();
  const total = Object.values(calls).reduce((sum, count) => sum + count, 0);
  const codes: Record<string, number> = {};
  for (const { errors = [] } of answers)
    for (const { extensions } of errors) {
      const code = extensions?.code ?? 'none';
      codes[code] = (codes[code] ?? 0) + 1;
    }
  return { answers, calls, total, ms: gateway.clock.now() - start, codes, throttled };
}
