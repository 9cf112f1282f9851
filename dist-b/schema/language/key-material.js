import { ValidationError } from '../../upstream/errors.js';
/** A private key pasted by mistake goes nowhere, least of all to AWS. */
export function checkPublic(publicKeyMaterial) {
    if (publicKeyMaterial.includes('PRIVATE KEY')) {
        throw ValidationError.of({ name: 'publicKeyMaterial' }, 'Expected publicKeyMaterial to be a public key, got a private one; it was not sent');
    }
}
