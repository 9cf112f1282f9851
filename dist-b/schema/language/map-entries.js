// One entry of a map: `tag(key)` beside `tags`, `attribute(key)` beside `attributes`.
import { builder } from './builder.js';
import { keepsEmpty } from './empty-as-null.js';
const entryArgs = builder.args((t) => ({
    key: t.string({ required: true, description: 'Key of the entry. Case-sensitive.' }),
}));
/** The name of the field that reads one entry of the map `member`. */
export const entryName = (member) => member.slice(0, -'s'.length);
/** Options of such a field. An empty value is a value, since a key alone can say something. */
export const entryField = (member) => ({
    type: 'String',
    nullable: true,
    args: entryArgs,
    description: `Value of one key of \`${member}\`. Null when the key is missing.`,
    extensions: keepsEmpty,
});
/** Keys come from callers: one such as `constructor` must not find what every object inherits. */
export const valueAt = (map, key) => map && Object.hasOwn(map, key) ? map[key] : null;
