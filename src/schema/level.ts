// How much of a thing a selection needs: every field says it of itself, in its extensions.
import type { GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import { selectedFields } from './selection.ts';

/** How much of a thing a field needs: its key alone, what a list tells of it, or what only Get* tells. */
export type Level = 'key' | 'summary' | 'detail';
const levels: readonly Level[] = ['key', 'summary', 'detail'];

/** By selection, which graphql-js keeps as one object for all things of a list. */
const levelsOf = new WeakMap<object, Map<string, Level>>();

/** The most that any field selected below `info` needs. */
export function levelOf(info: GraphQLResolveInfo, typeName: string): Level {
  const known = levelsOf.get(info.fieldNodes) ?? new Map<string, Level>();
  levelsOf.set(info.fieldNodes, known);
  const level = known.get(typeName) ?? readLevel(info, typeName);
  known.set(typeName, level);
  return level;
}

function readLevel(info: GraphQLResolveInfo, typeName: string): Level {
  const type = info.schema.getType(typeName) as GraphQLObjectType;
  let most = 0;
  for (const field of selectedFields(info, type)) {
    const level = type.getFields()[field.name.value]?.extensions.level as Level | undefined;
    most = Math.max(most, levels.indexOf(level ?? 'key'));
  }
  return levels[most] as Level;
}
