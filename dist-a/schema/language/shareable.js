/** Other subgraphs may resolve this type or field, too: `@shareable` in the subgraph's schema. */
export const shareable = { extensions: { shareable: true } };
export const isShareable = ({ extensions }) => extensions?.shareable === true;
