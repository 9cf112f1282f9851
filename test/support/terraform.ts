// A file of Terraform. Expressions stay texts, `${…}`, for there is no provider here that could evaluate them.
import { parse } from '@cdktn/hcl2json';

// biome-ignore lint/suspicious/noExplicitAny: HCL
type Any = any;
type Blocks = Record<string, Any[]>;
export interface Configuration {
  variable: Blocks;
  output: Blocks;
  locals: Any[];
  resource: Record<string, Blocks>;
  data: Record<string, Blocks>;
}

export async function parseConfiguration(text: string): Promise<Configuration> {
  return (await parse('main.tf', withObjects(text))) as Configuration;
}

/** `jsonencode({…})` as the object in it. */
const withObjects = (text: string): string =>
  text.replaceAll(/\bjsonencode\((?=\{)([\s\S]*?\n {2}\})\)/g, '$1');

/** All names that stand in expressions, as `aws_sqs_queue.events`, `var.name` and `local.rules`. */
export function referencesIn(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(referencesIn);
  const expressions = [...String(value).matchAll(/\$\{([^}]*)\}/g)].map(([, expression = '']) => expression);
  return expressions.flatMap((expression) => expression.match(/\b(aws_\w+|data\.\w+|var|local)\.\w+/g) ?? []);
}

export function namesIn({ variable, locals, resource, data }: Configuration): Set<string> {
  const inTypes = (types: Record<string, Blocks>, prefix: string) =>
    Object.entries(types).flatMap(([type, blocks]) =>
      Object.keys(blocks).map((name) => `${prefix}${type}.${name}`),
    );
  return new Set([
    ...Object.keys(variable).map((name) => `var.${name}`),
    ...locals.flatMap((some) => Object.keys(some)).map((name) => `local.${name}`),
    ...inTypes(resource, ''),
    ...inTypes(data, 'data.'),
  ]);
}
