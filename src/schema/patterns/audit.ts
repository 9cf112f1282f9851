// Each mutation leaves one entry: who, what, on which ARN, how it ended. Around all that could refuse it, so that what was
// only tried is logged, too.
import type { GraphQLField, GraphQLSchema } from 'graphql';
import { type Context, newTrail, type Trail } from '../../context.ts';
import { isLoggableArn, targetOf } from '../../upstream/arn.ts';
import { alike, arnAmong, type Place } from '../language/arn.ts';
import { scopesOf } from '../language/authorization.ts';
import { inputTypeOf } from '../language/clearing.ts';

/** Of the members that are called so: a text elsewhere may begin like an ARN and be anything. */
const ARN_MEMBER = /(^a|A)rns?$/;
/** AWS's pattern. User ids are not logged. */
const PARTICIPANT_ID = /^[a-zA-Z0-9-]{1,64}$/;
/** Failed items in one line; the counts have all. */
const MAX_FAILURES = 1000;

export function audited(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {}))
    field.resolve = auditOf(field);
  return schema;
}

function auditOf({ name, args: [input], resolve, extensions }: GraphQLField<unknown, Context>) {
  if (!resolve) throw new Error(`Expected mutation ${name} to have a resolver`);
  // Only what is created is not named by an ARN.
  const isCreation = inputTypeOf(input).getFields().region !== undefined;
  const recorded: typeof resolve = async (root, args, context, info) => {
    const trail = newTrail();
    const start = performance.now();
    const end = (outcome: string) =>
      context.audit({
        mutation: name,
        scope: scopesOf({ extensions }).join(' '),
        ...(isCreation && placeOf(args.input, context)),
        ...subjectsOf(trail.items?.done ?? args, trail.arns),
        ...failuresIn(trail),
        outcome: outcome === 'ok' && (trail.counts.failed ?? 0) > 0 ? failureOf(trail.counts) : outcome,
        awsRequestIds: trail.awsRequestIds,
        ...trail.counts,
        durationMs: Math.round(performance.now() - start),
      });
    try {
      const answer = await resolve(root, args, { ...context, trail }, info);
      end(trail.failure ?? 'ok');
      return answer;
    } catch (error) {
      end(codeOf(error));
      throw error;
    }
  };
  return recorded;
}

/** What could forge a line of a log is no account or region. */
const ACCOUNT = /^\d{12}$/;
const REGION = /^[a-z\d-]{1,32}$/;

/** Where a creation was to be, whether or not that is served. */
function placeOf({ account, region, ...members }: Place, { defaultTarget }: Context) {
  const arn = arnAmong(members);
  const { account: chosen, region: other } = arn ? alike(targetOf(arn), defaultTarget) : defaultTarget;
  const loggable = (pattern: RegExp, value: string | null | undefined) =>
    value && pattern.test(value) ? value : undefined;
  return { account: loggable(ACCOUNT, account ?? chosen), region: loggable(REGION, region ?? other) };
}

/** Of many that succeed or fail one by one. */
const failureOf = ({ requested, failed }: Record<string, number>): string =>
  failed === requested ? 'failed' : 'partial';

/** What AWS returns for a write, as far as it matters here. */
export interface Answer {
  $metadata?: { requestId?: string | undefined };
  [member: string]: unknown;
}

/** Notes of a write what AWS calls it, and what it made. */
export function leaveTrail(trail: Trail, { $metadata, ...members }: Answer): void {
  if ($metadata?.requestId) trail.awsRequestIds.push($metadata.requestId);
  for (const member of Object.values(members)) {
    const { arn } = (member ?? {}) as { arn?: unknown };
    if (isLoggableArn(arn)) trail.arns.push(arn);
  }
}

/** The resources and participants that a mutation names. */
function subjectsOf(input: unknown, more: readonly string[] = []) {
  const participantIds = [...new Set(participantIdsIn(input))];
  const arns = [...new Set([...arnsIn(input), ...more])];
  return { arns, ...(participantIds.length > 0 && { participantIds }) };
}

function failuresIn({ items }: Trail) {
  if (!items || items.failures.length === 0) return {};
  return {
    failures: items.failures.slice(0, MAX_FAILURES).map(({ item, code }) => ({ ...subjectsOf(item), code })),
  };
}

function participantIdsIn(input: unknown): string[] {
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([member, value]) =>
    member === 'participantId'
      ? [value].filter((id) => typeof id === 'string' && PARTICIPANT_ID.test(id))
      : participantIdsIn(value),
  );
}

function arnsIn(input: unknown): string[] {
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([member, value]) =>
    ARN_MEMBER.test(member) ? [value].flat().filter(isLoggableArn) : arnsIn(value),
  );
}

export const codeOf = (error: unknown): string =>
  (error as { extensions?: { code?: string } } | undefined)?.extensions?.code ?? 'INTERNAL_SERVER_ERROR';
