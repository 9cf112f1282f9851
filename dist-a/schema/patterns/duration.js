/**
 * Null before the end: a value up to now would be outdated in every cache that holds it, and a client that has the start
 * can count by itself.
 */
export const secondsOf = ({ startTime, endTime }) => startTime && endTime ? Math.max(0, Math.floor((endTime.getTime() - startTime.getTime()) / 1000)) : null;
export const durationDescription = 'Whole seconds from `startTime` to `endTime`. Null before the end: count from `startTime`.';
