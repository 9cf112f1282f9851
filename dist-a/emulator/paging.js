// Pages of a list. The token names the last item handed out by its place in the order of creation,
// so a page neither repeats nor skips an item when others come and go.
import { createHmac, randomBytes } from 'node:crypto';
import { validationFailed } from './errors.js';
const key = randomBytes(32);
/** A token is good for its own list only: the operation, the region and whatever the list was narrowed by. */
export function paginate(items, { nextToken, maxResults, ...filters }, { operation, world, size, newestFirst = false }) {
    const scope = JSON.stringify([operation, world.region, Object.entries(filters).sort()]);
    const after = nextToken ? readToken(nextToken, scope) : undefined;
    const sorted = [...items].sort((a, b) => (newestFirst ? b.order - a.order : a.order - b.order));
    const rest = sorted.filter(({ order }) => after === undefined || (newestFirst ? order < after : order > after));
    const page = rest.slice(0, maxResults ?? size);
    const last = page.at(-1);
    return rest.length > page.length && last
        ? { items: page, nextToken: writeToken(last.order, scope) }
        : { items: page };
}
const sign = (order, scope) => createHmac('sha256', key).update(`${order} ${scope}`).digest('base64url').slice(0, 22);
const writeToken = (order, scope) => Buffer.from(`${order}.${sign(order, scope)}`).toString('base64url');
function readToken(token, scope) {
    const [order, signature] = Buffer.from(token, 'base64url').toString().split('.');
    const last = Number(order);
    if (!order || signature !== sign(last, scope)) {
        throw validationFailed('nextToken: expected the token of an earlier page of this same list');
    }
    return last;
}
