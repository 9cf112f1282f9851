// The key of an entity: its members, and the forms in which they are written.
import { encodeGlobalID } from '@pothos/plugin-relay';
import { ValidationError } from '../../upstream/errors.ts';
import { quote } from '../../upstream/quote.ts';

export class EntityKey<Key extends object> {
  readonly #type: string;
  readonly members: readonly (keyof Key & string)[];

  constructor(type: string, members: readonly (keyof Key & string)[]) {
    this.#type = type;
    this.members = members;
  }

  /** What bounds of a caller are about. */
  arnOf(key: Key): string {
    return String(key[this.members[0] as keyof Key]);
  }

  idOf(key: Key): string {
    let id = '';
    for (const [index, member] of this.members.entries())
      id += index > 0 ? ` ${key[member]}` : String(key[member]);
    return id;
  }

  /** The key of an item of a list. Members that the item lacks are those by which the list is selected. */
  in(item: object, selector: object): Key {
    const key: Record<string, unknown> = {};
    for (const member of this.members)
      key[member] = (item as Partial<Key>)[member] ?? (selector as Partial<Key>)[member];
    return key as Key;
  }

  /** What `node(id)` finds the object by. */
  globalIdOf(key: Key): string {
    return encodeGlobalID(this.#type, this.idOf(key));
  }

  /** The key in a global id, not yet checked. */
  ofId(id: string): Key {
    const parts = id.split(' ');
    if (parts.length !== this.members.length)
      throw new ValidationError(`Not the id of a ${this.#type}: ${quote(id)}`);
    return Object.fromEntries(this.members.map((member, index) => [member, parts[index]])) as Key;
  }
}
