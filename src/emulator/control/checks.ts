// The inputs of the commands are checked by what is declared of them, in process as over HTTP.

import { AwsError, Refused } from '../errors.ts';
import { checkInput } from '../inputs/members.ts';
import { parseArn, placeOfStreamKey } from '../model/identifiers.ts';
import { resourceOfToken } from '../realtime/participant-token.ts';
import type { Command } from './commands/command.ts';
import { commands, declared } from './commands/index.ts';
import type { Control } from './control.ts';

export function checked(control: Control): Control {
  for (const name of Object.keys(commands) as (keyof Control)[]) {
    const run = (control[name] as (input: object) => unknown).bind(control);
    const checkedRun = (input: object = {}) => named(name, () => run(inputOf(name, input)));
    const { waits }: Command = commands[name];
    const value = waits ? async (input?: object) => checkedRun(input) : checkedRun;
    Object.defineProperty(control, name, { value, writable: true, configurable: true });
  }
  return control;
}

/** Messages begin with the command. */
function named(name: string, run: () => unknown): unknown {
  try {
    const outcome = run();
    return outcome instanceof Promise
      ? outcome.catch((error: unknown) => {
          throw withName(name, error);
        })
      : outcome;
  } catch (error) {
    throw withName(name, error);
  }
}

export function withName(name: string, error: unknown): unknown {
  if (!(error instanceof Refused || error instanceof AwsError)) return error;
  const { message, status } = error;
  return message.startsWith(`${name}: `) ? error : new Refused(`${name}: ${message}`, status);
}

function inputOf(name: keyof Control, given: object): object {
  const input = checkInput(name, commands[name].members, given);
  if (input.account === undefined) return input;
  const { account, ...rest } = input;
  for (const [member, value] of Object.entries(rest)) {
    const owner = typeof value === 'string' ? ownerOf(member, value) : undefined;
    if (owner !== undefined && owner !== account)
      throw new Refused(`account: expected the account of ${member}, ${owner}, got ${account}`);
  }
  return Object.hasOwn(declared[name].members, 'account') ? input : rest;
}

/** Whose it is, where it names an account. */
const ownerOf = (member: string, value: string): string | undefined =>
  (parseArn(member === 'token' ? resourceOfToken(value) : value) ?? placeOfStreamKey(value))?.accountId;
