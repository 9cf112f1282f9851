// The commands of the control API, in the order in which their examples can be sent.
import type { Control } from '../control.ts';
import { callCommands } from './calls.ts';
import { type Command, type Commands, ofAccount } from './command.ts';
import { eventCommands } from './events.ts';
import { participantCommands } from './participants.ts';
import { streamCommands } from './streams.ts';
import { worldCommands } from './worlds.ts';

/** Those about an account, and those about what an ARN names. */
export const declared: Commands<keyof Control> = {
  ...participantCommands,
  ...streamCommands,
  ...eventCommands,
  ...callCommands,
  ...worldCommands,
};

const withAccount = (command: Command): Command => ({
  ...command,
  members: { ...command.members, ...ofAccount },
});

/** Each takes an account, so that a test can send its own with all of them. */
export const commands = Object.fromEntries(
  Object.entries<Command>(declared).map(([name, command]) => [name, withAccount(command)]),
) as unknown as Commands<keyof Control>;
