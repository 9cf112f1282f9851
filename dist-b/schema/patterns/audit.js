import { newTrail } from '../../context.js';
import { isLoggableArn } from '../../upstream/arn.js';
import { scopesOf } from '../language/authorization.js';
/** Of the members that are called so: a text elsewhere may begin like an ARN and be anything. */
const ARN_MEMBER = /(^a|A)rns?$/;
export function audited(schema) {
    for (const field of Object.values(schema.getMutationType()?.getFields() ?? {}))
        field.resolve = auditOf(field);
    return schema;
}
function auditOf({ name, resolve, extensions }) {
    if (!resolve)
        throw new Error(`Expected mutation ${name} to have a resolver`);
    const recorded = async (root, args, context, info) => {
        const trail = newTrail();
        const start = performance.now();
        const end = (outcome) => context.audit({
            mutation: name,
            scope: scopesOf({ extensions }).join(' '),
            arns: [...new Set([...arnsIn(args), ...trail.arns])],
            outcome: outcome === 'ok' && (trail.counts.failed ?? 0) > 0 ? failureOf(trail.counts) : outcome,
            awsRequestIds: trail.awsRequestIds,
            ...trail.counts,
            durationMs: Math.round(performance.now() - start),
        });
        try {
            const answer = await resolve(root, args, { ...context, trail }, info);
            end(trail.failure ?? 'ok');
            return answer;
        }
        catch (error) {
            end(codeOf(error));
            throw error;
        }
    };
    return recorded;
}
/** Of many that succeed or fail one by one. */
const failureOf = ({ requested, failed }) => failed === requested ? 'failed' : 'partial';
/** Notes of a write what AWS calls it, and what it made. */
export function leaveTrail(trail, { $metadata, ...things }) {
    if ($metadata?.requestId)
        trail.awsRequestIds.push($metadata.requestId);
    for (const thing of Object.values(things)) {
        const { arn } = (thing ?? {});
        if (isLoggableArn(arn))
            trail.arns.push(arn);
    }
}
function arnsIn(input) {
    if (typeof input !== 'object' || input === null)
        return [];
    return Object.entries(input).flatMap(([member, value]) => ARN_MEMBER.test(member) ? [value].flat().filter(isLoggableArn) : arnsIn(value));
}
export const codeOf = (error) => error?.extensions?.code ?? 'INTERNAL_SERVER_ERROR';
