import { problemOfArn } from '../../upstream/arn.js';
import { builder } from '../language/builder.js';
import { costs } from '../language/costs.js';
import { inSlices } from '../language/slices.js';
import { defineBulkMutation } from '../patterns/bulk-mutation.js';
import { createToken, ParticipantToken, tokenFields } from './participant-token.js';
const ParticipantTokenInput = builder.inputType('ParticipantTokenInput', {
    description: 'One token to create.',
    fields: tokenFields,
});
defineBulkMutation('createParticipantTokens', {
    operation: 'CreateParticipantToken',
    scope: 'ivs:token',
    description: 'Creates many participant tokens, for one stage or several (CreateParticipantToken, one call per token).',
    input: (t) => ({
        participantTokens: t.field({
            type: [ParticipantTokenInput],
            required: true,
            description: 'Tokens to create. Equal items create a token each. AWS takes 50 calls a second and region.',
        }),
    }),
    itemsOf: ({ participantTokens }) => participantTokens,
    problemOf: ({ stageArn }) => problemOfArn('stage', stageArn),
    arnOf: ({ stageArn }) => stageArn,
    participle: 'created',
    key: {
        stageArn: ['ID', { nullable: false, description: 'As in the input.' }],
        userId: ['String', 'As in the input.'],
    },
    sender: (context) => (request) => createToken(request, context),
    payload: (t) => ({
        participantTokens: t.field({
            type: [ParticipantToken],
            nullable: { list: false, items: true },
            description: 'The tokens, in the order of the input. Null where the item failed. Each is returned only this once.',
            ...costs({ perItem: true }),
            resolve: ({ done }) => inSlices(done),
        }),
    }),
});
