// Where the arguments of a field say that its calls go.
import type { Context } from '../../context.ts';
import { isArn, type Target, targetOf } from '../../upstream/arn.ts';

/** The requested region, or that of the resource of the ARN, or the default for lists that name neither. */
export function chooseTarget(
  region: string | null | undefined,
  arn: string | undefined,
  { defaultTarget }: Pick<Context, 'defaultTarget'>,
): Target {
  if (typeof region === 'string') return { ...defaultTarget, region };
  return arn ? targetOf(arn) : defaultTarget;
}

/** The first ARN that members of a key or of AWS's request name. */
export function arnAmong(members: object): string | undefined {
  const [, arn] = Object.entries(members).find(([name, value]) => /arn$/i.test(name) && isArn(value)) ?? [];
  return arn;
}

/** Where arguments, a mutation's `input` or a filter among them say that calls go: by region, or by the ARN of what they are about. */
export function targetNamed(args: Readonly<Record<string, unknown>>): Target | undefined {
  const { input, filter, ...own } = args as Record<string, Record<string, unknown> | undefined>;
  const { region, arn, stageArn, sourceStageArn, channelArn, resourceArn } = { ...own, ...input };
  const filters = Object.entries(filter ?? {}).filter(([name]) => name.endsWith('Arn'));
  const candidates = [arn, stageArn, sourceStageArn, channelArn, resourceArn, filters[0]?.[1]];
  const found = candidates.find(isArn);
  if (typeof region === 'string') return { account: undefined, region };
  return found ? targetOf(found) : undefined;
}
