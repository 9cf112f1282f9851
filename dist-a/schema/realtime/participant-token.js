// Tokens are shown once, when they are made: AWS keeps none, so there is nothing to load.
import { checkArn, targetOf } from '../../upstream/arn.js';
import { ivsRealtime } from '../../upstream/aws-sdk.js';
import { UpstreamError } from '../../upstream/errors.js';
import { scoped } from '../language/authorization.js';
import { awsObject } from '../language/aws-types.js';
import { builder } from '../language/builder.js';
import { enumeration } from '../language/enumeration.js';
import { KeyValue, KeyValueInput, toMap } from '../language/input.js';
import { defineMutation, payloadOf, write } from '../patterns/mutation.js';
const { CreateParticipantTokenCommand } = ivsRealtime;
// What it is
export const ParticipantTokenCapability = enumeration('ParticipantTokenCapability', 'Action that a token permits.', { PUBLISH: 'Publish audio and video.', SUBSCRIBE: 'Subscribe to audio and video.' });
export const ParticipantToken = awsObject('ParticipantToken', 'A token with which one participant can join one stage. AWS stores no copy: it is readable only in the response that creates it.', {
    participantId: ['ID', 'Id that the participant has on the stage.'],
    userId: ['String', 'Application id of the participant. Visible to other participants.'],
    capabilities: [[ParticipantTokenCapability], 'Permitted actions.'],
    expirationTime: ['DateTime', 'Time of its expiry.'],
    attributes: [[KeyValue], 'Application data about the participant. Visible to other participants.'],
}, (t) => ({
    token: t.string({
        nullable: false,
        ...scoped('ivs:token', {
            description: 'The secret token for the client’s IVS SDK. Opaque.',
        }),
        resolve: ({ token }) => token,
    }),
    durationMinutes: t.exposeInt('duration', { description: 'Lifetime of the token in minutes.' }),
}));
// Mutations
/** What can be said of a token, alone or together with a stage. */
const configurationFields = (t) => ({
    durationMinutes: t.int({
        extensions: { awsName: 'duration' },
        description: 'Lifetime of the token in minutes, 1 to 20160 (14 days). AWS’s default: 720.',
    }),
    userId: t.string({
        description: 'Application id of the participant, up to 128 characters. Visible to other participants.',
    }),
    attributes: t.field({
        type: [KeyValueInput],
        description: 'Application data about the participant, up to 1 KB. Visible to other participants.',
    }),
    capabilities: t.field({
        type: [ParticipantTokenCapability],
        description: 'Permitted actions. AWS’s default: both.',
    }),
});
export const ParticipantTokenConfigurationInput = builder.inputType('ParticipantTokenConfigurationInput', {
    description: 'A token to create with a stage.',
    fields: configurationFields,
});
/** A token's settings as AWS takes them. Who may make tokens only for one person need not say for whom. */
export const toTokenConfiguration = ({ attributes, durationMinutes, userId, ...rest }, { user }) => ({ ...rest, duration: durationMinutes, userId: userId ?? user, attributes: toMap(attributes) });
/** A stage and the settings of one token for it. */
export const tokenFields = (t) => ({
    stageArn: t.id({ required: true, description: 'ARN of the stage to join.' }),
    ...configurationFields(t),
});
export async function createToken({ stageArn, ...configuration }, context) {
    const token = toTokenConfiguration(configuration, context.caller);
    const command = new CreateParticipantTokenCommand({ stageArn, ...token });
    const { participantToken } = await write(context, targetOf(stageArn), command);
    if (!participantToken)
        throw new UpstreamError('AWS carried out the mutation, but returned no token');
    return participantToken;
}
defineMutation('createParticipantToken', {
    scope: 'ivs:token',
    description: 'Creates a token with which one participant can join a stage. Limit: 50 per second.',
    payload: payloadOf('createParticipantToken', 'participantToken', ParticipantToken, 'The new token.'),
    errors: ['ResourceNotFoundError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
    input: tokenFields,
    resolve: async (request, context) => {
        checkArn('stage', request.stageArn);
        return { thing: await createToken(request, context) };
    },
});
