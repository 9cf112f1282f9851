/** Calls `onEnd` with the bytes of the body when they are complete; undefined where there are too many. */
export function captureBody(response, maxBytes, onEnd) {
    let chunks = [];
    let bytes = 0;
    const take = (chunk, encoding) => {
        if (!chunks || (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)))
            return;
        const taken = typeof chunk === 'string'
            ? Buffer.from(chunk, typeof encoding === 'string' ? encoding : 'utf8')
            : Buffer.from(chunk);
        bytes += taken.length;
        if (bytes > maxBytes)
            chunks = undefined;
        else
            chunks.push(taken);
    };
    const write = response.write;
    const end = response.end;
    response.write = function (chunk, ...rest) {
        take(chunk, rest[0]);
        return write.call(this, chunk, ...rest);
    };
    response.end = function (chunk, ...rest) {
        take(chunk, rest[0]);
        const ended = end.call(this, chunk, ...rest);
        onEnd(chunks && Buffer.concat(chunks));
        return ended;
    };
}
