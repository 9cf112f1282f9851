// Validation of @defer and @stream: the library's rules but one. Its rule on fields that merge, which takes the place of
// graphql's, compares all pairs of fields however many there are; graphql's has a budget, and the rule below adds what it lacks.
import { useDeferStream } from '@graphql-yoga/plugin-defer-stream';
import { GraphQLError, Kind, print } from 'graphql';
const libraryRules = [];
useDeferStream().onValidate?.({
    params: { rules: [] },
    addValidationRule: (rule) => void libraryRules.push(rule),
});
const streamOf = ({ directives = [] }) => {
    const stream = directives.find(({ name }) => name.value === 'stream');
    return stream ? print(stream) : '';
};
/** Fields of one name in one selection are one field, which is streamed in one way or not at all. */
const SameStreamRule = (context) => ({
    SelectionSet({ selections }) {
        const streams = new Map();
        for (const field of selections) {
            if (field.kind !== Kind.FIELD)
                continue;
            const name = (field.alias ?? field.name).value;
            const stream = streamOf(field);
            if ((streams.get(name) ?? stream) !== stream)
                context.reportError(new GraphQLError(`Fields "${name}" conflict because they have different @stream directives.`, {
                    nodes: field,
                }));
            streams.set(name, stream);
        }
    },
});
export const incrementalRules = [
    ...libraryRules.filter(({ name }) => name !== 'OverlappingFieldsCanBeMergedRule'),
    SameStreamRule,
];
