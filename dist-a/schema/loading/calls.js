import { nameOfTarget, targetOf } from '../../upstream/arn.js';
import { ChannelNotBroadcastingError, ResourceNotFoundError, UpstreamError } from '../../upstream/errors.js';
import { chunk, groupBy } from '../language/collections.js';
/** One call per key, for what has no batch read. A key that fails, fails alone. */
export const loadEach = (loadOne) => (keys, context) => keys.map((key) => loadOne(key, context).then((found) => found ?? null, nullIfAbsent));
/** Up to `size` ARNs of one region per call, for what has a batch read. AWS answers in any order. */
export const loadBatches = ({ size, getBatch, getOne, }) => (keys, context) => {
    const loadBatch = async (target, arns) => {
        const answers = new Map();
        const [first, ...others] = arns;
        try {
            // One alone goes its own way: that call has a quota of its own, and says exactly what is wrong.
            if (first && others.length === 0) {
                const found = await getOne(target, first, context);
                return found ? answers.set(first, found) : answers;
            }
            const { found = [], errors = [] } = await getBatch(target, arns, context);
            for (const detail of found)
                answers.set(detail.arn, detail);
            for (const { arn, code, message } of errors) {
                if (!isNotFound(code))
                    answers.set(arn, new UpstreamError(`${code}: ${message}`));
            }
        }
        catch (error) {
            const failed = nullIfAbsent(error);
            if (failed)
                for (const arn of arns)
                    answers.set(arn, failed);
        }
        return answers;
    };
    const arns = keys.map(({ arn }) => arn);
    const batches = new Map();
    for (const some of groupBy(arns, (arn) => nameOfTarget(targetOf(arn))).values())
        for (const batch of chunk(some, size)) {
            const answers = loadBatch(targetOf(batch[0]), batch);
            for (const arn of batch)
                batches.set(arn, answers);
        }
    return arns.map(async (arn) => (await batches.get(arn))?.get(arn) ?? null);
};
// AWS does not say which codes a batch read uses; both spellings that its APIs have for this are taken.
const isNotFound = (code) => code === '404' || /NotFound/.test(code ?? '');
/** For `catch`: what is not there is null, any other failure goes on. */
export function absentAsNull(error) {
    const failure = nullIfAbsent(error);
    if (failure)
        throw failure;
    return null;
}
/** AWS's ways to say that something is not there. */
function nullIfAbsent(error) {
    return error instanceof ResourceNotFoundError || error instanceof ChannelNotBroadcastingError
        ? null
        : error;
}
