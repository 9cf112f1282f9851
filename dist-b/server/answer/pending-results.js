// Parts of the form of 2022 as those of the newer one (specs.apollo.dev/incremental/v0.2): each deferred fragment and streamed
// list is announced under an id as `pending`, together with the object that it will be added to, and `completed` at its end.
import { GraphQLError } from 'graphql';
/** `markers`: those whose condition holds. */
export async function* withPending(parts, markers) {
    const results = new PendingResults(markers);
    for await (const part of parts)
        yield* results.translate(part);
}
/** A result that is whole after all. */
export function withoutMarkers(result, markers) {
    new PendingResults(markers).translate(result).next();
}
class PendingResults {
    #markers;
    /** By what is announced and where; a fragment that is reached in two ways comes twice. */
    #open = new Map();
    /** Fragments that came before the object with their marker. */
    #early = new Map();
    #ids = 0;
    /** In the part that is being made. */
    #hasBegunList = false;
    constructor(markers) {
        this.#markers = markers;
    }
    *translate({ incremental = [], errors, ...part }) {
        let changes = noChanges();
        if ('data' in part) {
            this.#read(part.data, [], changes);
            return yield { ...part, ...(errors && { errors }), ...(part.hasNext && { pending: changes.pending }) };
        }
        this.#hasBegunList = false;
        for (const [index, entry] of incremental.entries()) {
            this.#add(entry, changes);
            const isLast = index === incremental.length - 1;
            // Apollo Client looks for the beginning of an announced list in all of the data that a part holds.
            if (isLast || !this.#hasBegunList)
                continue;
            yield { ...filled(changes), hasNext: true };
            this.#hasBegunList = false;
            changes = noChanges();
        }
        if (!part.hasNext)
            this.#completeRest(errors, changes);
        yield { ...filled(changes), ...part };
    }
    /** Takes the markers out of data, and announces what they stand for. */
    #read(value, path, changes) {
        if (typeof value !== 'object' || value === null)
            return;
        const object = value;
        for (const name of Object.keys(object)) {
            if (!this.#markers.has(name))
                continue;
            delete object[name];
            this.#announce(name, object, path, changes);
        }
        for (const [key, child] of Object.entries(object))
            this.#read(child, [...path, Array.isArray(value) ? Number(key) : key], changes);
    }
    #announce(name, object, path, changes) {
        const marker = this.#markers.get(name);
        if (!marker)
            return;
        const { label, field } = marker;
        if (field === undefined)
            this.#announceFragment(name, label, path, changes);
        else if (Array.isArray(object[field]))
            this.#announceList([...path, field], label, changes);
    }
    #announceList(path, label, changes) {
        const key = keyOf('', path);
        // Selected twice, it is one list.
        if (this.#open.has(key))
            return;
        this.#hasBegunList = true;
        changes.pending.push(this.#begin(key, path, label, true));
    }
    #announceFragment(name, label, path, changes) {
        const key = keyOf(name, path);
        const early = this.#early.get(key) ?? 0;
        if (early > 0)
            this.#early.set(key, early - 1);
        else
            changes.pending.push(this.#begin(key, path, label, false));
    }
    #begin(key, path, label, isStream) {
        const pending = { id: String(this.#ids), path, ...(label !== undefined && { label }) };
        this.#ids += 1;
        this.#open.set(key, [...(this.#open.get(key) ?? []), { ...pending, isStream }]);
        return pending;
    }
    #add(entry, changes) {
        if (entry.items === undefined)
            this.#addFragment(entry, changes);
        else
            this.#addItems(entry, changes);
    }
    #addFragment({ label = '', path = [], data, errors }, changes) {
        const key = keyOf(label, path);
        const id = this.#end(key) ?? this.#announceEarly(key, label, path, changes);
        if (!data)
            return void changes.completed.push(failed(id, errors));
        this.#read(data, path, changes);
        changes.incremental.push({ id, data, ...(errors && { errors }) });
        changes.completed.push({ id });
    }
    #announceEarly(key, label, path, changes) {
        const pending = this.#begin(key, path, this.#markers.get(label)?.label, false);
        this.#end(key);
        this.#early.set(key, (this.#early.get(key) ?? 0) + 1);
        changes.pending.push(pending);
        return pending.id;
    }
    #addItems({ path = [], items, errors }, changes) {
        const list = path.slice(0, -1);
        const open = this.#open.get(keyOf('', list))?.[0];
        // A list that has failed is over.
        if (open && !items)
            this.#fail(list, errors, changes);
        if (!open || !items)
            return;
        for (const [index, item] of items.entries())
            this.#read(item, [...list, Number(path.at(-1)) + index], changes);
        changes.incremental.push({ id: open.id, items, ...(errors && { errors }) });
    }
    /** The executor drops what belongs to a list that fails. */
    #fail(list, errors, changes) {
        for (const [key, some] of this.#open) {
            if (!list.every((step, index) => some[0]?.path[index] === step))
                continue;
            this.#open.delete(key);
            changes.completed.push(...some.map(({ id }) => failed(id, errors)));
        }
    }
    #end(key) {
        const [first, ...rest] = this.#open.get(key) ?? [];
        if (rest.length > 0)
            this.#open.set(key, rest);
        else
            this.#open.delete(key);
        return first?.id;
    }
    /** Nobody says that a list is at its end, until all is. A fragment that has not come by then never will. */
    #completeRest(errors, changes) {
        for (const { id, isStream } of [...this.#open.values()].flat())
            changes.completed.push(isStream && !errors ? { id } : failed(id, errors));
        this.#open.clear();
    }
}
const keyOf = (label, path) => JSON.stringify([label, path]);
const noChanges = () => ({ pending: [], incremental: [], completed: [] });
const filled = (changes) => Object.fromEntries(Object.entries(changes).filter(([, some]) => some.length > 0));
const failed = (id, errors = [dropped()]) => ({ id, errors });
const dropped = () => new GraphQLError('A field that this fragment shares with another one failed, and the fragment with it.', {
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
});
