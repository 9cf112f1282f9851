/** Then each is executed for itself, within its own deadline: waiting saves work, no more. */
const MAX_WAIT_MS = 1000;
export class Flights {
    #clock;
    #waiting = new Map();
    constructor(clock) {
        this.#clock = clock;
    }
    /** Returns how to end it. */
    begin(key) {
        const waiting = new Set();
        this.#waiting.set(key, waiting);
        return (end) => {
            if (this.#waiting.get(key) === waiting)
                this.#waiting.delete(key);
            for (const resolve of waiting)
                resolve(end);
            waiting.clear();
        };
    }
    /** Undefined where no equal request is being executed. */
    join(key) {
        const waiting = this.#waiting.get(key);
        if (!waiting)
            return undefined;
        return new Promise((resolve) => {
            const leave = (end) => {
                stopTimer();
                waiting.delete(leave);
                resolve(end);
            };
            const stopTimer = this.#clock.after(MAX_WAIT_MS, () => leave('own'));
            waiting.add(leave);
        });
    }
}
