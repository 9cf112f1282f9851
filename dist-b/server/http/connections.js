import { networkOf } from '../../http/address.js';
export class Connections {
    #limits;
    /** Of each network, those longest without a request first. */
    #byNetwork = new Map();
    #served = new WeakMap();
    #total = 0;
    constructor(limits) {
        this.#limits = limits;
    }
    add(socket) {
        const network = networkOf(socket.remoteAddress);
        const own = this.#byNetwork.get(network) ?? new Set();
        this.#byNetwork.set(network, own.add(socket));
        this.#total += 1;
        socket.once('close', () => this.#remove(network, socket));
        if (own.size > this.#limits.connectionsPerAddress)
            this.#closeOneOf([network]);
        else if (this.#total > this.#limits.connections)
            this.#closeOneOf(this.#bySize());
    }
    /** For the request of a connection whose response is the next one. */
    serve(request, response) {
        const { socket } = request;
        this.#served.set(socket, request);
        response.on('close', () => {
            if (this.#served.get(socket) !== request)
                return; // the next one of its connection is being served already
            this.#served.delete(socket);
            const own = this.#byNetwork.get(networkOf(socket.remoteAddress));
            if (own?.delete(socket))
                own.add(socket);
        });
    }
    #remove(network, socket) {
        const own = this.#byNetwork.get(network);
        if (!own?.delete(socket))
            return;
        this.#total -= 1;
        if (own.size === 0)
            this.#byNetwork.delete(network);
    }
    /** Who holds the most has to give. */
    #bySize() {
        const sized = [...this.#byNetwork].sort(([, one], [, other]) => other.size - one.size);
        return sized.map(([network]) => network);
    }
    /** There is always one: the new connection has no request yet. */
    #closeOneOf(networks) {
        for (const network of networks)
            for (const socket of this.#byNetwork.get(network) ?? []) {
                // Of a request whose body is still on its way
                if (this.#served.get(socket)?.complete)
                    continue;
                this.#remove(network, socket);
                socket.destroy();
                return;
            }
    }
}
