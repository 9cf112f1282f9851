// What a gateway responds that has been closed.
const CLOSED = { errors: [{ message: 'The gateway is closed', extensions: { code: 'UNAVAILABLE' } }] };

export const closedResponse = (): Response => Response.json(CLOSED, { status: 503 });
export const CLOSED_BODY = JSON.stringify(CLOSED);
