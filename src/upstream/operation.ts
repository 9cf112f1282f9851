// What a command is: its row in services/, found by the operation schema that the SDK attaches to each command, never by
// a class name, which a minifier renames.
import type { AwsCommand } from './command.ts';
import { type AnyFacts, type OperationName, type ServiceName, services } from './services/index.ts';

export type { AwsCommand, OutputOf } from './command.ts';
export type { OperationName } from './services/index.ts';

export type Operation = Readonly<AnyFacts> & {
  readonly service: ServiceName;
  readonly name: OperationName;
};

type Read = Extract<Operation, { isRead: true }>;
export type ListedBy = NonNullable<Read['listedBy']>;
export type BatchedBy = NonNullable<Read['batchedBy']>;

const names = Object.keys(services) as ServiceName[];
const byName = new Map<ServiceName, ReadonlyMap<string, Operation>>(
  names.map((service) => {
    const rows = Object.entries<AnyFacts>(services[service].operations) as [OperationName, AnyFacts][];
    return [service, new Map(rows.map(([name, facts]) => [name, { ...facts, service, name }]))];
  }),
);
/** Every operation of both services. */
export const operations: readonly Operation[] = [...byName.values()].flatMap((some) => [...some.values()]);
const byNamespace = new Map(names.map((name) => [services[name].namespace, byName.get(name)]));

export function operationOf(command: AwsCommand): Operation {
  const [, namespace, name] = (command as { schema?: [number, string, string] }).schema ?? [];
  const operation = byNamespace.get(namespace ?? '')?.get(name ?? '');
  if (!operation) throw new TypeError(`Expected a command of an IVS client, got: ${command}`);
  return operation;
}

/** The operation of that name; both services have some, and then `service` says which is meant. */
export function operationNamed(name: OperationName, service?: ServiceName): Operation {
  const operation = find(name, service ? [service] : names);
  if (!operation) throw new TypeError(`Expected an operation of IVS, got: ${name}`);
  return operation;
}

/** A command of that operation, of whatever service. */
export function commandOf({ service, name }: Operation, input: object): AwsCommand {
  const sdk = services[service].sdk as unknown as Record<string, new (input: object) => AwsCommand>;
  const Command = sdk[`${name}Command`];
  if (!Command) throw new TypeError(`Expected the SDK to have a ${name}Command`);
  return new Command(input);
}

/** Whether one of the services has an operation of that name. */
export const isOperation = (name: string): name is OperationName => find(name, names) !== undefined;

const find = (name: string, among: readonly ServiceName[]): Operation | undefined =>
  among.map((service) => byName.get(service)?.get(name)).find((operation) => operation !== undefined);
