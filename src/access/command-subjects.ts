// What a command is about, read off its input: the things it names, what it makes, the people it lets in.
import type { Operation } from '../upstream/operation.ts';

/** AWS's own names of members that hold ARNs. */
const NAMES_THING = /arns?$/i;
const WRITTEN_BY_PEOPLE = ['tags', 'attributes'];

/** Every ARN in an input. The empty text means none; all else is one, whatever it looks like. */
export function arnsNamedIn(input: unknown): string[] {
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([name, value]) => {
    if (WRITTEN_BY_PEOPLE.includes(name)) return [];
    if (NAMES_THING.test(name)) return [value].flat().filter((arn) => typeof arn === 'string' && arn !== '');
    return arnsNamedIn(value);
  });
}

/** The type in the ARN of what an operation makes, if it makes something that has one: a token has none. */
export function kindOfNew({ name }: Operation): string | undefined {
  const [, noun] = /^(?:Create(?!ParticipantToken)|Import|Start(?=Composition))(.*)$/.exec(name) ?? [];
  const kind = noun?.replace(/(?<=.)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
  return kind === 'playback-key-pair' ? 'playback-key' : kind;
}

/** Whom an operation makes participant tokens for. */
export function tokensAskedFor({ name }: Operation, input: object): { userId?: string | undefined }[] {
  if (name === 'CreateParticipantToken') return [input];
  return (input as { participantTokenConfigurations?: object[] }).participantTokenConfigurations ?? [];
}
