// How the resources of a world file name each other: by name, id or ARN.
import { parseArn, type ResourceKind } from '../model/identifiers.ts';
import type { Node, Path } from './node.ts';
import type { Script } from './script.ts';

export class Names {
  #script: Script;
  /** The ARNs of each name and id; several where a name is not unique. */
  #arns = new Map<string, Set<string>>();

  constructor(script: Script) {
    this.#script = script;
  }

  add(kind: ResourceKind, arn: string, name: string | undefined): void {
    for (const key of new Set([name, parseArn(arn)?.id, arn])) {
      if (!key) continue;
      const known = this.#arns.get(`${kind} ${key}`) ?? new Set();
      this.#arns.set(`${kind} ${key}`, known.add(arn));
    }
  }

  /** The value with ARNs in place of names. */
  resolve(node: Node, value: unknown, path: Path): unknown {
    if (value === undefined || value === null) return undefined;
    if (node.kind === 'reference') return this.#arnOf(node.to, value as string, path);
    if (node.kind === 'list')
      return (value as unknown[]).map((item, index) => this.resolve(node.of, item, [...path, index]));
    if (node.kind !== 'object') return value;
    const members = Object.entries(value).flatMap(([name, item]) => {
      const member = node.members[name];
      return member ? [[name, this.resolve(member.node, item, [...path, name])]] : [];
    });
    return Object.fromEntries(members);
  }

  #arnOf(kind: ResourceKind, text: string, path: Path): string {
    if (text === '') return text;
    const found = this.#arns.get(`${kind} ${text}`) ?? new Set();
    const [arn] = found;
    if (arn === undefined || found.size > 1)
      this.#script.refuse(
        path,
        `expected the name, id or ARN of one ${kind}, got ${JSON.stringify(text)}, which names ${found.size}`,
      );
    return arn ?? text;
  }
}
