// The commands of the control API, in the order in which their examples can be sent.
import type { Control } from '../control.ts';
import { callCommands } from './calls.ts';
import type { Commands } from './command.ts';
import { eventCommands } from './events.ts';
import { participantCommands } from './participants.ts';
import { streamCommands } from './streams.ts';
import { worldCommands } from './worlds.ts';

export const commands: Commands<keyof Control> = {
  ...participantCommands,
  ...streamCommands,
  ...eventCommands,
  ...callCommands,
  ...worldCommands,
};
