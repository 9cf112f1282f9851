// What a caller can request of AWS, and what of AWS's response the caller receives. All reads and writes of the graph pass here.
import { arnPrefix, partsOfArn, replaceArnsIn, type Target } from '../upstream/arn.ts';
import { arnsNamedIn } from '../upstream/arns-named.ts';
import { ForbiddenError, ResourceNotFoundError, UpstreamError, ValidationError } from '../upstream/errors.ts';
import { type AwsCommand, type Operation, operationOf } from '../upstream/operation.ts';
import { ownershipOf, services } from '../upstream/services/index.ts';
import type { SendCommand } from '../upstream/upstream.ts';
import { checkAdmission, checkUser, withOwnSecrets } from './admission.ts';
import { type Bounds, outside } from './bounds.ts';
import { type Permissions, requireScope } from './permissions.ts';
import { prune } from './prune.ts';

const WRITING = ['ivs:write', 'ivs:moderate', 'ivs:token'];

/** `send` for this caller: refuses what the caller may not request before it costs a call. */
export function guard(send: SendCommand, caller: Permissions, bounds: Bounds): SendCommand {
  const guarded: SendCommand = async (target, command, brief) => {
    const operation = operationOf(command);
    checkScopes(caller, operation);
    checkAdmission(caller, operation, command.input);
    if (bounds.areNone && caller.user === undefined) return send(target, command, brief);
    if (!bounds.areNone) {
      await checkNamed(send, operation, command, bounds);
      checkNew(operation, target, command.input, bounds);
    }
    try {
      await checkUser(send, caller, command);
      const answer = withOwnSecrets(await send(target, command, brief), caller, command);
      return bounds.areNone ? answer : prune(answer, operation, bounds);
    } catch (error) {
      throw withoutNames(error, command, bounds);
    }
  };
  return guarded;
}

/** The scope of each mutation stands on its field. This is what none of them can go round. */
function checkScopes(caller: Permissions, { isRead }: Operation): void {
  if (isRead) requireScope(caller, 'ivs:read');
  else if (!WRITING.some((scope) => caller.scopes.has(scope))) requireScope(caller, 'ivs:write');
}

async function checkNamed(send: SendCommand, operation: Operation, command: AwsCommand, bounds: Bounds) {
  const toRead = subjectsReturned(operation, command.input);
  const named = arnsNamedIn(command.input);
  // All of them, before the first call.
  for (const arn of named) bounds.check(arn);
  for (const arn of named)
    if (!bounds.covers(arn) && !toRead.includes(arn)) await checkOwner(send, arn, bounds);
}

/** A resource that is returned names its owner: when that is outside, nothing is left of the response. */
function subjectsReturned(operation: Operation, input: object): unknown[] {
  if (!operation.isRead || !operation.returnsSubjects) return [];
  return operation.subjects.flatMap((member) => (input as Record<string, unknown>)[member]);
}

async function checkOwner(send: SendCommand, arn: string, bounds: Bounds): Promise<void> {
  const parts = partsOfArn(arn);
  const command = parts && ownershipOf(parts.kind)?.read(arn);
  if (!command) throw outside(arn);
  try {
    const answer: object = (await send(parts, command)) ?? {};
    const left: { arn?: string }[] = Object.values(prune(answer, operationOf(command), bounds));
    if (left.some((resource) => resource.arn === arn)) return;
  } catch (error) {
    if (!(error instanceof ResourceNotFoundError)) throw error;
  }
  throw outside(arn);
}

/** A new resource is inside if its parent is inside, or if every new resource of its kind would be. */
function checkNew(operation: Operation, target: Target, input: object, bounds: Bounds): void {
  if (operation.isRead) return;
  const { creates: kind, name, service } = operation;
  if (kind === undefined) {
    if (arnsNamedIn(input).length === 0) throw new ForbiddenError(`${name} is not bounded`);
    return;
  }
  const { region, account } = target;
  const owner = (input as Record<string, unknown>)[ownershipOf(kind)?.member ?? ''];
  if (typeof owner === 'string' && isIn(target, partsOfArn(owner))) return;
  const made = { service: services[service].arnService, account, region, kind };
  if (bounds.coverNew(made)) return;
  const pattern = `${arnPrefix({ ...made, account: account ?? '*' })}*`;
  throw new ForbiddenError(
    `Outside of what this caller may use (\`ivs_resources\`): it would take a pattern such as ${pattern}`,
  );
}

/** Of one account that is served its id is not known. */
const isIn = ({ account, region }: Target, arn: Target | undefined): boolean =>
  arn?.region === region && (account === undefined || arn.account === account);

/** AWS's text may name another resource; the error itself is shared with other callers. */
function withoutNames(error: unknown, { input }: AwsCommand, bounds: Bounds): unknown {
  if (!(error instanceof UpstreamError)) return error;
  const named = arnsNamedIn(input);
  const clean = (text: string) =>
    replaceArnsIn(text, (arn) => (bounds.covers(arn) || named.includes(arn) ? arn : 'something else'));
  const message = clean(error.message);
  if (message === error.message) return error;
  const copy = Object.create(Object.getPrototypeOf(error), Object.getOwnPropertyDescriptors(error));
  if (error instanceof ValidationError)
    copy.violations = error.violations.map((one) => ({ ...one, message: clean(one.message) }));
  return Object.assign(copy, { message });
}
