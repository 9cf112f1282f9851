export const systemClock = {
    now: () => new Date(),
    every(milliseconds, tick) {
        const timer = setInterval(tick, milliseconds);
        timer.unref();
        return () => clearInterval(timer);
    },
};
