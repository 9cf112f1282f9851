/** Looks at all responses in so many parts of the bound: most are gone before the first. */
const LOOKS = 4;
/**
 * Closes the connection when nothing of a response is read for `readMs`, or not all of it `readMs` after its end. To be
 * called with each response.
 */
export function readingBound(readMs) {
    const open = new Set();
    const seen = new WeakMap();
    let looking;
    /** Since when nothing has changed for the better. */
    const standsSince = (response, now) => {
        const before = seen.get(response);
        const bytes = response.writableEnded ? Number.POSITIVE_INFINITY : (response.socket?.bytesWritten ?? 0);
        // More is only written when what was written has been taken.
        const isWaiting = response.writableEnded || response.writableNeedDrain;
        if (before?.bytes === bytes && isWaiting)
            return before.at;
        seen.set(response, { bytes, at: now });
        return now;
    };
    const look = () => {
        const now = performance.now();
        for (const response of open)
            if (now - standsSince(response, now) >= readMs)
                response.destroy();
        if (open.size > 0)
            return;
        clearInterval(looking);
        looking = undefined;
    };
    return (response) => {
        open.add(response);
        response.on('close', () => open.delete(response));
        looking ??= setInterval(look, readMs / LOOKS).unref();
    };
}
