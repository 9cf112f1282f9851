// The schema as clients and their compilers read it (SDL).
import { GraphQLOneOfDirective, printSchema, printType } from 'graphql';
import { isSemanticNonNull, semanticNonNull } from '../language/semantic-non-null.js';
import { printDefinition } from './sdl.js';
/** graphql leaves it out, as its parser knows it. Those of before September 2025 do not, nor do strict readers of other languages. */
const oneOf = `"""${GraphQLOneOfDirective.description}"""
directive @${GraphQLOneOfDirective.name} on ${GraphQLOneOfDirective.locations.join(' | ')}`;
const ofField = (field) => (isSemanticNonNull(field) ? [`@${semanticNonNull.name}`] : []);
/** What graphql prints, with the directives of fields. */
export function printContract(schema) {
    const text = Object.values(schema.getTypeMap()).reduce((sdl, type) => {
        const isMarked = 'getFields' in type && Object.values(type.getFields()).some(isSemanticNonNull);
        return isMarked
            ? sdl.replace(printType(type), () => printDefinition(type, { ofType: [], ofField }))
            : sdl;
    }, printSchema(schema));
    return [oneOf, text].join('\n\n');
}
