// The inputs of the commands are checked by what is declared of them, in process as over HTTP.
import { commands, declared } from './commands/index.ts';
import type { Control } from './control.ts';
import { Refused } from './errors.ts';
import { parseArn, placeOfStreamKey } from './identifiers.ts';
import { checkInput } from './members.ts';

export function checked(control: Control): Control {
  for (const name of Object.keys(commands) as (keyof Control)[]) {
    const run = control[name] as (input: object) => unknown;
    const checkedRun = (input: object = {}) => run.call(control, inputOf(name, input));
    Object.defineProperty(control, name, { value: checkedRun, writable: true, configurable: true });
  }
  return control;
}

function inputOf(name: keyof Control, given: object): object {
  const input = checkInput(name, commands[name].members, given);
  if (Object.hasOwn(declared[name].members, 'account') || input.account === undefined) return input;
  const { account, ...rest } = input;
  for (const [member, value] of Object.entries(rest))
    checkOwner(`${name}: account`, account, { member, value });
  return rest;
}

/** What names an account must name this one. */
function checkOwner(
  where: string,
  account: unknown,
  { member, value }: { member: string; value: unknown },
): void {
  const owner =
    typeof value === 'string' ? (parseArn(value) ?? placeOfStreamKey(value))?.accountId : undefined;
  if (owner !== undefined && owner !== account)
    throw new Refused(`${where}: expected the account of ${member}, ${owner}, got ${account}`);
}
