// The header that asks what an operation costs in AWS calls: after it has run, or without running it.
/**
 * Asks for what was spent with the value 1 and for what would be spent with `dryRun`. Any other value is refused: who
 * mistypes a dry run means that nothing is changed.
 */
export const COST_HEADER = 'x-ivs-cost';
/** Whether nothing is to be called for it. */
export const isDryRun = ({ headers }) => parseCostHeader(headers.get(COST_HEADER) ?? '') === 'dryRun';
/** Two headers arrive as one with a comma; of both values the one counts that changes nothing. */
export function parseCostHeader(value) {
    const values = value.split(',').map((one) => one
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .trim()
        .toLowerCase());
    if (!values.every((one) => one === 'dryrun' || one === '1'))
        return undefined;
    return values.includes('dryrun') ? 'dryRun' : '1';
}
