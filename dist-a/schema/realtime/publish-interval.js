import { ValidationError } from '../../upstream/errors.js';
import { awsObject } from '../language/aws-types.js';
import { builder } from '../language/builder.js';
import { groupBy } from '../language/collections.js';
import { costs } from '../language/costs.js';
import { durationDescription, secondsOf } from '../patterns/duration.js';
import { Participant } from './participant.js';
import { participantEventList } from './participant-event.js';
/** Reads events of any order. AWS's times have whole seconds, so that several events can have the same. */
export class PublishIntervals {
    #intervals = [];
    #open;
    #isPresent = false;
    static of(events) {
        const reader = new PublishIntervals();
        const moments = groupBy(events, ({ eventTime }) => eventTime?.getTime() ?? Number.NaN);
        const inOrder = [...moments].filter(([time]) => !Number.isNaN(time)).sort(([a], [b]) => a - b);
        for (const [time, some] of inOrder)
            reader.#read(new Date(time), some.map(({ name }) => name));
        return reader.#intervals;
    }
    /** Events of one moment, in the order that goes with what was so before. */
    #read(time, names) {
        const has = (name) => names.includes(name);
        const isReturn = this.#isPresent && has('LEFT') && has('JOINED');
        this.#publish(time, names, isReturn);
        // Whoever leaves stops, whether AWS lists that or not.
        if (this.#open && has('LEFT') && !isReturn)
            this.#end(time);
        if (has('LEFT') !== has('JOINED'))
            this.#isPresent = has('JOINED');
    }
    #publish(time, names, isReturn) {
        const count = (name) => names.filter((one) => one === name).length;
        let stops = count('PUBLISH_STOPPED');
        const stop = () => {
            if (!this.#open || stops === 0)
                return;
            this.#end(time);
            stops -= 1;
        };
        if (isReturn && stops === 0)
            this.#end(time);
        stop();
        for (let starts = count('PUBLISH_STARTED'); starts > 0 && !this.#open; starts -= 1) {
            this.#open = { startTime: time };
            this.#intervals.push(this.#open);
            stop();
        }
        // Only the first start can be missing: a later stop without one goes with a LEFT that has ended the interval.
        if (stops > 0 && this.#intervals.length === 0)
            this.#intervals.push({ endTime: time });
    }
    #end(time) {
        if (this.#open)
            this.#open.endTime = time;
        this.#open = undefined;
    }
}
const PublishInterval = awsObject('PublishInterval', 'Time span in which a participant published.', {
    startTime: ['DateTime', 'Start of publishing. Null when AWS lists no event of it.'],
    endTime: ['DateTime', 'End of publishing. Null while the participant publishes.'],
}, (t) => ({ durationSeconds: t.int({ description: durationDescription, resolve: secondsOf }) }));
/** Pages of events that are read at most. */
const MAX_PAGES = 5;
const { operation, pageMax } = participantEventList;
const MAX_EVENTS = MAX_PAGES * pageMax;
builder.objectField(Participant, 'publishIntervals', (t) => t.field({
    type: [PublishInterval],
    description: `Time spans in which the participant published in this session, the oldest first, from its events. Call: ${operation}, one per ${pageMax} events; the first one is shared with \`events\`. Limit ${MAX_EVENTS} events: with more, the field fails and \`events\` has them.`,
    ...costs({ reads: () => ({ list: participantEventList, pages: MAX_PAGES }) }),
    resolve: async ({ stageArn, sessionId, participantId }, _args, context) => {
        const selector = { stageArn, sessionId, participantId };
        const { items, isWhole } = await participantEventList.read(selector, MAX_PAGES, context);
        if (isWhole)
            return PublishIntervals.of(items);
        throw new ValidationError(`publishIntervals: expected a participant with at most ${MAX_EVENTS} events, got more. Read \`events\`.`);
    },
}));
