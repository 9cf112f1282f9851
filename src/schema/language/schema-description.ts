// What a reader of the served schema meets first: what this graph is.
export const introduction = `
Amazon IVS as one graph. Real-Time: stages, their sessions, and the participants in them. Low-Latency: channels, their
streams, and the viewers.

**Cost.** Most fields come with the call that found their object. Where another AWS call is needed, the description says
which. The header \`x-ivs-cost: 1\` adds to an answer what it has cost, \`x-ivs-cost: dryRun\` asks without running.

**Scope.** Where tokens are asked for, the description ends with what the token must allow.

**Absence.** What does not exist is null. What fails is an error of its own field, and its siblings are answered. A field with
\`@semanticNonNull\` is null only on error. An enum value that AWS adds after this version was made reads as null, or is missing
from its list.
`.trim();
