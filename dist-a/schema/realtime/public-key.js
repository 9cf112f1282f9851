import { ivsRealtime } from '../../upstream/aws-sdk.js';
import { nameInput } from '../language/input.js';
import { checkPublic } from '../language/key-material.js';
import { defineNode } from '../patterns/node.js';
import { defineRegionalQueries } from '../patterns/queries.js';
import { defineResource, loadByArn } from '../patterns/resource.js';
import { defineCreation, defineDeletion } from '../patterns/resource-mutations.js';
import { Taggable } from '../patterns/tags.js';
const { DeletePublicKeyCommand, GetPublicKeyCommand, ImportPublicKeyCommand, ListPublicKeysCommand } = ivsRealtime;
// How it is loaded
const publicKeys = defineResource({
    name: 'PublicKey',
    load: loadByArn((key) => new GetPublicKeyCommand(key), (output) => output.publicKey),
});
// What it is
defineNode(publicKeys, {
    description: 'A public key with which IVS verifies participant tokens that you sign. AWS never receives the private key. Key: `arn`.',
    interfaces: [Taggable],
    key: {
        arn: 'Amazon Resource Name, and the `kid` of tokens signed with the key.',
    },
    summary: {
        name: ['String', 'Name given at creation, up to 128 characters. Not unique.'],
    },
    detail: {
        publicKeyMaterial: ['String', 'Public key as PEM.'],
        fingerprint: ['String', 'Fingerprint: 16 pairs of hexadecimal digits.'],
    },
});
// Queries
defineRegionalQueries(publicKeys, 'publicKeys', {
    commandOf: (request) => new ListPublicKeysCommand(request),
    itemsOf: (output) => output.publicKeys,
});
// Mutations
defineCreation('importPublicKey', {
    entity: publicKeys,
    // Whoever has the private half makes tokens for anybody.
    scope: ['ivs:write', 'ivs:token'],
    description: 'Imports a public key. AWS then accepts participant tokens signed with its private key.',
    returns: 'The imported public key.',
    errors: ['ConflictError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
    region: 'Region of the key. The gateway’s default region when omitted.',
    input: (t) => ({
        publicKeyMaterial: t.string({
            required: true,
            description: 'ECDSA public key on the curve P-384, as PEM. Never send the private key.',
        }),
        name: nameInput(t),
    }),
    check: ({ publicKeyMaterial }) => checkPublic(publicKeyMaterial),
    commandOf: (input) => new ImportPublicKeyCommand(input),
    detailOf: (output) => output.publicKey,
});
defineDeletion('deletePublicKey', {
    entity: publicKeys,
    description: 'Deletes a public key. AWS then rejects participant tokens signed with its private key.',
    errors: ['ResourceNotFoundError', 'ConflictError', 'PendingVerificationError'],
    commandOf: (key) => new DeletePublicKeyCommand(key),
});
