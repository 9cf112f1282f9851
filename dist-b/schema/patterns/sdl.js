// graphql prints definitions without their directives, so a type is put together from what graphql prints of its parts.
import { GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, isInputObjectType, isInterfaceType, isObjectType, printType, } from 'graphql';
export function printDefinition(type, { ofType, ofField }) {
    if (!hasFields(type))
        return printType(type);
    const { fields } = type.toConfig();
    const body = Object.entries(fields).map(([name, field]) => [printField(type, { [name]: field }), ...ofField(field)].join(' '));
    const head = printType(withFields(type, {}));
    const start = ofType.length > 0 ? [head, ...ofType.map((text) => `  ${text}`), '{'] : [`${head} {`];
    return [...start, body.join('\n\n'), '}'].join('\n');
}
/** Without the lines around it. */
const printField = (type, field) => printType(withFields(type, field)).slice(`${printType(withFields(type, {}))} {\n`.length, -'\n}'.length);
const hasFields = (type) => isObjectType(type) || isInterfaceType(type) || isInputObjectType(type);
function withFields(type, fields) {
    const config = { ...type.toConfig(), fields };
    if (isObjectType(type))
        return new GraphQLObjectType(config);
    return isInterfaceType(type) ? new GraphQLInterfaceType(config) : new GraphQLInputObjectType(config);
}
