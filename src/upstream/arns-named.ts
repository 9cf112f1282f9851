// The resources that the input of a command names, wherever in it they stand.

/** AWS's own names of members that hold ARNs. */
const NAMES_RESOURCE = /arns?$/i;
const FREE_TEXT = ['tags', 'attributes'];

/** Every ARN in an input. The empty text means none; all else is one, whatever it looks like. */
export function arnsNamedIn(input: unknown): string[] {
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([name, value]) => {
    if (FREE_TEXT.includes(name)) return [];
    if (NAMES_RESOURCE.test(name))
      return [value].flat().filter((arn) => typeof arn === 'string' && arn !== '');
    return arnsNamedIn(value);
  });
}
