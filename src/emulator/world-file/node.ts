// What a value of a world file may be. It is checked by these nodes, and the JSON Schema is made of them.
import type { Constraint } from '../model/constraints/shapes.ts';
import type { ResourceKind } from '../model/identifiers.ts';

export type Node =
  | { kind: 'object'; members: Record<string, Member> }
  | { kind: 'list'; of: Node; constraint?: Constraint | undefined }
  | { kind: 'map'; of: Node; constraint?: Constraint | undefined; keyPattern?: RegExp }
  | { kind: 'text'; constraint?: Constraint | undefined }
  | { kind: 'number'; constraint?: Constraint | undefined; isInteger: boolean }
  | { kind: 'boolean' }
  | { kind: 'time'; isAbsolute: boolean }
  | { kind: 'reference'; to: ResourceKind };

export interface Member {
  node: Node;
  description: string;
  isRequired?: boolean;
}

/** The names and indexes that lead to a value. */
export type Path = readonly (string | number)[];

/** An error of a world file. One in the name of a member is shown there. */
export interface Problem {
  path: Path;
  message: string;
  isName?: boolean;
}

export const formatPath = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${part}` : part),
    '',
  );
