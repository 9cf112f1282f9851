import { builder } from '../language/builder.js';
import { costs, listed } from '../language/costs.js';
import { inWords, lowerFirst } from '../language/names.js';
import { nullOnlyOnError } from '../language/semantic-non-null.js';
import { DEFAULT_FIRST, EMPTY_CONNECTION, MAX_EXTRA_PAGES, rootArgs, } from '../loading/connection.js';
import { defineList, } from '../loading/list.js';
/** Adds the query that finds one by its key; null when there is none. */
export function defineKeyQuery(entity, { description, args }) {
    builder.queryField(lowerFirst(entity.name), (t) => t.field({
        type: entity.type,
        description,
        ...costs({ checksExistence: true }),
        args,
        resolve: (_root, key, context, info) => entity.load(key, context, info),
    }));
}
/** The same for a resource; `remark` goes on behind "One thing by its ARN". */
export function defineArnQuery(entity, remark = '') {
    const called = inWords(entity.name);
    defineKeyQuery(entity, {
        description: `One ${called} by its ARN${remark}.`,
        args: builder.args((t) => ({ arn: t.id({ required: true, description: `ARN of the ${called}.` }) })),
    });
}
export const regionArg = builder.args((t) => ({
    region: t.string({
        description: 'AWS region served by this gateway. When omitted: the region of an ARN in the filter, else the gateway’s default region.',
    }),
}));
export const filterArg = (type, description = 'Filter of the list. AWS takes one condition at a time.') => builder.args((t) => ({ filter: t.field({ type, description }) }));
/** Adds the query of a list. */
export function defineListQuery(name, list, { description, args, filterOf, selectorOf, isNullWithoutParent }) {
    const options = listed(list, description, filterOf && { extraPages: extraPagesOf(filterOf) });
    builder.queryField(name, (t) => t.field({
        type: list.connection,
        ...(isNullWithoutParent ? options : nullOnlyOnError(options)),
        args: { ...args, ...rootArgs },
        resolve: async (_root, given, context) => {
            const { first, after, ...own } = given;
            const { region } = own;
            const page = { first: first ?? DEFAULT_FIRST.root, after, region };
            const found = await list.connect(selectorOf(own), page, context, filterOf?.(own));
            return (found ?? (isNullWithoutParent ? null : EMPTY_CONNECTION));
        },
    }));
}
const extraPagesOf = (filterOf) => (args) => filterOf(args) ? MAX_EXTRA_PAGES : 0;
/** Adds the two queries of a resource that AWS lists by region alone: `noun(arn)` and `nouns(region, first, after)`. */
export function defineRegionalQueries(entity, plural, { args, filterOf, ...options }) {
    const all = {};
    const list = defineList(entity, {
        ...options,
        description: `A list of ${inWords(plural)}.`,
        lookup: () => all,
    });
    defineArnQuery(entity);
    defineListQuery(plural, list, {
        description: `The ${inWords(plural)} of a region, in AWS’s order.`,
        args: { ...regionArg, ...args },
        ...(filterOf && { filterOf: filterOf }),
        selectorOf: () => all,
    });
}
