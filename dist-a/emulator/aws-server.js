import { setTimeout } from 'node:timers/promises';
import { AwsError, logUnexpected, throttled } from './errors.js';
import { fails } from './faults.js';
import { errorStatus } from './model.js';
import { operations } from './operations.js';
import { answerOtherService, isForOtherService } from './other-services.js';
import { reply } from './reply.js';
import { findRoute, readBody, readInput } from './request.js';
import { writeStructure } from './serialization.js';
import { readRegion } from './signature.js';
import { validate } from './validation.js';
/** AWS's own order of checks, top to bottom. */
export async function answerAws(request, wire) {
    let call;
    const finish = (reply) => {
        if (call && typeof reply === 'object')
            wire.calls.answered(call, reply.status);
        return reply;
    };
    try {
        if (isForOtherService(request))
            return await answerOtherService(request, wire.account.accountId);
        // FIRST what is called: an unknown path says so even to a caller without credentials
        const route = findRoute(request);
        // THEN who calls: the region of the credential scope chooses the world
        const region = readRegion(request);
        // THEN the body, as JSON of the right types
        const body = await readBody(request);
        const input = readInput(route, body);
        const { operation } = route;
        call = wire.calls.record({ operation: operation.name, region, input }, body.length);
        await pause(wire.latencyMs);
        // THEN how often, before anything is judged
        if (wire.rates?.admits(region, operation.name, input) === false)
            throw throttled();
        // A fault strikes where AWS throttles and breaks: before the input is judged
        const fault = wire.faults.strike(operation.name, input);
        await pause(fault?.delayMs);
        if (fails(fault) && !fault.afterwards)
            return finish(failure(fault));
        const acted = act(operation, input, wire.account.world(region));
        return finish(fails(fault) ? failure(fault) : acted);
    }
    catch (error) {
        if (request.errored)
            throw error; // the client left while its body was read
        return finish(awsFailure(error));
    }
}
const pause = async (milliseconds = 0) => {
    if (milliseconds > 0)
        await setTimeout(milliseconds, undefined, { ref: false });
};
/** If we have reached here the call is well formed. The answer is written at once: the world moves on. */
function act(operation, input, world) {
    validate(operation, input);
    const run = operations[operation.name];
    const output = writeStructure(operation.output, run(input, world));
    return operation.status === 204 ? reply(204, '') : reply(operation.status, JSON.stringify(output));
}
export function awsFailure(thrown) {
    if (!(thrown instanceof AwsError))
        logUnexpected(thrown);
    const error = thrown instanceof AwsError ? thrown : new AwsError('InternalServerException', 'An unexpected error');
    return reply(error.status, JSON.stringify(error.body), { 'x-amzn-errortype': error.type });
}
function failure({ hang, reset, status, errorType, message = 'A fault on demand', body, headers, }) {
    if (hang)
        return 'hang';
    if (reset)
        return 'reset';
    const type = errorType ? { 'x-amzn-errortype': errorType } : {};
    const error = new AwsError(errorType ?? '', message, status ?? errorStatus.get(errorType ?? ''));
    return reply(error.status, body ?? JSON.stringify(error.body), { ...type, ...headers });
}
