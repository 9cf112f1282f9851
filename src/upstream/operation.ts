// What a command is. Everything is read off the operation schema that the SDK attaches to each command,
// never off a class name, which a minifier renames.
import * as ivs from '@aws-sdk/client-ivs';
import * as ivsRealtime from '@aws-sdk/client-ivs-realtime';

export interface Operation {
  service: 'ivs' | 'ivs-realtime';
  name: string;
  isRead: boolean;
}

type NamesOf<Sdk> = {
  [Export in keyof Sdk]: Export extends `${infer Name}Command` ? (Name extends '$' ? never : Name) : never;
}[keyof Sdk];
/** What AWS calls an operation, of either service. */
export type OperationName = NamesOf<typeof ivs> | NamesOf<typeof ivsRealtime>;

/** A command of either SDK client. */
export interface AwsCommand {
  readonly input: object;
}

// biome-ignore lint/suspicious/noExplicitAny: the SDK's own signature, of which only the output matters here
type Middleware<Output> = { resolveMiddleware(...args: any[]): (input: any) => Promise<{ output: Output }> };

/** What AWS answers to a command of type `C`. */
export type OutputOf<C> = C extends Middleware<infer Output> ? Output : never;

const services: Record<string, Operation['service']> = {
  'com.amazonaws.ivs': 'ivs',
  'com.amazonaws.ivsrealtime': 'ivs-realtime',
};

export function operationOf(command: AwsCommand): Operation {
  const [, namespace, name] = (command as { schema?: [number, string, string] }).schema ?? [];
  const service = services[namespace ?? ''];
  if (!service || !name) throw new TypeError(`Expected a command of an IVS client, got: ${command}`);
  return describe(service, name);
}

/** The operation of that name; both services have some, and then `service` says which is meant. */
export function operationNamed(name: OperationName, service?: Operation['service']): Operation {
  return describe(service ?? (`${name}Command` in ivs ? 'ivs' : 'ivs-realtime'), name);
}

const describe = (service: Operation['service'], name: string): Operation => ({
  service,
  name,
  isRead: /^(Get|List|BatchGet)/.test(name),
});

/** Whether one of the two services has an operation of that name. */
export const isOperation = (name: string): name is OperationName =>
  `${name}Command` in ivs || `${name}Command` in ivsRealtime;
