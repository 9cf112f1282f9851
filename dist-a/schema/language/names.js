// Names as others spell them.
export const upperFirst = (name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
export const lowerFirst = (name) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
/** `encoderConfiguration` in a sentence: `encoder configuration`. */
export const inWords = (name) => apart(name, ' ');
/** `encoderConfiguration` as the type in an ARN: `encoder-configuration`. */
export const inKebab = (name) => apart(name, '-');
const apart = (name, separator) => lowerFirst(name).replace(/[A-Z]/g, (letter) => `${separator}${letter.toLowerCase()}`);
