// A template of CloudFormation, as the service reads it: parameters, conditions and references put in, and what is left
// checked against the definitions of resource types that AWS publishes.
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { type CollectionTag, parse, type ScalarTag } from 'yaml';

// biome-ignore lint/suspicious/noExplicitAny: YAML
type Any = any;
export interface Resource {
  Type: string;
  Properties: Record<string, Any>;
}
interface Conditional {
  Condition?: string;
}
interface Template {
  Parameters: Record<
    string,
    { Type?: string; Default?: string | number; NoEcho?: boolean; AllowedPattern?: string }
  >;
  Rules: Record<
    string,
    { RuleCondition: unknown; Assertions: { Assert: unknown; AssertDescription: string }[] }
  >;
  Conditions: Record<string, unknown>;
  Resources: Record<string, Resource & Conditional>;
  Outputs: Record<string, Conditional>;
}

const ofText = (name: string, argumentOf: (text: string) => unknown = (text) => text): ScalarTag => ({
  tag: `!${name}`,
  resolve: (text: string) => ({
    [['Ref', 'Condition'].includes(name) ? name : `Fn::${name}`]: argumentOf(text),
  }),
});
const ofList = (name: string): CollectionTag => ({
  tag: `!${name}`,
  collection: 'seq',
  resolve: (list: Any) => ({ [`Fn::${name}`]: list.toJSON() }),
});

export const parseTemplate = (text: string): Template =>
  parse(text, {
    customTags: [
      ofText('Ref'),
      ofText('Condition'),
      ofText('Sub'),
      ofText('GetAtt', (path) => path.split('.')),
      ...['If', 'Equals', 'Not', 'Or', 'Join'].map(ofList),
    ],
  });

/** What is created with these parameters: a reference is the name of its resource, or `Name.Attribute`. */
export function created(template: Template, given: Record<string, string>) {
  const { evaluate, isCreated } = evaluator(template, given);
  const evaluated = <Some extends Conditional>(some: Record<string, Some>) =>
    Object.fromEntries(
      Object.entries(some)
        .filter(([, one]) => isCreated(one))
        .map(([name, one]) => [name, evaluate(one) as Some]),
    );
  return { resources: evaluated(template.Resources), outputs: evaluated(template.Outputs) };
}

/** What CloudFormation says about these parameters before it creates anything. */
export function violations(template: Template, given: Record<string, string>): string[] {
  const { evaluate } = evaluator(template, given);
  return Object.values(template.Rules)
    .filter(({ RuleCondition }) => evaluate(RuleCondition))
    .flatMap(({ Assertions }) => Assertions.filter(({ Assert }) => !evaluate(Assert)))
    .map(({ AssertDescription }) => AssertDescription);
}

