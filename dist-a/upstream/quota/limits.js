// The rates that a call must keep. The published ones stand in the rows of services/; none of them can be raised by
// asking, but an account may have been given others.
import { nameOfTarget } from '../arn.js';
/** All limits of one call, the widest last. */
export function limitsOf({ service, name, rate, ratePerResource }, target, input, rates = {}) {
    const bucket = `${nameOfTarget(target)} ${service} ${name}`;
    const account = { name: bucket, perSecond: rates[name] ?? rate.perSecond };
    if (!ratePerResource)
        return [account];
    const resource = input[ratePerResource.member];
    return [{ name: `${bucket} ${resource}`, perSecond: ratePerResource.perSecond }, account];
}
