// What a command is about: the resources that its input names, wherever in it they stand.
/** AWS's own names of members that hold ARNs. */
const NAMES_THING = /arns?$/i;
const WRITTEN_BY_PEOPLE = ['tags', 'attributes'];
/** Every ARN in an input. The empty text means none; all else is one, whatever it looks like. */
export function arnsNamedIn(input) {
    if (typeof input !== 'object' || input === null)
        return [];
    return Object.entries(input).flatMap(([name, value]) => {
        if (WRITTEN_BY_PEOPLE.includes(name))
            return [];
        if (NAMES_THING.test(name))
            return [value].flat().filter((arn) => typeof arn === 'string' && arn !== '');
        return arnsNamedIn(value);
    });
}
