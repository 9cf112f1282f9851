// What the rows of a service say. They are typed from the SDK: an operation without a row does not compile, nor does a
// row that leaves a fact out or names a member that AWS does not have.
import type { AwsCommand, InputOf, OutputOf } from '../command.ts';

export interface Service<Sdk> {
  /** The name in the AWS CLI. */
  name: string;
  sdk: Sdk;
  /** The class of its client in the SDK. */
  Client: new (
    config: never,
  ) => object;
  /** Of its shapes, in the SDK's schemas. */
  namespace: string;
  signingName: string;
  /** The service in the ARNs of its resources. */
  arnService: string;
  /** The environment variable that moves this service alone to another endpoint. */
  endpointVariable: string;
  resources: Readonly<Record<string, Resource>>;
  operations: Rows<Sdk, string>;
}

/** A type of resource, by its name in ARNs. */
export interface Resource {
  /** Whose permissions hold for it too; `null` where its own ARN is all that counts. */
  owner: Ownership | null;
}

export interface Ownership {
  /** The type of the owner, by its name in ARNs. */
  type: string;
  /** The member of the resource that names the owner; also of the input that creates the resource. */
  member: string;
  /** Reads the resource, which names its owner. */
  read(arn: string): AwsCommand;
}

/** A row for each operation of an SDK module, by AWS's name of the operation. */
export type Rows<Sdk, ResourceType extends string> = {
  readonly [Export in keyof Sdk as OperationOf<Export>]: RowOf<Sdk[Export], ResourceType>;
};

type OperationOf<Export> = Export extends `${infer Name}Command` ? (Name extends '$' ? never : Name) : never;

type RowOf<Class, ResourceType extends string> = Class extends new (
  // biome-ignore lint/suspicious/noExplicitAny: constructors of all commands
  ...args: any[]
) => infer Command
  ? Facts<InputOf<Command>, OutputOf<Command>, ResourceType>
  : never;

/** What is true of an operation. */
export type Facts<Input, Output, ResourceType extends string> =
  | ReadFacts<Input, Output>
  | WriteFacts<Input, Output, ResourceType>;

type MemberOf<Structure> = Exclude<keyof Structure & string, '$metadata'>;

interface CommonFacts<Input, Output> {
  /** Of the account, in one region. */
  rate: Rate;
  /** On a single resource, which `member` of the input names, beside the rate of the account. */
  ratePerResource?: Rate & { member: MemberOf<Input> };
  /** The members of the input that name the resources which it is about: a caller needs permission for them. */
  subjects: readonly MemberOf<Input>[];
  /** The member that wraps all of the output, or `FLAT`. */
  output: MemberOf<Output> | null;
}

interface ReadFacts<Input, Output> extends CommonFacts<Input, Output> {
  isRead: true;
  /** Whether it lists, so that a write may add something that its output does not name yet. */
  isList: boolean;
  /** How long its output may be used again. */
  lifetime: Lifetime | ((output: Output) => Lifetime);
  /** Whether its subjects are resources that it returns, each with the ARN of its owner: the output then shows permission. */
  returnsSubjects: Input extends { arn: unknown } | { arns: unknown } ? boolean : false;
  /** The list that returns a summary of its resource. */
  listedBy?: ListedBy<Input>;
  /** The operation that reads many of its resources. */
  batchedBy?: BatchedBy<Input>;
  /** The member of a listed item that names a resource, where items have no ARN and are no part of the subject. */
  itemsStandFor?: ItemMemberOf<Output>;
  /** Whose secrets its output holds: they let their holder join as this user. */
  secretsOf?: (output: Output) => string | undefined;
}

interface ListedBy<Input> {
  /** The operation that lists, of the same service. */
  list: string;
  /** The member of the list's output that has the items. */
  items: string;
  /** The members of the read's input that are the list's, too. */
  within: readonly MemberOf<Input>[];
  /** The member of the read's input that is the item's, too. */
  id: MemberOf<Input>;
  /**
   * The member of item and resource that changes without a write of the gateway. While the list returns the same item, the
   * output of the read may be used for `maxAgeWhileUnchanged`.
   */
  state?: string;
}

interface BatchedBy<Input> {
  /** The operation that reads many, of the same service. */
  batch: string;
  /** The member of its input that has their ids. */
  ids: string;
  /** The member of its output that has the items. Those not found are in `errors`, each with a code. */
  items: string;
  /** The member of the read's input that is the item's and the error's, too. */
  id: MemberOf<Input>;
}

interface WriteFacts<Input, Output, ResourceType extends string> extends CommonFacts<Input, Output> {
  isRead: false;
  /** The cached reads that it may make outdated. */
  invalidates: readonly Invalidated[];
  /** Whether it has the same effect when it is sent twice; or the member of the input that makes sure of that. */
  isIdempotent: boolean | MemberOf<Input>;
  /** Whether it has succeeded, too, when its subject does not exist. */
  deletes?: true;
  /** The type of the resource that it creates. One with an owner names it in `subjects`. */
  creates?: ResourceType;
  /** Whom it lets in. Takes `ivs:token`, but for a participant, who had a token; one bound to a user admits that user alone. */
  admits?: Admitted<Input>;
}

/**
 * The users that its input names; the user of the resource that its input names, which only AWS knows; a participant of
 * another stage; or any user, since the owner of a key signs tokens for any user.
 */
type Admitted<Input> =
  | ((input: Input) => readonly { userId?: string | undefined }[])
  | 'user of the resource'
  | 'a participant'
  | 'anyone';

/** `resource`: reads with an ARN of its input or output, and of the participant in its input. `lists`: of its service. */
export type Invalidated = 'resource' | 'lists' | 'participants of the resource' | 'ingested participants';

type ItemMemberOf<Output> = {
  [Member in keyof Output]: NonNullable<Output[Member]> extends readonly (infer Item)[]
    ? keyof Item & string
    : never;
}[keyof Output];

export interface Rate {
  perSecond: number;
  source: `https://docs.aws.amazon.com/${string}` | 'not documented';
}

/** In milliseconds, from the moment that the output came. */
export interface Lifetime {
  maxAge: number;
  /** While a list says of the resource what it said when the output came; when it says something else: not at all. */
  maxAgeWhileUnchanged?: number;
}
