// Where the arguments of a field say that its calls go.
import type { Context } from '../../context.ts';
import { isArn, type Target, targetOf } from '../../upstream/arn.ts';
import { AccountNotAllowedError } from '../../upstream/errors.ts';
import { quote } from '../../upstream/quote.ts';

/** The arguments of lists, and of new resources. */
export interface Place {
  account?: string | null | undefined;
  region?: string | null | undefined;
}

/** The requested account and region; what is not requested is that of the ARN, or else the default. */
export function chooseTarget(
  { account, region }: Place,
  arn: string | undefined,
  { defaultTarget }: Pick<Context, 'defaultTarget'>,
): Target {
  if (typeof account === 'string' && defaultTarget.account === undefined)
    throw new AccountNotAllowedError(
      `Expected no \`account\`, since this gateway serves one account (IVS_ACCOUNTS is not set), got ${quote(account)}`,
    );
  const base = arn ? targetOf(arn) : defaultTarget;
  return { account: account ?? base.account, region: region ?? base.region };
}

/** The first ARN that members of a key or of AWS's request name. */
export function arnAmong(members: object): string | undefined {
  const [, arn] = Object.entries(members).find(([name, value]) => /arn$/i.test(name) && isArn(value)) ?? [];
  return arn;
}

/** Where arguments, a mutation's `input` or a filter among them say that calls go: by account and region, or by the ARN of what they are about. */
export function targetNamed(
  args: Readonly<Record<string, unknown>>,
  defaultTarget: Target,
): Target | undefined {
  const { input, filter, ...own } = args as Record<string, Record<string, unknown> | undefined>;
  const { account, region, arn, stageArn, sourceStageArn, channelArn, resourceArn } = { ...own, ...input };
  const filters = Object.entries(filter ?? {}).filter(([name]) => name.endsWith('Arn'));
  const candidates = [arn, stageArn, sourceStageArn, channelArn, resourceArn, filters[0]?.[1]];
  const found = candidates.find(isArn);
  if (typeof account !== 'string' && typeof region !== 'string' && !found) return undefined;
  const base = found ? alike(targetOf(found), defaultTarget) : defaultTarget;
  return { account: textOf(account) ?? base.account, region: textOf(region) ?? base.region };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Without an account where one is served: then targets of ARNs and of lists have the same names. */
export const alike = ({ account, region }: Target, defaultTarget: Target): Target => ({
  account: defaultTarget.account && account,
  region,
});