function evaluator({ Parameters, Conditions, Resources }: Template, given: Record<string, string>) {
  const parameters = Object.fromEntries(
    Object.entries(Parameters).map(([name, { Type, Default }]) => {
      const value = given[name] ?? Default;
      return [name, /^(List<|CommaDelimitedList$)/.test(Type ?? '') ? String(value).split(',') : value];
    }),
  );
  const isTrue = (name: string): boolean => {
    if (!(name in Conditions)) throw new Error(`Expected a condition, got ${name}`);
    return evaluate(Conditions[name]) as boolean;
  };
  const isCreated = ({ Condition }: Conditional) => !Condition || isTrue(Condition);
  const resource = (name: string): Resource => {
    const found = Resources[name];
    if (!found || !isCreated(found)) throw new Error(`Expected a resource that is created, got ${name}`);
    return found;
  };
  const functions: Record<string, (argument: Any) => unknown> = {
    Ref: (name) => {
      if (name === 'AWS::NoValue') return undefined;
      if (name.startsWith('AWS::')) return name;
      return name in parameters ? parameters[name] : resource(name) && name;
    },
    'Fn::GetAtt': ([name, attribute]) => {
      const { attributes } = definitionOf(resource(name).Type);
      if (!attributes[attribute]) throw new Error(`Expected an attribute, got ${name}.${attribute}`);
      return `${name}.${attribute}`;
    },
    'Fn::If': ([condition, yes, no]) => evaluate(isTrue(condition) ? yes : no),
    'Fn::Equals': ([one, other]) => String(evaluate(one)) === String(evaluate(other)),
    'Fn::Not': ([condition]) => !evaluate(condition),
    'Fn::Or': (conditions) => conditions.some(evaluate),
    'Fn::Join': ([separator, list]) => (evaluate(list) as string[]).join(separator),
    Condition: isTrue,
    'Fn::Sub': (text: string) =>
      text.replaceAll(/\$\{(.*?)\}/g, (_, name: string) =>
        String(name.includes('.') ? functions['Fn::GetAtt']?.(name.split('.')) : functions.Ref?.(name)),
      ),
  };
  function evaluate(value: Any): unknown {
    if (Array.isArray(value)) return value.map(evaluate).filter((one) => one !== undefined);
    if (typeof value !== 'object' || value === null) return value;
    const [[name = '', argument] = [], ...more] = Object.entries(value);
    const call = more.length === 0 ? functions[name] : undefined;
    if (call) return call(argument);
    const members = Object.entries(value).map(([key, member]) => [key, evaluate(member)]);
    return Object.fromEntries(members.filter(([, member]) => member !== undefined));
  }
  return { evaluate, isCreated };
}

const spec = loadAwsServiceSpecSync();

function definitionOf(type: string) {
  const [definition] = spec.lookup('resource', 'cloudFormationType', 'equals', type);
  if (!definition) throw new Error(`Expected a type of CloudFormation, got ${type}`);
  return definition;
}

/** One line for each part that CloudFormation would refuse. */
export const problemsOf = (name: string, { Type, Properties }: Resource): string[] =>
  problemsOfMembers(Properties, definitionOf(Type).properties, name);

function problemsOfMembers(given: Any, members: Record<string, Any>, path: string): string[] {
  if (typeof given !== 'object' || Array.isArray(given)) return [`${path}: expected an object`];
  const missing = Object.keys(members).filter((name) => members[name].required && !(name in given));
  return [
    ...missing.map((name) => `${path}.${name}: expected a value`),
    ...Object.entries(given).flatMap(([name, value]) =>
      members[name]
        ? problemsOfValue(value, members[name].type, `${path}.${name}`)
        : [`${path}.${name}: is not defined`],
    ),
  ];
}

function problemsOfValue(value: Any, type: Any, path: string): string[] {
  switch (type.type) {
    case 'array':
      if (!Array.isArray(value)) return [`${path}: expected a list`];
      return value.flatMap((one, index) => problemsOfValue(one, type.element, `${path}.${index}`));
    case 'ref':
      return problemsOfMembers(value, spec.get('typeDefinition', type.reference.$ref).properties, path);
    case 'union': {
      const found = type.types.map((one: Any) => problemsOfValue(value, one, path));
      return found.some((problems: string[]) => problems.length === 0) ? [] : found[0];
    }
    case 'map':
      return Object.entries(value).flatMap(([name, one]) =>
        problemsOfValue(one, type.element, `${path}.${name}`),
      );
    case 'json':
      return typeof value === 'object' ? [] : [`${path}: expected an object`];
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
      return problemsOfScalar(value, type, path);
    default:
      throw new Error(`${path}: ${type.type} is not implemented here`);
  }
}

function problemsOfScalar(value: Any, { type, allowedValues }: Any, path: string): string[] {
  const expected = type === 'integer' ? 'number' : type;
  if (typeof value !== expected) return [`${path}: expected a ${type}, got ${JSON.stringify(value)}`];
  if (allowedValues && !allowedValues.includes(value)) return [`${path}: expected ${allowedValues}`];
  return [];
}
