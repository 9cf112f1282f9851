// ARNs of roles, which settings name. Apart from upstream/arn.ts, which loads the rows of all operations.

/** With a path or without; a comma separates them in a list. */
const ROLE = /^arn:aws:iam::(\d{12}):role\/(?:[\x21-\x2b\x2d-\x7e]*\/)?[\w+=.@-]{1,64}$/;

export const EXAMPLE = 'arn:aws:iam::123456789012:role/ivs-gateway';

/** The account of a role; undefined for what is no ARN of a role. */
export const accountOfRole = (arn: string): string | undefined => ROLE.exec(arn)?.[1];
