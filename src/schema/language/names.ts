// Names as others spell them.

export const upperFirst = <Name extends string>(name: Name) =>
  `${name.charAt(0).toUpperCase()}${name.slice(1)}` as Capitalize<Name>;

export const lowerFirst = (name: string): string => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

/** `encoderConfiguration` in a sentence: `encoder configuration`. */
export const inWords = (name: string): string => apart(name, ' ');

/** `encoderConfiguration` as the type in an ARN: `encoder-configuration`. */
export const inKebab = (name: string): string => apart(name, '-');

const apart = (name: string, separator: string): string =>
  lowerFirst(name).replace(/[A-Z]/g, (letter) => `${separator}${letter.toLowerCase()}`);
