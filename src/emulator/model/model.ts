// What the AWS SDK knows about each operation: routes, statuses, the type of every member and which are required. The emulator
// repeats none of it.
import { awsModel, type Service } from './aws-model.ts';
import type { JsonMember, JsonModel, JsonShape } from './sdk-model.ts';

export type { Service } from './aws-model.ts';

export type Shape = Scalar | List | MapShape | Structure;
interface Scalar {
  kind: 'string' | 'number' | 'boolean' | 'timestamp';
}
interface List {
  kind: 'list';
  of: Shape;
}
interface MapShape {
  kind: 'map';
  of: Shape;
}
export interface Structure {
  kind: 'structure';
  name: string;
  members: Map<string, Member>;
}
interface Member {
  shape: Shape;
  required: boolean;
  /** Where it travels when not in the body: `header` names a response header, `path` and `query` a request's. */
  binding: 'body' | 'header' | 'path' | 'query';
  isSensitive: boolean;
}

export interface Operation {
  service: Service;
  name: string;
  method: string;
  path: string;
  status: number;
  input: Structure;
  output: Structure;
}

function operationsOf(service: Service, { operations, structures }: JsonModel): Operation[] {
  const known = new Map<string, Structure>();
  const structureOf = (name: string): Structure => {
    const same = known.get(name);
    if (same) return same;
    const structure: Structure = { kind: 'structure', name, members: new Map() };
    known.set(name, structure); // before its members: a structure may hold itself
    for (const [member, json] of Object.entries(structures[name] ?? {}))
      structure.members.set(member, memberOf(json));
    return structure;
  };
  const memberOf = ({ shape, required, binding, isSensitive }: JsonMember): Member => ({
    shape: shapeOf(shape),
    required: required ?? false,
    binding: binding ?? 'body',
    isSensitive: isSensitive ?? false,
  });
  const shapeOf = (shape: JsonShape): Shape => {
    if (typeof shape === 'string') return { kind: shape };
    if ('structure' in shape) return structureOf(shape.structure);
    return 'list' in shape
      ? { kind: 'list', of: shapeOf(shape.list) }
      : { kind: 'map', of: shapeOf(shape.map) };
  };
  return operations.map(({ input, output, ...operation }) => ({
    service,
    ...operation,
    input: structureOf(input),
    output: structureOf(output),
  }));
}

/** Every operation of both services; the three tag operations are in both, on one path. */
export const model: readonly Operation[] = [
  ...operationsOf('ivs', awsModel.ivs),
  ...operationsOf('ivs-realtime', awsModel['ivs-realtime']),
];

/** The status of each error that a service declares. */
export const errorStatus: ReadonlyMap<string, number> = new Map(
  Object.values(awsModel).flatMap(({ errors }) => Object.entries(errors)),
);
