/** One byte a character. Undefined where it is not there; what is taken is to be put back (`request.unshift`). */
export const takeBody = (request, length) => request.readableLength === length ? (request.read() ?? EMPTY) : undefined;
const EMPTY = Buffer.alloc(0);
/** Comes back when something of the body is there. */
export const someOf = (request) => new Promise((resolve) => {
    if (request.readableLength > 0 || request.destroyed)
        return resolve();
    request.once('readable', resolve);
    request.once('close', resolve);
});
