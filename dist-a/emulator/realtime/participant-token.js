import { createHmac, randomBytes } from 'node:crypto';
import { Refused, resourceNotFound, validationFailed } from '../errors.js';
import { newParticipantId, parseArn } from '../identifiers.js';
import { checkMembers } from '../members.js';
import { isSelfSigned } from './self-signed-token.js';
const DEFAULT_MINUTES = 720;
const ATTRIBUTES_BYTES = 1024;
/** When a token that is made now expires, if its maker says nothing else. */
export const expiryOf = (made, minutes = DEFAULT_MINUTES) => new Date(made.getTime() + minutes * 60_000);
const key = randomBytes(48);
const sign = (signed) => createHmac('sha384', key).update(signed).digest('base64url');
const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');
export function createToken(world, stage, configuration) {
    const { duration, userId, attributes, capabilities = ['PUBLISH', 'SUBSCRIBE'] } = configuration;
    const participantId = newParticipantId();
    stage.invited.add(participantId);
    const issued = Math.floor(world.now().getTime() / 1000);
    const expires = issued + (duration ?? DEFAULT_MINUTES) * 60;
    const token = writeToken({
        exp: expires,
        iat: issued,
        jti: participantId,
        resource: stage.arn,
        topic: parseArn(stage.arn)?.id ?? '',
        events_url: stage.endpoints?.events ?? '',
        whip_url: stage.endpoints?.whip ?? '',
        ...(userId !== undefined && { user_id: userId }),
        ...(attributes && { attributes }),
        capabilities: {
            ...(capabilities.includes('PUBLISH') && { allow_publish: true }),
            ...(capabilities.includes('SUBSCRIBE') && { allow_subscribe: true }),
        },
        version: '1.0',
    });
    return {
        participantId,
        token,
        userId,
        attributes,
        duration,
        capabilities,
        expirationTime: new Date(expires * 1000),
    };
}
export function checkAttributes(attributes = {}) {
    const bytes = Object.entries(attributes).reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
    if (bytes > ATTRIBUTES_BYTES) {
        throw validationFailed(`attributes: names and values may have at most ${ATTRIBUTES_BYTES} bytes, got ${bytes}`);
    }
}
function writeToken(claims) {
    const signed = `${encode({ alg: 'KMS', typ: 'JWT' })}.${encode(claims)}`;
    return `${signed}.${sign(signed)}`;
}
/** What a token says; refused when nobody who may has made it, or when it has expired. */
export function redeemToken(token, now, publicKeyOf) {
    const [header, payload, signature] = token.split('.');
    const isOurs = signature === sign(`${header}.${payload}`);
    if (!payload || !(isOurs || isSelfSigned(token, publicKeyOf)))
        throw new Refused('token was not made by this emulator, nor signed for an imported public key');
    const claims = readClaims(payload);
    if (claims.exp * 1000 <= now.getTime())
        throw new Refused('token has expired');
    return claims;
}
const claimFields = {
    exp: 'expiry',
    jti: 'string?',
    resource: 'string',
    user_id: 'userId?',
    attributes: 'attributes?',
    capabilities: 'object?',
};
/** Whoever signs a token may write anything into it. */
function readClaims(payload) {
    let claims;
    try {
        claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    }
    catch {
        // None at all
    }
    return checkMembers('token', claimFields, claims);
}
export function capabilitiesOf({ capabilities = {} }) {
    return [
        ...(capabilities.allow_publish ? ['PUBLISH'] : []),
        ...(capabilities.allow_subscribe ? ['SUBSCRIBE'] : []),
    ];
}
export const participantTokenOperations = {
    CreateParticipantToken({ stageArn, ...configuration }, world) {
        const stage = world.stages.get(stageArn);
        if (!stage)
            throw resourceNotFound(stageArn);
        checkAttributes(configuration.attributes);
        return { participantToken: createToken(world, stage, configuration) };
    },
};
