import { UpstreamError, ValidationError } from '../../upstream/errors.js';
import { isOperation } from '../../upstream/operation.js';
import { scoped } from '../language/authorization.js';
import { builder } from '../language/builder.js';
import { cleared, inputTypeOf } from '../language/clearing.js';
import { costs } from '../language/costs.js';
import { mutationErrors } from '../language/errors.js';
import { refuseGlobalIds } from '../language/global-ids.js';
import { given } from '../language/input.js';
import { codeOf, leaveTrail } from './audit.js';
import { violationsOf } from './input-path.js';
/** Sends a command that changes something; what this request read before it is read anew. */
export async function write(context, target, command) {
    try {
        const answer = await context.send(target, command);
        leaveTrail(context.trail, answer);
        return answer;
    }
    catch (error) {
        if (error instanceof UpstreamError)
            leaveTrail(context.trail, { $metadata: error.aws ?? {} });
        throw error;
    }
    finally {
        context.reads.clear();
    }
}
const NULL_CLEARS = 'An omitted member stays unchanged. Null clears a member; it is refused where AWS cannot clear it.';
/** Adds a mutation, its input `<Name>Input` and, where it can fail in ways to act on, its union `<Name>Result`. */
export function defineMutation(name, { description, scope, input: fields, payload, errors, calls: callsOf, inSlices, nullClears, count, resolve, }) {
    const calls = callsOf ? ({ input }) => callsOf(given(input)) : namesake(name);
    const input = builder.inputType(`${capitalize(name)}Input`, {
        description: nullClears ? `Input of ${name}. ${NULL_CLEARS}` : `Input of ${name}.`,
        fields,
    });
    const typeIn = ({ parentType }) => inputTypeOf(parentType.getFields()[name]?.args[0]);
    const run = async (raw, context, info) => {
        try {
            // Items of bulk mutations have errors of their own.
            if (errors)
                refuseGlobalIds(raw);
            const members = nullClears ? cleared(raw, typeIn(info)) : raw;
            const done = await resolve(given(members), context, info);
            if (count)
                context.trail.counts = count(done);
            return done;
        }
        catch (error) {
            // As part of a union it is no error to those above.
            context.trail.failure = codeOf(error);
            if (error instanceof ValidationError)
                error.violations = violationsOf(error, raw, typeIn(info));
            throw error;
        }
    };
    builder.mutationField(name, (t) => t.field({
        type: payload,
        ...scoped(scope, {
            description,
            ...costs({ calls, ...(inSlices && { inSlices }) }),
        }),
        ...(errors && {
            errors: {
                types: ['ValidationError', ...errors].map((error) => mutationErrors[error]),
                union: { description: `Result of ${name}: the payload, or a typed error.` },
            },
        }),
        args: {
            input: t.arg({
                type: input,
                required: true,
                description: 'Members of the AWS request, under AWS’s names.',
            }),
        },
        resolve: (_root, args, context, info) => run(args.input, context, info),
    }));
}
/** AWS's operation of the same name, once. */
function namesake(name) {
    const operation = capitalize(name);
    if (!isOperation(operation))
        throw new TypeError(`AWS has no operation of the name of ${name}`);
    return () => [{ operation }];
}
/** The payload `<Name>Payload` of a mutation that answers with one thing, which AWS returns whole unless `returnsDetail` is false. */
export const payloadOf = (name, member, type, description, { returnsDetail = true } = {}) => builder.objectRef(`${capitalize(name)}Payload`).implement({
    description: `Payload of ${name}.`,
    fields: (t) => ({
        [member]: t.field({
            type,
            nullable: false,
            description,
            ...(returnsDetail && costs({ returnsDetail })),
            resolve: ({ thing }) => thing,
        }),
    }),
});
const capitalize = (name) => name.charAt(0).toUpperCase() + name.slice(1);
