// The patterns of a caller's bounds: `*` stands for any run of characters, everything else for itself.
import { accountInPattern } from '../upstream/arn.js';
export function arnPattern(pattern) {
    const [head = '', ...rest] = pattern.split('*');
    const tail = rest.pop();
    const matches = tail === undefined ? (arn) => arn === pattern : globs(head, rest, tail);
    return {
        matches,
        matchesAllOf: (start) => tail === '' && matches(start),
        mayMatchSomeOf: (start) => head.startsWith(start) || (tail !== undefined && start.startsWith(head)),
        account: accountInPattern(pattern),
    };
}
/** Each piece at the first place where it fits: with `*` as the only wildcard nothing is ever gained by going back. */
const globs = (head, pieces, tail) => (arn) => {
    const end = arn.length - tail.length;
    let from = head.length;
    if (from > end || !arn.startsWith(head) || !arn.endsWith(tail))
        return false;
    for (const piece of pieces) {
        const at = arn.indexOf(piece, from);
        if (at < 0 || at + piece.length > end)
            return false;
        from = at + piece.length;
    }
    return true;
};
