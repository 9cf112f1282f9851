import { isArn, targetOf } from '../../upstream/arn.js';
/** The region that is asked for, or where the resource of the ARN is, or where lists go that name neither. */
export function chooseTarget(region, arn, { defaultTarget }) {
    if (typeof region === 'string')
        return { ...defaultTarget, region };
    return arn ? targetOf(arn) : defaultTarget;
}
/** The first ARN that members of a key or of AWS's request name. */
export function arnAmong(members) {
    const [, arn] = Object.entries(members).find(([name, value]) => /arn$/i.test(name) && isArn(value)) ?? [];
    return arn;
}
/** Where arguments, a mutation's `input` or a filter among them say that calls go: by region, or by the ARN of what they are about. */
export function targetNamed(args) {
    const { input, filter, ...own } = args;
    const { region, arn, stageArn, sourceStageArn, channelArn, resourceArn } = { ...own, ...input };
    const filters = Object.entries(filter ?? {}).filter(([name]) => name.endsWith('Arn'));
    const candidates = [arn, stageArn, sourceStageArn, channelArn, resourceArn, filters[0]?.[1]];
    const found = candidates.find(isArn);
    if (typeof region === 'string')
        return { account: undefined, region };
    return found ? targetOf(found) : undefined;
}
