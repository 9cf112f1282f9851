// The path of a request, without the query.
export const pathOf = ({ url = '' }: { url?: string | undefined }): string => url.split('?', 1)[0] ?? '';
