// What a document can cost at most does not depend on the variables that only switch fields on and off. So it is computed
// once for all their values.
import { type DirectiveNode, type DocumentNode, Kind, visit } from 'graphql';
import { countItems } from './variables.ts';

interface Switched {
  /** Variables that stand in `@skip` and `@include` alone. */
  names: ReadonlySet<string>;
  /** The document with all that these switch. */
  allOn: DocumentNode;
}

interface Executed {
  document: DocumentNode;
  operationName?: string | null | undefined;
  variableValues?: unknown;
}

/** Of one document: its callers send a few kinds of variables, or another ARN each time. */
const MAX_KNOWN = 20;
/** Longer variables seldom come twice, and the key costs what it saves. */
const MAX_KEY = 1_000;
const MAX_ITEMS = 50;

const switchedIn = new WeakMap<DocumentNode, Switched>();

/** A fact of a document and its variables without the switches. It is computed anew for those beyond the bounds. */
export class FactPerDocument<Fact> {
  readonly #facts = new WeakMap<DocumentNode, Map<string, Fact>>();

  /** `more` is what else the fact depends on. */
  of(executed: Executed, more: string, compute: (allOn: DocumentNode) => Fact): Fact {
    const { document } = executed;
    const { names, allOn } = switchesOf(document);
    const key = keyOf(executed, names, more);
    if (key === undefined) return compute(allOn);
    const facts = this.#facts.get(document) ?? new Map<string, Fact>();
    this.#facts.set(document, facts);
    if (!facts.has(key)) {
      if (facts.size === MAX_KNOWN) facts.clear();
      facts.set(key, compute(allOn));
    }
    return facts.get(key) as Fact;
  }
}

/** Undefined where a switch is neither on nor off, which may be an error of the client, and for long variables. */
function keyOf({ operationName, variableValues }: Executed, names: ReadonlySet<string>, more: string) {
  if (countItems(variableValues) > MAX_ITEMS) return undefined;
  const rest: unknown[] = [operationName ?? null, more];
  let switches = 0;
  for (const [name, value] of Object.entries((variableValues ?? {}) as object)) {
    if (!names.has(name)) rest.push(name, value);
    else if (typeof value === 'boolean') switches += 1;
    else return undefined;
  }
  if (switches < names.size) return undefined;
  const key = JSON.stringify(rest);
  return key.length > MAX_KEY ? undefined : key;
}

/** Documents are parsed once and executed often. */
function switchesOf(document: DocumentNode): Switched {
  const known = switchedIn.get(document) ?? findSwitches(document);
  switchedIn.set(document, known);
  return known;
}

function findSwitches(document: DocumentNode): Switched {
  const names = new Set<string>();
  const others = visit(document, {
    Directive: (node) => {
      const name = switchOf(node);
      if (name === undefined) return undefined;
      names.add(name);
      return null;
    },
  });
  visit(others, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void names.delete(name.value),
  });
  const allOn = visit(document, {
    Directive: (node) => (names.has(switchOf(node) ?? '') ? null : undefined),
  });
  return { names, allOn };
}

function switchOf({ name, arguments: [condition] = [] }: DirectiveNode): string | undefined {
  if (name.value !== 'skip' && name.value !== 'include') return undefined;
  return condition?.value.kind === Kind.VARIABLE ? condition.value.name.value : undefined;
}
