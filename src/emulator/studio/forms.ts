// The commands and their members, as the studio makes forms of them.

import type { Command } from '../control/commands/command.ts';
import { declared } from '../control/commands/index.ts';
import { kindSchemas, kinds } from '../inputs/member-rules.ts';
import { model } from '../model/model.ts';

interface FormField {
  name: string;
  isRequired: boolean;
  /** In words, as the errors have it. */
  expected: string;
  /** Of JSON Schema; absent where it is one of several. */
  type?: unknown;
  /** Those that it can be; absent where there is no end of them. */
  choices?: unknown;
}

interface Forms {
  commands: Record<string, { meaning: string; example: object; fields: FormField[] }>;
  /** Of IVS, which the studio can call, too. */
  operations: { name: string; method: string; path: string; members: string[] }[];
}

export function describeCommands(): Forms {
  const forms = Object.entries<Command>(declared).map(([name, { meaning, example, members }]) => {
    const fields = Object.entries(members).map(([member, kind]) => fieldOf(member, kind));
    return [name, { meaning, example, fields }] as const;
  });
  return { commands: Object.fromEntries(forms), operations: model.map(callOf) };
}

function fieldOf(name: string, member: string): FormField {
  const kind = member.replace('?', '');
  const { type, enum: choices } = kindSchemas[kind] ?? {};
  const [isRequired, expected] = [!member.endsWith('?'), kinds[kind] ?? ''];
  return {
    name,
    isRequired,
    expected,
    ...(type !== undefined && { type }),
    ...(choices !== undefined && { choices }),
  };
}

const callOf = ({ name, method, path, input }: (typeof model)[number]) => ({
  name,
  method,
  path,
  members: [...input.members.keys()],
});
