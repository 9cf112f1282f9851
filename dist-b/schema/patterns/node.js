import { ValidationError } from '../../upstream/errors.js';
import { quote } from '../../upstream/quote.js';
import { entryFieldsOf, fieldsOf, isMap } from '../language/aws-types.js';
import { builder } from '../language/builder.js';
import { costs } from '../language/costs.js';
import { toEntries } from '../language/input.js';
import { itemErrors } from '../language/located-errors.js';
import { valueAt } from '../language/map-entries.js';
import { entities } from '../loading/entity.js';
import { federate } from './federation.js';
/** The type of an entity, to which other subgraphs can refer; `more` are fields that are no member of AWS's as it is. */
export function defineNode(entity, { description, interfaces = [], key, summary = {}, detail = {} }, more = () => ({})) {
    const type = builder.node(entity.type, {
        ...entity.node,
        description,
        interfaces: interfaces,
        fields: (t) => {
            const shown = (level) => (member, options) => t.field({
                type: options.type,
                ...entity[level](member, options.description, isMap(options.type) ? toEntries : undefined),
            });
            const entryOf = (level) => (member, options) => {
                const computed = entity.computed(level, options.description, (facts, { key }) => valueAt(facts[member], key));
                const extensions = { ...options.extensions, ...computed.extensions };
                return t.field({ ...options, ...computed, extensions });
            };
            const keyFields = Object.entries(key ?? {}).map(([member, description]) => [
                member,
                t.exposeID(member, { nullable: false, description }),
            ]);
            return {
                ...Object.fromEntries(keyFields),
                ...fieldsOf(summary, shown('summary')),
                ...fieldsOf(detail, shown('detail')),
                ...entryFieldsOf(summary, entryOf('summary')),
                ...entryFieldsOf(detail, entryOf('detail')),
                ...more(t),
            };
        },
    });
    federate(type, entity);
    return type;
}
/** The type and the key that are in an id. Pothos' own reader makes an error with a stack for what is none. */
function decode(globalId) {
    const [typename, ...id] = Buffer.from(globalId, 'base64').toString().split(':');
    if (!typename || id.length === 0)
        throw new ValidationError(`Expected an id that this API gave out, got: ${quote(globalId)}`);
    return { typename, id: id.join(':') };
}
function locate(globalId) {
    const { typename, id } = decode(globalId);
    const entity = entities.get(typename);
    if (!entity)
        throw new ValidationError(`No type with ids is called ${quote(typename)}`);
    return { entity, key: entity.keyOfId(id) };
}
async function findNode(globalId, context, info) {
    const { entity, key } = locate(globalId);
    return entity.load(key, context, info);
}
/** What ids name; one that names nothing costs nothing. */
const namedBy = (ids) => ids.flatMap((globalId) => {
    try {
        const { entity, key } = locate(globalId);
        return [{ typeName: entity.name, key }];
    }
    catch {
        return [];
    }
});
builder.queryFields((t) => ({
    node: t.field({
        type: builder.nodeInterfaceRef(),
        description: 'An object by its global id. Null when it no longer exists.',
        ...costs({ checksExistence: true, references: ({ id }) => namedBy([id]) }),
        args: { id: t.arg.id({ required: true, description: '`id` of an object of this API.' }) },
        resolve: (_root, { id }, context, info) => findNode(id, context, info),
    }),
    nodes: t.field({
        type: [builder.nodeInterfaceRef()],
        nullable: { list: false, items: true },
        description: 'Objects by their global ids, in the order of `ids`. Null where one no longer exists.',
        ...costs({ checksExistence: true, references: ({ ids }) => namedBy(ids) }),
        args: { ids: t.arg.idList({ required: true, description: '`id`s of objects of this API.' }) },
        resolve: (_root, { ids }, context, info) => {
            const errorOf = itemErrors(info);
            return Promise.all(ids.map((id, index) => findNode(id, context, info).catch((error) => errorOf(error, index))));
        },
    }),
}));
