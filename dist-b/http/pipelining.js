/** Requests that may wait behind the one that is served; then nothing more is read from the connection. */
const MAX_WAITING = 16;
/** Calls `handler` for the next request of a connection when the response before it is sent. */
export function oneAtATime(handler) {
    const waiting = new WeakMap();
    const serve = ([request, response]) => {
        response.on('close', () => serveNext(request.socket));
        handler(request, response);
    };
    const serveNext = (socket) => {
        const next = waiting.get(socket)?.shift();
        if (!next || socket.destroyed) {
            waiting.delete(socket);
            return;
        }
        if (socket.isPaused())
            socket.resume();
        serve(next);
    };
    return (request, response) => {
        const others = waiting.get(request.socket);
        if (!others) {
            waiting.set(request.socket, []);
            serve([request, response]);
            return;
        }
        others.push([request, response]);
        if (others.length >= MAX_WAITING)
            request.socket.pause();
    };
}
