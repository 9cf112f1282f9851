// The members of an operation's input as nodes: a world file has AWS's own names, types and bounds.

import type { Constraint } from '../model/constraints/shapes.ts';
import { model, type Service, type Shape, type Structure } from '../model/model.ts';
import { constraintOf } from '../model/validation.ts';
import type { Member, Node } from './node.ts';

export function operationNamed(name: string) {
  const operation = model.find((one) => one.name === name);
  if (!operation) throw new Error(`IVS has no operation ${name}`);
  return operation;
}

/** The members of an operation's input, but for some. */
export function inputOf(name: string, without: readonly string[] = []): Record<string, Member> {
  const { service, input } = operationNamed(name);
  const members = Object.entries(membersOf(service, input, `As in ${name}.`));
  return Object.fromEntries(members.filter(([member]) => !without.includes(member)));
}

function membersOf(service: Service, structure: Structure, description: string): Record<string, Member> {
  const members = [...structure.members].map(([name, { shape, required }]) => {
    const node = nodeOf(service, shape, constraintOf(service, structure.name, name), name);
    return [name, { node, description, isRequired: required }] as const;
  });
  return Object.fromEntries(members);
}

function nodeOf(service: Service, shape: Shape, constraint: Constraint | undefined, name: string): Node {
  switch (shape.kind) {
    case 'structure':
      return { kind: 'object', members: membersOf(service, shape, `Of ${shape.name}.`) };
    case 'list':
      return { kind: 'list', of: nodeOf(service, shape.of, constraint?.each, name), constraint };
    case 'map':
      return { kind: 'map', of: nodeOf(service, shape.of, constraint?.each, name), constraint };
    case 'number':
      return { kind: 'number', constraint, isInteger: name !== 'framerate' };
    case 'boolean':
      return { kind: 'boolean' };
    default:
      return constraint?.arnOf ? { kind: 'reference', to: constraint.arnOf } : { kind: 'text', constraint };
  }
}
