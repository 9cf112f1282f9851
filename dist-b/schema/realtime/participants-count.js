// How many participants a session has. AWS has no operation that counts: pages of the list are read, up to a bound.
import { ValidationError } from '../../upstream/errors.js';
import { builder } from '../language/builder.js';
import { costs } from '../language/costs.js';
import { enumeration } from '../language/enumeration.js';
import { nullOnlyOnError } from '../language/semantic-non-null.js';
import { ofSession, participantList } from './participant.js';
import { StageSession } from './stage-session.js';
/** Three pages for each of 20 sessions of each of 50 stages still pass the limit of calls. */
const DEFAULT_UP_TO = 300;
const MAX_UP_TO = 10_000;
const CountPrecision = enumeration('CountPrecision', 'Whether a count is complete.', {
    EXACT: 'The whole list was counted.',
    AT_LEAST: 'The count stopped at its limit: there may be more.',
});
const ParticipantsCount = builder.objectRef('ParticipantsCount').implement({
    description: 'Number of participants of a session.',
    fields: (t) => ({
        count: t.exposeInt('count', { nullable: false, description: 'Participants that were counted.' }),
        precision: t.expose('precision', {
            type: CountPrecision,
            nullable: false,
            description: 'Whether these are all.',
        }),
    }),
});
/** Throws a ValidationError for a bound that is out of range, which then costs nothing. */
function pagesFor(upTo) {
    if (upTo < 1 || upTo > MAX_UP_TO)
        throw new ValidationError(`Expected \`upTo\` to be from 1 to ${MAX_UP_TO}, got: ${upTo}`);
    return Math.ceil(upTo / participantList.pageMax);
}
builder.objectField(StageSession, 'participantsCount', (t) => t.field({
    type: ParticipantsCount,
    description: `Number of participants, connected or not: \`filter: { state: CONNECTED }\` counts those on the stage now. Call: ${participantList.operation}, one per ${participantList.pageMax} participants; the first one is shared with \`participants\` of the same filter.`,
    ...nullOnlyOnError(costs({
        reads: ({ upTo }) => ({
            list: participantList,
            pages: pagesFor(upTo ?? DEFAULT_UP_TO),
        }),
    })),
    args: {
        ...ofSession.args,
        upTo: t.arg.int({
            defaultValue: DEFAULT_UP_TO,
            description: `Number up to which participants are counted, in whole pages of ${participantList.pageMax}. AWS may return short pages for a filter: the count can then stop earlier. Limit 1 to ${MAX_UP_TO}.`,
        }),
    },
    resolve: async (session, { filter, upTo }, context) => {
        const pages = pagesFor(upTo ?? DEFAULT_UP_TO);
        const selector = ofSession.selectorOf(session, { filter });
        const { items, isWhole } = await participantList.read(selector, pages, context);
        // A list that moves while it is read can return an item on two pages.
        const { size } = new Set(items.map(({ participantId }) => participantId));
        return { count: size, precision: isWhole ? 'EXACT' : 'AT_LEAST' };
    },
}));
