// The header that requests the cost of an operation in AWS calls: after it has run, or without running it.

/**
 * The value 1 requests the cost after execution, `dryRun` the cost without execution. Any other value is refused, since a
 * misspelt dry run must change nothing.
 */
export const COST_HEADER = 'x-ivs-cost';

/** Whether nothing is to be called for it. */
export const isDryRun = ({ headers }: Request): boolean =>
  parseCostHeader(headers.get(COST_HEADER) ?? '') === 'dryRun';

/** Two headers arrive as one with a comma; of both values the one counts that changes nothing. */
export function parseCostHeader(value: string): 'dryRun' | '1' | undefined {
  const values = value.split(',').map((one) =>
    one
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim()
      .toLowerCase(),
  );
  if (!values.every((one) => one === 'dryrun' || one === '1')) return undefined;
  return values.includes('dryrun') ? 'dryRun' : '1';
}
