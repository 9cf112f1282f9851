/** Other subgraphs may resolve this type or field, too: `@shareable` in the subgraph's schema. */
export const shareable = { extensions: { shareable: true } } as const;

export const isShareable = ({ extensions }: { extensions?: object | null | undefined }): boolean =>
  (extensions as { shareable?: boolean } | undefined)?.shareable === true;
