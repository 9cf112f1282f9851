import { nameOfTarget, targetOf } from '../../upstream/arn.js';
import { operationOf } from '../../upstream/operation.js';
import { arnAmong, chooseTarget } from '../language/arn.js';
import { connectionOf, listConnection } from './connection.js';
import { readItems } from './read-items.js';
/** Declares a list of objects that have no key of their own. */
export function definePagedList({ description, pageMax = 100, wholePages = false, commandOf, itemsOf, check, type, nodesOf, }) {
    const { name } = operationOf(commandOf({}));
    const list = { operation: name, pageMax };
    const fetchPage = async (target, request, context) => {
        const output = await context.send(target, commandOf(request));
        return { items: itemsOf(output), nextToken: output.nextToken };
    };
    return {
        ...list,
        connection: connectionOf(type, description),
        fetchPage,
        read: (selector, maxPages, context) => {
            check?.(selector);
            const target = chooseTarget(undefined, arnAmong(selector), context);
            const fetch = (page) => fetchPage(target, { ...selector, ...page }, context);
            return readItems(list, maxPages, fetch);
        },
        connect: (selector, { region, first, after }, context, filter) => {
            check?.(selector);
            const target = chooseTarget(region, arnAmong(selector), context);
            return listConnection({
                context,
                args: { first, after },
                list,
                scope: [nameOfTarget(target), selector, ...(filter ? [filter.scope] : [])],
                // Of a page that is filtered here, a small one would seldom fill anything.
                wholePages: wholePages || filter !== undefined,
                fetchPage: async (page) => {
                    const { items, nextToken } = await fetchPage(target, { ...selector, ...page }, context);
                    return { items: filter ? items?.filter(filter.keeps) : items, nextToken };
                },
                ...nodesOf(selector, context),
            });
        },
    };
}
/** Declares a list of an entity. Members of the key that its summaries do not have are those of the selector. */
export function defineList(entity, { lookup, revalidates = false, ...options }) {
    const keyIn = (selector) => (summary) => ({ ...selector, ...summary });
    const list = definePagedList({
        ...options,
        type: entity.type,
        nodesOf: (selector, context) => entity.listed(keyIn(selector), context),
    });
    if (!lookup)
        return list;
    const targetFor = (key) => targetOf(arnAmong(key));
    entity.listedBy({
        list,
        revalidates,
        listOf: (key) => JSON.stringify([nameOfTarget(targetFor(key)), lookup(key)]),
        fetchPage: (sibling, page, context) => list.fetchPage(targetFor(sibling), { ...lookup(sibling), ...page }, context),
        keyOf: (summary, sibling) => keyIn(lookup(sibling))(summary),
    });
    return list;
}
