// What Helm makes of the chart, and what Kubernetes would say about it: the validators of `kubernetes-models`, which are made
// from Kubernetes' own OpenAPI definitions.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';

const HELM = join(import.meta.dirname, 'generated/helm');
export const CHART = 'deploy/helm/ivs-graphql';

// biome-ignore lint/suspicious/noExplicitAny: YAML
type Any = any;
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; labels: Record<string, string>; annotations?: Record<string, string> };
  spec: Any;
  data?: Record<string, string>;
}

export function helm(
  command: 'lint' | 'template' | 'install',
  values: object,
): { status: number | null; output: string } {
  // A client alone, since there is no cluster: only `install` writes the notes.
  const target = { lint: [CHART], template: ['live', CHART], install: ['live', CHART, '--dry-run=client'] }[
    command
  ];
  const { status, stdout, stderr, error } = spawnSync(HELM, [command, ...target, '--values', '-'], {
    input: stringify(values),
    encoding: 'utf8',
  });
  if (error) throw error;
  return { status, output: status === 0 ? stdout : stdout + stderr };
}

export function render(values: object): Manifest[] {
  const { status, output } = helm('template', values);
  if (status !== 0) throw new Error(output);
  return parseAllDocuments(output).map((document) => document.toJS());
}

const packageOf = (apiVersion: string): string =>
  apiVersion.includes('.coreos.com/') ? '@kubernetes-models/prometheus-operator' : 'kubernetes-models';

/** One line for each part that Kubernetes would refuse. */
export async function problemsOf(manifest: Manifest): Promise<string[]> {
  const models = await import(`${packageOf(manifest.apiVersion)}/${manifest.apiVersion}`);
  const read = new Set<string>();
  try {
    // Not on a model of its own, whose constructor reads all members.
    models[manifest.kind].prototype.validate.call(recorded(manifest, '', read));
  } catch (error) {
    return [`${manifest.kind}: ${(error as Error).message}`];
  }
  return pathsIn(manifest)
    .filter((path) => !read.has(path))
    .map((path) => `${manifest.kind}${path}: is not defined`);
}

/** The validators accept members that are not defined. They do not read them, either. */
function recorded(value: Any, path: string, read: Set<string>): Any {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, name, receiver) {
      const member = Reflect.get(target, name, receiver);
      if (typeof name === 'symbol' || !Object.hasOwn(target, name)) return member;
      read.add(`${path}.${name}`);
      return recorded(member, `${path}.${name}`, read);
    },
  });
}

const pathsIn = (value: Any, path = ''): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, member]) => [
        `${path}.${name}`,
        ...pathsIn(member, `${path}.${name}`),
      ]);
