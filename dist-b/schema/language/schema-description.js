// What a reader of the served schema meets first: what this graph is.
export const introduction = `
Amazon IVS as one graph. Real-Time: stages, their sessions, and the participants in them. Low-Latency: channels, their
streams, and the viewers.

**Cost.** Most fields come with the call that found their object. After \`Call:\`, a description names a further AWS call.
The header \`x-ivs-cost: 1\` adds the cost to the response, \`x-ivs-cost: dryRun\` estimates it without execution.

**Scope.** After \`Scope:\`, a description names what a token must allow.

**Absence.** An object that does not exist is null. A field that fails has an error, and its siblings are returned. A field with
\`@semanticNonNull\` is null only on error. An enum value that AWS adds after this version was made reads as null, or is missing
from its list.
`.trim();
