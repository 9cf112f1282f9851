// How much of an object a selection needs: each field declares it, in its extensions.
import type { GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import type { Caller } from '../../context.ts';
import { isAllowed } from '../language/authorization.ts';
import type { FieldCosts, Level } from '../language/costs.ts';
import { type Selection, selectedFields } from './selection.ts';

const levels: readonly Level[] = ['key', 'summary', 'detail'];
export const isWithin = (level: Level, known: Level): boolean =>
  levels.indexOf(level) <= levels.indexOf(known);

/** By selection, which graphql-js keeps as one array for all items of a list. */
const levelsOf = new WeakMap<object, Map<string, Level>>();

/** The most that any field selected below `info` needs, of those that the caller may have. What `@defer` lets wait is loaded later. */
export function levelOf(info: GraphQLResolveInfo, typeName: string, caller: Caller): Level {
  const known = levelsOf.get(info.fieldNodes) ?? new Map<string, Level>();
  levelsOf.set(info.fieldNodes, known);
  const level = known.get(typeName) ?? readLevel(info, typeName, caller, { withDeferred: false });
  known.set(typeName, level);
  return level;
}

/** The same for a selection of which no resolver has been called; without a caller, of one who may do everything. */
export function readLevel(
  info: Selection,
  typeName: string,
  caller?: Caller,
  options: { withDeferred?: boolean } = {},
): Level {
  const type = info.schema.getType(typeName) as GraphQLObjectType;
  let most: Level = 'key';
  for (const field of selectedFields(info, type, options)) {
    const definition = type.getFields()[field.name.value];
    if (!definition || (caller && !isAllowed(definition, caller))) continue;
    const { level = 'key' }: FieldCosts = definition.extensions;
    if (!isWithin(level, most)) most = level;
  }
  return most;
}
