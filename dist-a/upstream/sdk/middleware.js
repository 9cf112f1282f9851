// Makes a call of an SDK client cheap: what the SDK does anew for each call is done once, what we do not need is left out.
// Only by its public means, a client's config and its middleware stack; checked with @smithy/core 3.41.0.
export function optimizeClient(client, requestHandler) {
    const stack = client.middlewareStack;
    // It copies each answer for a log that we do not keep.
    stack.remove('loggerMiddleware');
    // retries.ts tries again, and counts it. The signature's step holds on to this name.
    stack.add((next) => next, {
        name: 'retryMiddleware',
        step: 'finalizeRequest',
        priority: 'high',
        override: true,
    });
    learnUserAgent(stack);
    // The last of all. With `cacheMiddleware`, `send` takes no options of one call: the command brings its signal.
    stack.add(() => async ({ request, signal, returnsBody: tells, trace }) => {
        // After the signature, which must not cover what a proxy on the way may rewrite.
        Object.assign(request.headers, trace);
        const answer = await requestHandler.handle(request, { abortSignal: signal });
        if (tells && answer.response.statusCode < 300)
            objects.add(answer.response.body);
        return answer;
    }, {
        name: 'signalMiddleware',
        step: 'deserialize',
        priority: 'low',
    });
    client.config.streamCollector = collect;
}
const userAgentHeaders = ['user-agent', 'x-amz-user-agent'];
/** What the SDK says of itself does not change between calls of one operation: its first call tells. */
function learnUserAgent(stack) {
    const name = 'getUserAgentMiddleware';
    let original;
    const add = (middleware, options) => {
        if (options.name === name)
            original = middleware;
    };
    stack.applyToStack({ add, addRelativeTo: () => { } });
    if (!original)
        return;
    const describe = original;
    const learning = (next, context) => {
        let known;
        const learn = describe((args) => {
            const { headers } = args.request;
            known = Object.fromEntries(userAgentHeaders.map((header) => [header, headers[header] ?? '']));
            return next(args);
        }, context);
        return (args) => {
            if (!known)
                return learn(args);
            Object.assign(args.request.headers, known);
            return next(args);
        };
    };
    stack.add(learning, { name, step: 'build', priority: 'low', override: true });
}
/** The bodies that must be a JSON object: the SDK takes an empty one, a string or a list for an answer without members. */
const objects = new WeakSet();
const OBJECT = /^\s*\{/;
/** The largest responses of AWS, those with 500 stream events, have less than 1 MB. */
const MAX_BYTES = 16 * 1024 * 1024;
/** The body of an answer. The SDK's own collector pipes it through a stream of its own. */
const collect = (body) => new Promise((resolve, reject) => {
    const chunks = [];
    let size = 0;
    body.on('data', (chunk) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > MAX_BYTES)
            body.destroy(new Error(`Expected a body of at most ${MAX_BYTES} bytes`));
    });
    body.on('end', () => {
        const bytes = Buffer.concat(chunks);
        if (objects.has(body) && !OBJECT.test(bytes.toString('latin1', 0, 100)))
            reject(new Error('Expected a JSON object'));
        else
            resolve(bytes);
    });
    body.on('error', reject);
});
